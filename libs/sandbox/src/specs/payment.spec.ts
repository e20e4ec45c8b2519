import type { LedgerLine } from '@longhaul/checker';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fare, fresh } from './harness.fixture.ts';

function balances(lines: readonly LedgerLine[], by: (line: LedgerLine) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(by(line), (sums.get(by(line)) ?? 0) + line.amount);
  return sums;
}

describeOnEachDatabase('The payment service', (at) => {
  const charge = async (chargeId = fresh('charge'), user = fresh('u'), money = fare) => {
    const answer = await at().post('/payment/charges', { chargeId, user, fare: money });
    return { chargeId, user, answer };
  };
  const refund = (chargeId: string, amount?: typeof fare) =>
    at().post(`/payment/charges/${chargeId}/refunds`, { refundId: fresh('refund'), ...(amount && { amount }) });

  it('charges a fare to the wallet and refunds all of it', async () => {
    const { chargeId, user, answer } = await charge();
    expect(answer).toMatchObject({ status: 201, body: { chargeId } });
    expect(await refund(chargeId)).toMatchObject({ status: 201, body: { refunded: fare } });
    const { ledger } = await at().sandbox.evidence();
    const moves = ledger.filter(({ account }) => account === `wallet:${user}`).map(({ amount }) => amount);
    expect(moves).toEqual([100_000_000, -fare.amount, fare.amount]);
    expect(await effectsOn(at(), chargeId)).toEqual(['charge-captured', 'charge-refunded']);
  });

  it('refunds in parts, and no more than was captured', async () => {
    const { chargeId } = await charge();
    const part = { amount: 1_000, currency: 'EUR' };
    expect((await refund(chargeId, part)).body).toEqual({ refunded: part });
    expect(await refund(chargeId, part)).toMatchObject({ status: 409, body: { code: 'exceeds-captured' } });
    expect((await refund(chargeId)).body).toEqual({ refunded: { amount: 500, currency: 'EUR' } });
    expect((await refund(chargeId)).body).toEqual({ refunded: { amount: 0, currency: 'EUR' } });
  });

  it('refunds no more than was captured, also with concurrent requests', async () => {
    const { chargeId } = await charge();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => refund(chargeId, { amount: 500, currency: 'EUR' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ body }) => body.code === 'exceeds-captured')).toHaveLength(5);
  });

  it('refuses a refund in another currency, and one whose id was used before', async () => {
    const { chargeId } = await charge();
    expect(await refund(chargeId, { amount: 1, currency: 'GHS' })).toMatchObject({
      status: 409,
      body: { code: 'currency-mismatch' },
    });
    const request = { refundId: fresh('refund'), amount: { amount: 1, currency: 'EUR' } };
    await at().post(`/payment/charges/${chargeId}/refunds`, request);
    expect(await at().post(`/payment/charges/${chargeId}/refunds`, request)).toMatchObject({
      status: 409,
      body: { code: 'refund-exists' },
    });
  });

  it('voids a charge before it arrives, and then refuses it', async () => {
    const chargeId = fresh('charge');
    expect(await refund(chargeId)).toMatchObject({ status: 201, body: { refunded: null } });
    expect((await charge(chargeId)).answer).toMatchObject({ status: 409, body: { code: 'already-undone' } });
    expect(await effectsOn(at(), chargeId)).toEqual(['charge-voided']);
  });

  it('declines a fare that exceeds the balance of the wallet', async () => {
    const { chargeId, user, answer } = await charge(fresh('charge'), fresh('u'), {
      amount: 100_000_001,
      currency: 'EUR',
    });
    expect(answer).toMatchObject({ status: 402, body: { code: 'insufficient-funds' } });
    expect(await effectsOn(at(), chargeId)).toEqual(['charge-declined']);
    const { ledger } = await at().sandbox.evidence();
    expect(balances(ledger, ({ account }) => account).get(`wallet:${user}`)).toBe(100_000_000);
  });

  it('never lets a wallet become negative, also with concurrent charges', async () => {
    const user = fresh('u');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => charge(fresh('charge'), user, { amount: 40_000_000, currency: 'EUR' })),
    );
    expect(answers.filter(({ answer }) => answer.status === 201)).toHaveLength(2);
    const { ledger } = await at().sandbox.evidence();
    expect(balances(ledger, ({ account }) => account).get(`wallet:${user}`)).toBe(20_000_000);
  });

  it('refuses a charge whose id was used before with another key', async () => {
    const { chargeId } = await charge();
    expect((await charge(chargeId)).answer).toMatchObject({ status: 409, body: { code: 'charge-exists' } });
  });

  it('has a ledger in which every journal and all accounts balance, whatever is charged and refunded', async () => {
    const step = fc.record({
      user: fc.constantFrom('u-x', 'u-y'),
      amount: fc.integer({ min: 1, max: 60_000_000 }),
      currency: fc.constantFrom('EUR', 'JPY'),
      back: fc.option(fc.integer({ min: 1, max: 60_000_000 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        for (const { user, amount, currency, back } of steps) {
          const { chargeId } = await charge(fresh('charge'), user, { amount, currency });
          await refund(chargeId, back === undefined ? undefined : { amount: back, currency });
        }
        const { ledger } = await at().sandbox.evidence();
        const unbalanced = [
          ...balances(ledger, ({ journalId, currency }) => `${journalId} ${currency}`),
          ...balances(ledger, ({ currency }) => currency),
        ].filter(([, sum]) => sum !== 0);
        expect(unbalanced).toEqual([]);
        const wallets = [...balances(ledger, ({ account, currency }) => `${account} ${currency}`)];
        expect(wallets.filter(([account, sum]) => account.startsWith('wallet:') && sum < 0)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});
