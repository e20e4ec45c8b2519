import type { CallContext, Http } from './http.ts';
import { Done } from './values.ts';

/** What a passenger can be told. The texts belong to the notification service. */
export type NoticeTemplate = 'booking-confirmed' | 'booking-undone' | 'booking-cancelled';

export interface Notice {
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
