import { expect, it } from 'vitest';
import { chainHash, type LedgerLine } from '@longhaul/checker';
import { describeOnEachDatabase, fare, fresh } from './harness.fixture.ts';

const lines: readonly LedgerLine[] = [
  { journalId: 3, account: 'wallet:u-ada', amount: -5, currency: 'EUR' },
  { journalId: 3, account: 'fares:captured', amount: 5, currency: 'EUR' },
];

it('depends on the hash before, and on every field of every line and their order', () => {
  const [first, second] = [lines[0]!, lines[1]!];
  const others = [
    chainHash(null, lines),
    chainHash('a', lines),
    chainHash(null, [second, first]),
    chainHash(null, [first]),
    chainHash(null, [{ ...first, amount: -6 }, second]),
    chainHash(null, [{ ...first, account: 'wallet:u-eve' }, second]),
    chainHash(null, [{ ...first, currency: 'USD' }, second]),
    chainHash(null, [{ ...first, journalId: 4 }, second]),
  ];
  expect(new Set(others).size).toBe(others.length);
});

it('equals the result of sha256sum for the same text', () => {
  expect(chainHash(null, lines)).toBe('54edba87b7571371f8ca251a54c10b339c42368897eec1cff703b0a27e9e7ecf');
});

describeOnEachDatabase("The ledger's chain", (at) => {
  it('is the same in the database, also with concurrent posts', async () => {
    const [users, merchant] = [Array.from({ length: 3 }, () => fresh('u')), fresh('m')];
    const statuses = await Promise.all(users.flatMap((user) => [crowd(user), crowd(user), paid(user, merchant)]));
    expect(statuses.flat().filter((status) => status !== 201)).toEqual([]);
    const { ledger, ledgerChain } = await at().sandbox.evidence();
    expect(ledgerChain.length).toBe(new Set(ledger.map(({ journalId }) => journalId)).size);
    let previous: string | null = null;
    for (const { journalId, hash } of ledgerChain) {
      const journal = ledger.filter((line) => line.journalId === journalId);
      previous = chainHash(previous, journal);
      expect(hash).toBe(previous);
    }
  });

  /** A fare and a top-up with their reversals. */
  async function crowd(user: string): Promise<number[]> {
    const [chargeId, topUpId] = [fresh('charge'), fresh('top')];
    const post = async (path: string, body: object) => (await at().post(path, body)).status;
    await post(`/payment/top-ups/${topUpId}/opening`, { userId: user, money: fare });
    const credit = { reference: `top-up-${topUpId}`, topUpId, money: fare, late: false };
    return Promise.all([
      post('/payment/charges', { chargeId, user, fare }).then(async (charged) => {
        const refunded = await post(`/payment/charges/${chargeId}/refunds`, { refundId: fresh('refund') });
        return Math.max(charged, refunded);
      }),
      post(`/payment/wallets/${user}/credits`, credit),
    ]);
  }

  /** A payment with two concurrent partial refunds. */
  async function paid(user: string, merchant: string): Promise<number[]> {
    const path = `/payment/payments/${fresh('pay')}`;
    await at().post(`${path}/opening`, { user, merchant, money: fare });
    await at().post(`${path}/completion`, { reference: fresh('ref'), money: fare });
    const parts = ['a', 'b'].map(async (refundId) => {
      const asked = await at().post(`${path}/refunds`, { refundId, money: { ...fare, amount: 100 } });
      const settlement = { state: refundId === 'a' ? 'failed' : 'processed', gatewayRefundId: null };
      const settled = await at().post(`${path}/refunds/${refundId}/settlement`, settlement);
      return Math.max(asked.status, settled.status);
    });
    return Promise.all(parts);
  }
});
