import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeOnEachDatabase, fresh } from './harness.fixture.ts';
import { paystackAt } from './paystack.fixture.ts';

type Fields = Readonly<Record<string, string>>;
interface Published {
  readonly data: Fields;
  readonly transaction?: Fields;
  readonly meta?: Fields;
  /** What a request has to have. */
  readonly asks?: readonly string[];
}

/** Extracted from Paystack's own OpenAPI document; the file says from where. */
const { answers } = JSON.parse(readFileSync(new URL('./paystack-openapi/answers.json', import.meta.url), 'utf8')) as {
  answers: Readonly<Record<string, Published>>;
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Fields of an answer that Paystack does not document, or that have another type. */
function unlike(published: Fields, shown: object): string[] {
  return Object.entries(shown).flatMap(([name, value]) => {
    const types = published[name]?.split('|');
    if (!types) return [`${name} is not published`];
    const fits = types.includes('any') || types.includes(typeOf(value));
    return fits ? [] : [`${name} is ${typeOf(value)}, published is ${types.join(' or ')}`];
  });
}

describeOnEachDatabase("The sandbox's Paystack, held against the published one:", (at) => {
  const paystack = paystackAt(at);
  const charged = async (user = fresh('u')) => {
    const reference = fresh('ref');
    return { reference, answer: await paystack.charge(reference, user) };
  };

  it('a checkout, and its look-up before and after it is paid', async () => {
    const reference = fresh('ref');
    const email = 'u-pays@passengers.longhaul.test';
    const opened = await paystack.post('/transaction/initialize', { reference, email, amount: 500 });
    expect(unlike(answers['POST /transaction/initialize']!.data, opened.data)).toEqual([]);
    const unpaid = await charged('u-pending');
    for (const about of [unpaid.reference, reference]) {
      const verified = await paystack.get(`/transaction/verify/${about}`);
      expect(unlike(answers['GET /transaction/verify/{reference}']!.data, verified.data)).toEqual([]);
    }
  });

  it.each(['u-any', 'u-declined', 'u-pending'])('a charge of the card of %s', async (user) => {
    const { answer } = await charged(user);
    expect(unlike(answers['POST /transaction/charge_authorization']!.data, answer.data)).toEqual([]);
  });

  it('a dispute when it is read, and when it is resolved with all required fields', async () => {
    const { reference } = await charged(fresh('u-disputes'));
    const { journal } = await at().sandbox.evidence();
    const opened = journal.find((entry) => entry.effect === 'charge-disputed' && entry.reference === reference);
    const { disputeId } = opened as { disputeId: string };
    const { data: shown } = await paystack.get(`/dispute/${disputeId}`);
    expect(unlike(answers['GET /dispute/{id}']!.data, shown)).toEqual([]);

    const whole = { resolution: 'declined', message: 'It was delivered', refund_amount: 0, uploaded_filename: 'a.pdf' };
    const { asks, data } = answers['PUT /dispute/{id}/resolve']!;
    const resolve = (body: object) =>
      paystack.send(`/dispute/${disputeId}/resolve`, { method: 'PUT', body: JSON.stringify(body) });
    for (const field of asks!) {
      const without = { ...whole, [field]: undefined };
      expect(await resolve(without)).toMatchObject({ status: 400, body: { code: 'invalid_params' } });
    }
    expect(unlike(data, (await resolve(whole)).data)).toEqual([]);
  });

  it('a refund when it is requested, listed and read', async () => {
    const { reference } = await charged();
    const { data: made } = await paystack.post('/refund', { transaction: reference, merchant_note: 'p-1/sendRefund' });
    const creation = answers['POST /refund']!;
    expect(unlike(creation.data, made)).toEqual([]);
    expect(unlike(creation.transaction!, made.transaction as object)).toEqual([]);

    const { body } = await paystack.get('/refund');
    const [listed] = body.data as Record<string, unknown>[];
    const list = answers['GET /refund']!;
    expect(unlike(list.data, listed!)).toEqual([]);
    expect(unlike(list.meta!, body.meta as object)).toEqual([]);
    const { data: fetched } = await paystack.get(`/refund/${String(made.id)}`);
    expect(unlike(answers['GET /refund/{id}']!.data, fetched)).toEqual([]);

    // In a list the charge is a number, and the reference a separate field.
    const { id: transaction } = made.transaction as { id: number };
    const known = { id: made.id, transaction, transaction_reference: reference, merchant_note: 'p-1/sendRefund' };
    expect(listed).toMatchObject(known);
    expect(fetched).toMatchObject(known);
  });
});
