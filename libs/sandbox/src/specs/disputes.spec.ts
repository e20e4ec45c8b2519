import { expect, it } from 'vitest';
import { describeOnEachDatabase, fresh, startHarness } from './harness.fixture.ts';
import { paystackAt, receiver } from './paystack.fixture.ts';

describeOnEachDatabase('A disputed charge', (at) => {
  const paystack = paystackAt(at);

  /** Charges a user who disputes it, and returns Paystack's event. */
  async function disputed() {
    const reference = fresh('ref');
    const heard = receiver();
    at().sandbox.webhooksTo(heard.handler);
    await paystack.charge(reference, fresh('u-disputes'));
    await at().sandbox.webhooks.drained();
    const events = () =>
      heard.told.filter(
        ({ data }) => (data.transaction as { reference?: string } | undefined)?.reference === reference,
      );
    return { reference, events, id: String(events()[0]?.data.id) };
  }
  const opening = (disputeId: string, reference: string, key = fresh('key')) =>
    at().post(`/payment/disputes/${disputeId}/opening`, { reference }, { key });
  const closing = (disputeId: string, reference: string, state: 'won' | 'lost') =>
    at().post(`/payment/disputes/${disputeId}/closing`, { reference, state }, { key: fresh('key') });
  const isDisputed = async (reference: string) =>
    ((await at().get(`/payment/disputed-charges/${reference}`)).body as { disputed: boolean }).disputed;

  it('is announced by a signed event with the date until which it has to be answered', async () => {
    const { events, id } = await disputed();
    const dueAt: unknown = expect.stringMatching(/^\d{4}-.+Z$/);
    const data = { status: 'awaiting-merchant-feedback', resolution: null, dueAt };
    expect(events()).toMatchObject([{ event: 'charge.dispute.create', signed: true, data }]);
    expect((await paystack.get(`/dispute/${id}`)).data).toMatchObject(data);
  });

  it('can be answered once, and Paystack announces the result', async () => {
    const { events, id } = await disputed();
    const resolve = (resolution: string) =>
      paystack.send(`/dispute/${id}/resolve`, {
        method: 'PUT',
        body: JSON.stringify({
          resolution,
          message: 'The seat was used',
          refund_amount: 0,
          uploaded_filename: 'manifest.pdf',
        }),
      });
    expect((await resolve('declined')).data).toMatchObject({ status: 'resolved', resolution: 'declined' });
    expect((await resolve('merchant-accepted')).data).toMatchObject({ resolution: 'declined' });
    await at().sandbox.webhooks.drained();
    expect(events().at(-1)).toMatchObject({ event: 'charge.dispute.resolve', data: { resolution: 'declined' } });
  });

  it.each([['0'], ['x'], ['999999']])('is not found under a number that is none of theirs [%s]', async (id) => {
    expect(await paystack.get(`/dispute/${id}`)).toMatchObject({ status: 404, body: { code: 'dispute_not_found' } });
  });

  it('is recorded from its first event until it is won', async () => {
    const [id, reference] = [fresh('7'), fresh('ref')];
    expect(await isDisputed(reference)).toBe(false);
    expect(await opening(id, reference)).toMatchObject({ status: 201, body: { state: 'open' } });
    expect(await isDisputed(reference)).toBe(true);
    expect(await closing(id, reference, 'won')).toMatchObject({ status: 201, body: { state: 'won' } });
    expect(await isDisputed(reference)).toBe(false);
  });

  it('that was lost stays disputed, because the bank refunds it', async () => {
    const [id, reference] = [fresh('7'), fresh('ref')];
    await closing(id, reference, 'lost');
    expect(await isDisputed(reference)).toBe(true);
  });

  it('never returns to an earlier state, whatever event arrives late', async () => {
    const [id, reference] = [fresh('7'), fresh('ref')];
    await closing(id, reference, 'won');
    expect(await opening(id, reference)).toMatchObject({ body: { state: 'won' } });
    expect(await closing(id, reference, 'lost')).toMatchObject({ body: { state: 'won' } });
    expect(await isDisputed(reference)).toBe(false);
  });

  it('counts as disputed while one of its disputes is open', async () => {
    const [first, second, reference] = [fresh('7'), fresh('8'), fresh('ref')];
    await closing(first, reference, 'won');
    await opening(second, reference);
    expect(await isDisputed(reference)).toBe(true);
  });
});

it('a dispute of a sandbox that begins anew has another number than those before: Temporal may have kept their runs', async () => {
  const numbers = new Set<string>();
  for (const day of ['2027-01-04', '2027-01-05']) {
    const harness = await startHarness({ clock: () => Date.parse(day) });
    await paystackAt(() => harness).charge('ref', 'u-disputes');
    const { journal } = await harness.sandbox.evidence();
    for (const entry of journal) if (entry.effect === 'charge-disputed') numbers.add(entry.disputeId);
    await harness.sandbox.close();
  }
  expect(numbers.size).toBe(2);
});
