import { expect, it } from 'vitest';
import { describeWithSandbox, effectsOn, fresh } from './harness.fixture.ts';

describeWithSandbox('The audit service', (at) => {
  const entry = {
    kind: 'requested',
    actor: 'u-ada',
    stage: null,
    about: null,
    reason: null,
    at: '2027-01-01T00:00:00Z',
  };
  const record = (
    recordId: string,
    sequence: number,
    { madeBy = 'run-1', ...changes }: { madeBy?: string; kind?: string } = {},
  ) => at().post(`/audit/records/${recordId}/entries`, { madeBy, sequence, entry: { ...entry, ...changes } });
  const find = (recordId: string) => at().get(`/audit/records/${recordId}`);

  it('keeps entries in their order', async () => {
    const recordId = fresh('record');
    expect(await record(recordId, 1)).toMatchObject({ status: 201, body: { sequence: 1 } });
    await record(recordId, 2, { kind: 'ended' });
    expect(await find(recordId)).toMatchObject({
      status: 200,
      body: { recordId, madeBy: 'run-1', entries: [{ kind: 'requested', actor: 'u-ada' }, { kind: 'ended' }] },
    });
    expect(await effectsOn(at(), recordId)).toEqual(['entry-recorded', 'entry-recorded']);
  });

  it('writes a place once, and takes no entry of another run', async () => {
    const recordId = fresh('record');
    await record(recordId, 1);
    expect(await record(recordId, 1, { kind: 'ended' })).toMatchObject({ status: 409, body: { code: 'entry-exists' } });
    expect(await record(recordId, 2, { madeBy: 'run-2' })).toMatchObject({
      status: 409,
      body: { code: 'entry-exists' },
    });
    expect((await find(recordId)).body).toMatchObject({ entries: [{ kind: 'requested' }] });
  });

  it('knows no record that nobody began', async () => {
    expect(await find(fresh('record'))).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describeWithSandbox('The directory', (at) => {
  const person = async (name: string) => (await at().get(`/directory/people/${name}`)).body;

  it('knows everybody, with a manager', async () => {
    expect(await person('u-ada')).toEqual({
      person: 'u-ada',
      active: true,
      manager: 'u-manager-of-u-ada',
      absences: [],
    });
  });

  it('knows who has left, who is away and who acts for them', async () => {
    expect(await person('u-left-1')).toMatchObject({ active: false });
    expect(await person('u-away-7')).toMatchObject({ absences: [{ delegate: 'u-deputy-7' }] });
    expect(await person('u-unreachable')).toMatchObject({ absences: [{ delegate: null }] });
    expect(await person('u-nobodys')).toMatchObject({ manager: null });
  });

  it('has three people in a role', async () => {
    expect((await at().get('/directory/roles/finance')).body).toEqual({
      people: ['u-finance-1', 'u-finance-2', 'u-finance-3'],
    });
    expect((await at().get('/directory/roles/nobody')).body).toEqual({ people: [] });
  });
});
