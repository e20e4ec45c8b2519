import { z } from 'zod';

/** `sent`; `given-up`: not within the time we keep trying, or no longer true by then; `none`: there was nothing to tell. */
export const NoticeState = z.enum(['sent', 'given-up', 'none']);
export type NoticeState = z.infer<typeof NoticeState>;
