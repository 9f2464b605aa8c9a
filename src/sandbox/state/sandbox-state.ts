import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { paymentLife } from '../rules/payment-life.js';
import { RecordJournal, type JournalEntry } from './record-journal.js';
import type { AnswerRecord, DeliveryRecord, PaymentRecord } from './records.js';

/** Everything the sandbox remembers: in memory for reading, in a journal for surviving. */
export class SandboxState {
  readonly payments = new Map<string, PaymentRecord>();
  readonly deliveries = new Map<string, DeliveryRecord>();
  readonly answers = new Map<string, AnswerRecord>();
  /** Payments that may still expire. */
  readonly unfinished = new Set<PaymentRecord>();
  private readonly byProfile = new Map<string, PaymentRecord[]>();
  private journal!: RecordJournal;

  static async open(stateDir: string): Promise<SandboxState> {
    await mkdir(stateDir, { recursive: true, mode: 0o700 });
    const state = new SandboxState();
    state.journal = await RecordJournal.open(
      join(stateDir, 'journal.jsonl'),
      (entry) => state.restore(entry),
      {
        count: () => state.payments.size + state.deliveries.size + state.answers.size,
        all: () => state.snapshot(),
      },
    );
    for (const payment of state.payments.values()) state.index(payment);
    return state;
  }

  /** Oldest first. */
  paymentsOf(profileId: string): readonly PaymentRecord[] {
    return this.byProfile.get(profileId) ?? [];
  }

  profiles(): string[] {
    return [...this.byProfile.keys()];
  }

  savePayment(payment: PaymentRecord): void {
    const isNew = !this.payments.has(payment.id);
    this.payments.set(payment.id, payment);
    if (isNew) this.index(payment);
    if (paymentLife.isFinal(payment.status)) this.unfinished.delete(payment);
    this.journal.stage('payment', payment.id, payment);
  }

  saveDelivery(delivery: DeliveryRecord): void {
    this.deliveries.set(delivery.id, delivery);
    this.journal.stage('delivery', delivery.id, delivery);
  }

  forgetDelivery(id: string): void {
    if (this.deliveries.delete(id)) this.journal.stage('delivery', id, null);
  }

  saveAnswer(answer: AnswerRecord): void {
    this.answers.set(answer.id, answer);
    this.journal.stage('answer', answer.id, answer);
  }

  forgetAnswer(id: string): void {
    if (this.answers.delete(id)) this.journal.stage('answer', id, null);
  }

  /** Forgets every payment, webhook and idempotency key. */
  clear(): void {
    for (const id of this.payments.keys()) this.journal.stage('payment', id, null);
    for (const id of [...this.deliveries.keys()]) this.forgetDelivery(id);
    for (const id of [...this.answers.keys()]) this.forgetAnswer(id);
    this.payments.clear();
    this.byProfile.clear();
    this.unfinished.clear();
  }

  /** Nothing is told to anyone before this resolves. */
  settled(): Promise<void> {
    return this.journal.settled();
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private index(payment: PaymentRecord): void {
    const siblings = this.byProfile.get(payment.profileId);
    if (siblings) siblings.push(payment);
    else this.byProfile.set(payment.profileId, [payment]);
    if (!paymentLife.isFinal(payment.status)) this.unfinished.add(payment);
  }

  private restore([kind, id, value]: JournalEntry): void {
    const records = this.mapOf(kind);
    if (value === null) records.delete(id);
    else records.set(id, value);
  }

  private snapshot(): JournalEntry[] {
    return ['payment', 'delivery', 'answer'].flatMap((kind) =>
      [...this.mapOf(kind)].map(([id, value]): JournalEntry => [kind, id, value]),
    );
  }

  private mapOf(kind: string): Map<string, unknown> {
    if (kind === 'payment') return this.payments as Map<string, unknown>;
    if (kind === 'delivery') return this.deliveries as Map<string, unknown>;
    if (kind === 'answer') return this.answers as Map<string, unknown>;
    throw new Error(`The journal holds a "${kind}", which this version does not know.`);
  }
}
