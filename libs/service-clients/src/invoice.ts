import { z } from 'zod';
import { Text } from './values.ts';
import type { CallContext, Http } from './http.ts';
import type { Money } from './values.ts';

const Issued = z.object({ number: Text });

export interface InvoiceRequest {
  /** Chosen by the caller: one invoice is issued for each id. */
  readonly invoiceId: string;
  readonly user: string;
  readonly money: Money;
  readonly lines: readonly { readonly text: string; readonly money: Money }[];
}

export function invoiceService(http: Http) {
  return {
    issue: (request: InvoiceRequest, context: CallContext) =>
      http.send('POST /invoices', Issued, context, { body: request }),
  };
}
export type InvoiceService = ReturnType<typeof invoiceService>;
