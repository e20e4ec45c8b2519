import { z } from 'zod';

/** `given-up`: could not be sent in time, or was no longer true. `none`: there was nothing to report. */
export const NoticeState = z.enum(['sent', 'given-up', 'none']);
export type NoticeState = z.infer<typeof NoticeState>;
