import { expect, it } from 'vitest';
import { describeWithSandbox, fresh } from './harness.fixture.ts';

describeWithSandbox('The notification service', (at) => {
  it('mails a notice once per key, with a message id derived from the key', async () => {
    const user = fresh('u');
    const notice = { user, template: 'booking-confirmed', data: { reference: 'ABC234' } };
    const [first, again] = [
      await at().post('/notification/notices', notice, { key: 'booking-7/notifyPassenger' }),
      await at().post('/notification/notices', notice, { key: 'booking-7/notifyPassenger' }),
    ];
    expect([first.status, again.status]).toEqual([202, 202]);
    const { mails, journal } = await at().sandbox.evidence();
    const { messageId } = first.body as { messageId: string };
    expect(messageId).toMatch(/^<[0-9a-f]{40}@notification\.longhaul\.test>$/);
    expect(mails.filter(({ to }) => to.startsWith(user))).toEqual([
      {
        messageId,
        to: `${user}@passengers.longhaul.test`,
        subject: 'Your seat is booked',
        text: 'Your booking is confirmed.\n\nreference: ABC234\n',
      },
    ]);
    expect(journal.filter((entry) => entry.effect === 'notice-sent' && entry.user === user)).toHaveLength(1);
  });

  it('shows what it sent in the outbox', async () => {
    const user = fresh('u');
    await at().post('/notification/notices', { user, template: 'booking-undone', data: {} });
    await at().sandbox.evidence();
    const outbox = (await at().get('/outbox')).body as unknown as Record<string, unknown>[];
    expect(outbox.find((notice) => notice.user === user)).toMatchObject({ template: 'booking-undone', mailed: true });
  });

  it('mails many concurrent notices, each once', async () => {
    const users = Array.from({ length: 60 }, () => fresh('u-many'));
    await Promise.all(
      users.map((user) => at().post('/notification/notices', { user, template: 'booking-cancelled', data: {} })),
    );
    const { mails } = await at().sandbox.evidence();
    const caught = mails.map(({ to }) => to).filter((to) => to.startsWith('u-many'));
    expect(caught.toSorted()).toEqual(users.map((user) => `${user}@passengers.longhaul.test`).toSorted());
  });

  it('removes line breaks from mail headers, and refuses unknown templates', async () => {
    const answer = await at().post('/notification/notices', { user: 'a@b\r\nBcc: c', template: 'hello', data: {} });
    const pointers = (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect([answer.status, ...pointers]).toEqual([400, '/user', '/template']);
  });
});
