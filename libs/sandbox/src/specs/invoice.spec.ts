import { expect, it } from 'vitest';
import { describeOnEachDatabase, effectsOn, fresh } from './harness.fixture.ts';

const money = { amount: 3_000, currency: 'NGN' };
const lines = [
  { text: 'Wallet top-up', money: { amount: 2_900, currency: 'NGN' } },
  { text: 'Fee', money: { amount: 100, currency: 'NGN' } },
];

describeOnEachDatabase('The invoice service', (at) => {
  const issue = (invoiceId = fresh('inv'), more: object = {}, key?: string) =>
    at().post(
      '/invoice/invoices',
      { invoiceId, user: fresh('u'), money, lines, ...more },
      key === undefined ? {} : { key },
    );
  const placeOf = (number: unknown) => Number(/^INV-\d{4}-(\d{6})$/.exec(String(number))?.[1]);

  it('numbers the invoices of a year without gaps, also with concurrent and refused requests', async () => {
    const before = placeOf((await issue()).body.number);
    const known = fresh('inv');
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => issue()),
      issue(known),
      issue(known),
      issue(fresh('inv'), { money: { ...money, amount: 1 } }),
    ]);
    const places = answers.filter(({ status }) => status === 201).map(({ body }) => placeOf(body.number));
    expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 7 }, (_, n) => before + n + 1));
    expect(
      answers
        .map(({ body }) => body.code)
        .filter(Boolean)
        .toSorted(),
    ).toEqual(['invalid-request', 'invoice-exists']);
    expect(placeOf((await issue()).body.number)).toBe(before + 8);
  });

  it('gives a repeat the same number', async () => {
    const [invoiceId, user] = [fresh('inv'), fresh('u')];
    const first = await issue(invoiceId, { user }, 'inv/key');
    expect((await issue(invoiceId, { user }, 'inv/key')).body).toEqual(first.body);
    expect(await effectsOn(at(), invoiceId)).toEqual(['invoice-issued']);
  });

  it('begins with 1 each year', async () => {
    const year = new Date().getUTCFullYear();
    at().pass(366 * 24 * 3_600);
    expect((await issue()).body.number).toBe(`INV-${year + 1}-000001`);
  });

  it('refuses lines that do not add up, or in another currency', async () => {
    const other = [{ text: 'Wallet top-up', money: { ...money, currency: 'USD' } }];
    for (const wrong of [{ lines: lines.slice(1) }, { lines: other }]) {
      const answer = await issue(fresh('inv'), wrong);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/lines' }] } });
    }
  });
});
