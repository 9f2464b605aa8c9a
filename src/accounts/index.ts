export { AccountsModule } from './accounts.module.js';
export { ApiKey } from './api-key.entity.js';
export { CreateApiKey, type NewApiKey } from './create-api-key.js';
