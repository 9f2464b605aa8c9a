type RefundStatus = 'pending' | 'processing' | 'refunded' | 'failed' | 'canceled';
interface ModelRefund {
  cents: number;
  status: RefundStatus;
}

const MOVES: Record<RefundStatus, RefundStatus[]> = {
  pending: ['processing', 'refunded', 'failed', 'canceled'],
  processing: ['refunded', 'failed'],
  refunded: ['failed'],
  failed: [],
  canceled: [],
};
const OURS = {
  pending: 'sent',
  processing: 'settled',
  refunded: 'settled',
  failed: 'failed',
  canceled: 'cancelled',
} as const;

/** What must be true of the money of one payment: no database, no provider, no jobs, no time. Each deed says whether it was possible. */
export class MoneyModel {
  state: 'open' | 'paid' | 'failed' | 'expired' = 'open';
  readonly refunds: ModelRefund[] = [];
  readonly chargebacks: Array<{ cents: number; isReversed: boolean }> = [];

  constructor(private readonly cents: number) {}

  /** What the provider holds. */
  get held(): number {
    const isGone = ({ status }: ModelRefund) => status === 'processing' || status === 'refunded';
    return this.received - sum(this.refunds.filter(isGone)) - this.chargedBack;
  }

  /** What nobody has promised back, or taken. */
  get refundable(): number {
    return Math.max(0, this.received - sum(this.refunds.filter(isLive)) - this.chargedBack);
  }

  get refundStates(): string[] {
    return this.refunds.map(({ status, cents }) => `${cents} ${OURS[status]}`).sort();
  }

  get disputeStates(): string[] {
    return this.chargebacks
      .map(({ cents, isReversed }) => `${cents} ${isReversed ? 'won' : 'opened'}`)
      .sort();
  }

  end(state: 'paid' | 'failed' | 'expired'): boolean {
    if (this.state !== 'open') return false;
    this.state = state;
    return true;
  }

  refund(cents: number): boolean {
    if (cents <= 0 || cents > this.refundable) return false;
    this.refunds.push({ cents, status: 'pending' });
    return true;
  }

  /** The provider takes a second refund of the same amount for a double click. */
  hasTwin(cents: number): boolean {
    return this.refunds.some((refund) => isLive(refund) && refund.cents === cents);
  }

  movesOf(nth: number): RefundStatus[] {
    return MOVES[this.refunds[nth]?.status ?? 'canceled'];
  }

  move(nth: number, to: RefundStatus): boolean {
    if (!this.movesOf(nth).includes(to)) return false;
    this.refunds[nth]!.status = to;
    return true;
  }

  chargeBack(cents: number): boolean {
    if (cents <= 0 || cents > this.received - this.chargedBack) return false;
    this.chargebacks.push({ cents, isReversed: false });
    return true;
  }

  reverse(nth: number): boolean {
    const chargeback = this.chargebacks[nth];
    if (!chargeback || chargeback.isReversed) return false;
    return (chargeback.isReversed = true);
  }

  private get received(): number {
    return this.state === 'paid' ? this.cents : 0;
  }

  private get chargedBack(): number {
    return sum(this.chargebacks.filter(({ isReversed }) => !isReversed));
  }
}

const isLive = ({ status }: ModelRefund) => status !== 'failed' && status !== 'canceled';
const sum = (parts: Array<{ cents: number }>) => parts.reduce((total, { cents }) => total + cents, 0);
