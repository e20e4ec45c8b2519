import type { CallContext, Http } from './http.ts';
import { Done } from './values.ts';

/** The templates of notices to passengers and merchants. The notification service has their texts. */
export type NoticeTemplate =
  | 'booking-confirmed'
  | 'booking-undone'
  | 'booking-cancelled'
  | 'top-up-receipt'
  | 'top-up-late'
  | 'charge-refunded'
  | 'webhook-failing'
  | 'approval-asked'
  | 'approval-reminder';

export interface Notice {
  /** The recipient: a passenger, or for `webhook-failing` the merchant. */
  readonly user: string;
  readonly template: NoticeTemplate;
  /** The values for the text: references, amounts, dates. */
  readonly data: Readonly<Record<string, string>>;
}

export function notificationService(http: Http) {
  return {
    send: (notice: Notice, context: CallContext) => http.send('POST /notices', Done, context, { body: notice }),
  };
}
export type NotificationService = ReturnType<typeof notificationService>;
