export type { AlertKind, AlertSubject } from './alert-kinds.js';
export { Alert } from './alert.entity.js';
export { AlertsModule } from './alerts.module.js';
export { RaiseAlert, type NewAlert } from './raise-alert.js';
export { SettleAlert } from './settle-alert.js';
