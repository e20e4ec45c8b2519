import { z } from 'zod';
import type { CallContext, Http } from './http.ts';

const Recorded = z.object({ state: z.enum(['open', 'won', 'lost']) });

export interface Dispute {
  readonly disputeId: string;
  readonly reference: string;
}

/** The payment service's record of disputed charges. It refuses refunds of them. */
export function disputesService(http: Http) {
  return {
    /** Does not reopen a dispute that is over. */
    open: ({ disputeId, reference }: Dispute, context: CallContext) =>
      http.send('POST /disputes/:disputeId/opening', Recorded, context, { params: { disputeId }, body: { reference } }),

    close: ({ disputeId, ...body }: Dispute & { readonly state: 'won' | 'lost' }, context: CallContext) =>
      http.send('POST /disputes/:disputeId/closing', Recorded, context, { params: { disputeId }, body }),

    /** Whether the charge has a dispute that is open or was lost. After a lost dispute the bank refunds the payer. */
    isDisputed: (reference: string, context: CallContext) =>
      http
        .send('GET /disputed-charges/:reference', z.object({ disputed: z.boolean() }), context, {
          params: { reference },
        })
        .then(({ disputed }) => disputed),
  };
}
export type DisputesService = ReturnType<typeof disputesService>;
