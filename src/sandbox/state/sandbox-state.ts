import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { paymentLife } from '../rules/payment-life.js';
import type {
  AccessTokenRecord,
  AppRecord,
  CodeRecord,
  ConnectionRecord,
  OrganizationRecord,
  SettlementRecord,
} from './connect-records.js';
import { RecordJournal, type JournalEntry } from './record-journal.js';
import type { AnswerRecord, CustomerRecord, DeliveryRecord, PaymentRecord } from './records.js';
import { restorePayment } from './restore-payment.js';
import { Table } from './table.js';

/** Everything the sandbox remembers: in memory for reading, in a journal for surviving. */
export class SandboxState {
  private readonly tables = new Map<string, Table<{ id: string }>>();
  readonly payments = this.table<PaymentRecord>('payment');
  readonly deliveries = this.table<DeliveryRecord>('delivery');
  readonly answers = this.table<AnswerRecord>('answer');
  readonly customers = this.table<CustomerRecord>('customer');
  readonly organizations = this.table<OrganizationRecord>('organization');
  readonly apps = this.table<AppRecord>('app');
  readonly codes = this.table<CodeRecord>('code');
  readonly connections = this.table<ConnectionRecord>('connection');
  readonly accessTokens = this.table<AccessTokenRecord>('accessToken');
  readonly settlements = this.table<SettlementRecord>('settlement');
  /** Payments that may still change by themselves. */
  readonly unfinished = new Set<PaymentRecord>();
  private readonly byOrganization = new Map<string, PaymentRecord[]>();
  private readonly byCustomer = new Map<string, PaymentRecord[]>();
  private journal!: RecordJournal;

  static async open(stateDir: string): Promise<SandboxState> {
    await mkdir(stateDir, { recursive: true, mode: 0o700 });
    const state = new SandboxState();
    state.journal = await RecordJournal.open(
      join(stateDir, 'journal.jsonl'),
      (entry) => state.restore(entry),
      {
        count: () => [...state.tables.values()].reduce((sum, table) => sum + table.size, 0),
        all: () => state.snapshot(),
      },
    );
    for (const payment of state.payments.values()) state.index(payment);
    return state;
  }

  /** Oldest first. */
  paymentsOf(organizationId: string): readonly PaymentRecord[] {
    return this.byOrganization.get(organizationId) ?? [];
  }

  /** Oldest first. */
  paymentsOfCustomer(customerId: string): readonly PaymentRecord[] {
    return this.byCustomer.get(customerId) ?? [];
  }

  /** Those that have payments. */
  organizationsWithPayments(): string[] {
    return [...this.byOrganization.keys()];
  }

  savePayment(payment: PaymentRecord): void {
    if (!this.payments.has(payment.id)) this.index(payment);
    if (paymentLife.isFinal(payment.status)) this.unfinished.delete(payment);
    this.payments.save(payment);
  }

  /** Forgets everything. */
  clear(): void {
    for (const table of this.tables.values()) table.clear();
    this.byOrganization.clear();
    this.byCustomer.clear();
    this.unfinished.clear();
  }

  /** Nothing is told to anyone before this resolves. */
  settled(): Promise<void> {
    return this.journal.settled();
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private table<T extends { id: string }>(kind: string): Table<T> {
    const table = new Table<T>((id, value) => this.journal.stage(kind, id, value));
    this.tables.set(kind, table as unknown as Table<{ id: string }>);
    return table;
  }

  private index(payment: PaymentRecord): void {
    append(this.byOrganization, payment.organizationId, payment);
    if (payment.customerId !== null) append(this.byCustomer, payment.customerId, payment);
    if (!paymentLife.isFinal(payment.status)) this.unfinished.add(payment);
  }

  private restore([kind, id, value]: JournalEntry): void {
    const table = this.tables.get(kind);
    if (!table) throw new Error(`The journal holds a "${kind}", which this version does not know.`);
    const isPayment = kind === 'payment' && value !== null;
    table.restore(
      id,
      isPayment ? restorePayment(value as Partial<PaymentRecord>) : (value as { id: string } | null),
    );
  }

  private snapshot(): JournalEntry[] {
    return [...this.tables].flatMap(([kind, table]) =>
      [...table.values()].map((row): JournalEntry => [kind, row.id, row]),
    );
  }
}

function append(lists: Map<string, PaymentRecord[]>, key: string, payment: PaymentRecord): void {
  const list = lists.get(key);
  if (list) list.push(payment);
  else lists.set(key, [payment]);
}
