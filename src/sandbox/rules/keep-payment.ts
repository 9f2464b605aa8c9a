import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord } from '../state/records.js';
import { bookMovements } from './book-movements.js';

/** Every change of a payment ends here: what moved money is booked, then both are kept as one. */
export function keepPayment(context: SandboxContext, payment: PaymentRecord): void {
  bookMovements(payment, context.clock.now().toISOString());
  context.state.savePayment(payment);
}
