import { z } from 'zod';
import type { CallContext, Http } from './http.ts';
import { refusalsAsValues } from './service-error.ts';
import { Done } from './values.ts';

const MerchantEvent = z.object({
  eventId: z.string(),
  type: z.string(),
  /** The bytes that are signed and sent, made once. */
  body: z.string(),
});
export type MerchantEvent = z.infer<typeof MerchantEvent>;

const Endpoint = z.object({
  /** Null: this merchant wants no events. */
  url: z.string().nullable(),
  /** `whsec_…`: two while one takes the other's place. */
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

/** What merchants are told, and where. */
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
