import type { Money } from '@longhaul/contracts';
import { chargeReferenceOf, SettleLateCharge } from '@longhaul/contracts/workflow';
import { startOther, type Run, type Steps } from '@longhaul/workflow-kit';
import type { PaymentActivities } from '../activities.ts';

type PaymentSteps = Steps<PaymentActivities>;

/** A gateway that says of every reference that it is taken will not be asked for ever. */
const mostPages = 5;

export type Opened =
  | { readonly status: 'open'; readonly authorizationUrl: string }
  | { readonly status: 'refused'; readonly reason: string }
  /** It was opened before, by this run or an earlier one, and is paid. */
  | { readonly status: 'paid' }
  | { readonly status: 'references-taken' };

/**
 * Where a top-up may be paid. Usually that is one page. One whose address is not known here, as its answer was lost, may be
 * open before a user's eyes all the same: it is asked about like the others.
 */
export class CheckoutPages {
  /** Of the page that was opened last, or that was paid. */
  reference: string;
  readonly #payment: PaymentSteps;
  readonly #workflowId: string;
  readonly #references: string[];

  constructor(payment: PaymentSteps, workflowId: string) {
    this.#payment = payment;
    this.#workflowId = workflowId;
    this.reference = chargeReferenceOf(workflowId);
    this.#references = [this.reference];
  }

  get areSeveral(): boolean {
    return this.#references.length > 1;
  }

  /** A page to pay on. A reference whose page was opened by a call with a lost answer is nobody's: the next one is used. */
  async open(wanted: { readonly userId: string; readonly money: Money }): Promise<Opened> {
    for (let number = 1; number <= mostPages; number += 1) {
      const reference = chargeReferenceOf(this.#workflowId, number);
      this.reference = reference;
      if (number > 1) this.#references.push(reference);
      const page = await this.#payment.openCheckout({ reference, ...wanted }, { sequence: number });
      if (page.status !== 'taken') return page;
      const charge = await this.#payment.findCharge({ reference });
      if (charge?.status === 'success') return { status: 'paid' };
    }
    return { status: 'references-taken' };
  }

  /** The charge on the first page that is paid. */
  async paid() {
    for (const reference of this.#references) {
      const charge = await this.#payment.findCharge({ reference });
      if (charge?.status === 'success') return charge;
    }
    return undefined;
  }

  /**
   * A page that was paid when its run did not look any more gets a run of its own, as the gateway will not tell anybody else;
   * so does the other one of two that were paid. `seenTo`: the money on the page that we know of is credited, or goes back.
   * `hinted`: a message says that something happened since the run looked.
   */
  async leaveToOthers(run: Run, { seenTo, hinted }: { readonly seenTo: boolean; readonly hinted: boolean }) {
    for (const reference of seenTo ? this.#references.filter((each) => each !== this.reference) : this.#references) {
      // A hint does not say which page was paid, and a late charge is settled once.
      const found = this.areSeveral && (await run.orPark(() => this.#payment.findCharge({ reference })));
      const paid = found ? found.status === 'success' : !this.areSeveral && hinted;
      if (paid) await startOther(run, SettleLateCharge, { reference });
    }
  }
}
