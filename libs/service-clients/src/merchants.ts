import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Done } from './values.ts';

const MerchantEvent = z.object({
  eventId: z.string(),
  type: z.string(),
  /** The exact bytes to sign and send. */
  body: z.string(),
});
export type MerchantEvent = z.infer<typeof MerchantEvent>;

const Endpoint = z.object({
  /** Null if the merchant has no endpoint. */
  url: z.string().nullable(),
  /** `whsec_…`; two during a rotation. */
  secrets: z.array(z.string()),
  state: z.enum(['active', 'failing', 'disabled']),
});
export type Endpoint = z.infer<typeof Endpoint>;

export type EndpointMark =
  | {
      readonly merchant: string;
      readonly state: 'failing' | 'disabled';
      readonly eventId: string;
      readonly reason: string;
    }
  | { readonly merchant: string; readonly state: 'active' };

/** Merchants' events and endpoints. */
export function merchantsService(http: Http) {
  return {
    event: (merchant: string, eventId: string, context: CallContext) =>
      refusalsAsValues(
        { 'no-such-event': undefined },
        http.send('GET /merchants/:merchant/events/:eventId', MerchantEvent, context, {
          params: { merchant, eventId },
        }),
      ),

    endpoint: (merchant: string, context: CallContext) =>
      http.send('GET /merchants/:merchant/endpoint', Endpoint, context, { params: { merchant } }),

    markEndpoint: ({ merchant, ...body }: EndpointMark, context: CallContext) =>
      http.send('POST /merchants/:merchant/endpoint/state', Done, context, { params: { merchant }, body }),
  };
}
export type MerchantsService = ReturnType<typeof merchantsService>;
