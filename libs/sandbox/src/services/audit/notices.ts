import type { NoticeTexts } from '../notification/notice-texts.ts';

export const notices: NoticeTexts = {
  'approval-asked': { subject: 'Please decide', opening: 'You are asked to approve a request.' },
  'approval-reminder': { subject: 'Please decide: a reminder', opening: 'A request still waits for your decision.' },
};
