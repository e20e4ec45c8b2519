import { expect, it } from 'vitest';
import { amountInWords } from '../pages/amount.ts';
import { describeWithSandbox, fresh } from './harness.fixture.ts';
import { paystackAt } from './paystack.fixture.ts';

it('shows an amount in major units, with the decimals of its currency', () => {
  const amounts = [
    [20_000, 'NGN'],
    [3_500, 'RWF'],
    [1_234_567, 'KWD'],
    [5, 'USD'],
  ] as const;
  expect(amounts.map(([amount, currency]) => amountInWords(amount, currency))).toEqual([
    ...['NGN 200.00', 'RWF 3,500', 'KWD 1,234.567', 'USD 0.05'],
  ]);
});

const links = [{ name: 'The HTTP API, described', url: 'http://127.0.0.1:3000/docs' }];

describeWithSandbox(
  'A page of the sandbox',
  (at) => {
    const shown = async (path: string) => {
      const answer = await fetch(at().sandbox.url + path, { headers: { accept: 'text/html,*/*;q=0.8' } });
      return { type: answer.headers.get('content-type'), text: await answer.text() };
    };

    it('links to all pages and to each unpaid top-up', async () => {
      const opened = await paystackAt(at).post('/transaction/initialize', {
        email: 'u-ada@passengers.longhaul.test',
        amount: 20_000,
        reference: fresh('ref'),
      });
      const waiting = `<a href="/checkout/${String(opened.data.access_code)}">NGN 200.00</a> by u-ada`;
      const { type, text } = await shown('/');
      expect(type).toContain('text/html');
      for (const link of ['/outbox', '/evidence', links[0]!.url]) expect(text).toContain(`<a href="${link}">`);
      expect(text).toContain(waiting);
      await fetch(`${at().sandbox.url}/checkout/${String(opened.data.access_code)}/pay`, { method: 'POST' });
      expect((await shown('/')).text).not.toContain(waiting);
    });

    it('shows each mail as a page, and as JSON for programs', async () => {
      const user = fresh('u');
      await at().post('/notification/notices', { user, template: 'booking-confirmed', data: { reference: 'ABC234' } });
      const { type, text } = await shown('/outbox');
      expect(type).toContain('text/html');
      for (const part of [`${user}@`, 'Your seat is booked', 'reference: ABC234']) expect(text).toContain(part);
      expect((await at().get('/outbox')).body).toContainEqual(expect.objectContaining({ user }));
    });

    it('escapes everything that a caller sent', async () => {
      const script = '<script>alert(1)</script>';
      await at().post('/notification/notices', { user: fresh('u'), template: 'booking-undone', data: { why: script } });
      const { text } = await shown('/outbox');
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(text).not.toContain(script);
    });

    it('ends every other answer with a line break', async () => {
      for (const path of ['/', '/outbox', '/faults', '/readyz', '/nowhere', '/checkout/nowhere']) {
        expect(await (await fetch(at().sandbox.url + path)).text(), path).toMatch(/[^\n]\n$/);
      }
    });
  },
  { links },
);
