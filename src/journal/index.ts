export { Journal, type JournalEntry } from './journal.js';
export { JournalModule } from './journal.module.js';
