import { dayMs } from '@longhaul/workflow-kit';
import { expect, it } from 'vitest';
import { invoiceIdOf, isCreditedLate } from './top-up-wallet.rules.ts';

const openedAt = '2026-11-21T08:00:00.000Z';

it('credits a late payment for a day after the top-up was asked for, and not a millisecond longer', () => {
  expect(isCreditedLate(openedAt, Date.parse(openedAt) + dayMs)).toBe(true);
  expect(isCreditedLate(openedAt, Date.parse(openedAt) + dayMs + 1)).toBe(false);
});

it('makes an invoice id of a reference, in the letters that an invoice id may have', () => {
  expect(invoiceIdOf('top-up-u=7.2')).toBe('inv-top-up-u_7_2');
});
