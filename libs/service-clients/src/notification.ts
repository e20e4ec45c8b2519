import type { CallContext, Http } from './http.ts';
import { Done } from './values.ts';

/** What a passenger or a merchant can be told. The texts belong to the notification service. */
export type NoticeTemplate =
  | 'booking-confirmed'
  | 'booking-undone'
  | 'booking-cancelled'
  | 'top-up-receipt'
  | 'top-up-late'
  | 'charge-refunded'
  | 'webhook-failing';

export interface Notice {
  /** Who is told: a passenger, or with `webhook-failing` the merchant. */
  readonly user: string;
  readonly template: NoticeTemplate;
  /** What the text needs: references, amounts, dates. */
  readonly data: Readonly<Record<string, string>>;
}

export function notificationService(http: Http) {
  return {
    send: (notice: Notice, context: CallContext) => http.send('POST /notices', Done, context, { body: notice }),
  };
}
export type NotificationService = ReturnType<typeof notificationService>;
