/** That an event is judged by the register of its own time, and that every change of the register is an entry. */
import type { AuditIndex } from '../../../lib/wire';
import { collect, INDEX } from '../../transfers/trail-records';
import { LEDGER, logFile, logKey, sha256, World } from './world';

const SECOND: AuditIndex = { ...INDEX, register: 'cd'.repeat(32), agreements: [] };
const hour = 3_600_000;
const changes = (world: World) => [...world.staged.keys()].filter((id) => id.startsWith('register#'));
const violations = (world: World) => [...world.staged.keys()].filter((id) => id.endsWith('#violation'));
const read = (id: string, time: string) => logFile([collect({ id, time })]);

/** A world in which the register changed at one o’clock on 1 October 2026. */
async function changed(): Promise<World> {
  const world = new World();
  await world.invoke({ action: 'sweep' });
  world.time = Date.parse('2026-10-01T13:00:00Z');
  world.restart(SECOND);
  await world.invoke({ action: 'sweep' });
  return world;
}

describe('a change of the register', () => {
  it('is an entry, and its index is kept', async () => {
    const world = await changed();
    expect(changes(world)).toEqual(
      [INDEX, SECOND].map((each, n) => `register#${n + 1}#${sha256(JSON.stringify(each)).slice(0, 32)}`),
    );
    expect(world.entries()[1]).toMatchObject({
      class_uid: 6003,
      unmapped: {
        register: SECOND.register,
        before: INDEX.register,
        since: '2026-10-01T13:00:00Z',
        indexFile: `index/${sha256(JSON.stringify(SECOND))}.json`,
      },
    });
    for (const each of [INDEX, SECOND]) {
      const text = JSON.stringify(each);
      expect(
        Buffer.from(world.stored.get(`${LEDGER}/index/${sha256(text)}.json`)?.content ?? []).toString(),
      ).toBe(text);
    }
  });

  it('judges nothing that was before it', async () => {
    const world = await changed();
    world.land(logKey(1), read('before', '2026-10-01T12:59:59Z'));
    world.land(logKey(2), read('after', '2026-10-01T13:00:00Z'));
    expect(await world.deliver([logKey(1), logKey(2)])).toEqual([]);
    expect(violations(world)).toEqual(['after#collected#violation']);
    expect(world.staged.has('before#collected')).toBe(true);
  });

  it('is seen by a function that is still running with the register before', async () => {
    const world = await changed();
    const other = new World();
    Object.assign(world, { history: { ...world.history } });
    other.index = INDEX;
    await other.invoke({ action: 'sweep' });
    // The other’s table now has what the first wrote.
    other.history = world.history;
    for (const [name, file] of world.stored) other.stored.set(name, file);
    other.time = Date.parse('2026-10-01T14:00:00Z');
    other.land(logKey(1), read('after', '2026-10-01T13:30:00Z'));
    await other.deliver([logKey(1)]);
    expect(violations(other)).toEqual(['after#collected#violation']);
    expect(other.history.versions).toHaveLength(2);
  });

  it('back to an earlier one counts when whoever deploys says so', async () => {
    const world = await changed();
    world.restart(INDEX);
    world.time += hour;
    await world.invoke({ action: 'sweep' });
    expect(world.history.versions).toHaveLength(2);
    expect(await world.invoke({ action: 'register' })).toEqual({ register: INDEX.register });
    expect(world.history.versions.map(({ register }) => register)).toEqual([
      INDEX.register,
      SECOND.register,
      INDEX.register,
    ]);
    await world.invoke({ action: 'register' });
    expect(changes(world)).toHaveLength(3);
  });

  it('that is made at any write of a function that dies is told of, once', async () => {
    for (let write = 1; write <= 4; write++)
      for (const done of [true, false]) {
        const world = new World();
        world.dieAt = { write, done };
        for (let run = 0; run < 2; run++) await world.invoke({ action: 'sweep' });
        expect(changes(world)).toHaveLength(1);
        expect(world.history).toMatchObject({ told: 1, versions: [{ register: INDEX.register }] });
      }
  });
});

describe('what approvers signed', () => {
  const said = (n: number, more: object) => ({
    agreement: 'benefit-awards',
    organisation: 'leeds',
    decision: 'approves' as const,
    on: '2026-09-30',
    terms: 'a1'.repeat(32),
    // The digests are in no order of their own.
    sha256: String(9 - n).repeat(64),
    after: n === 0 ? [] : [String(10 - n).repeat(64)],
    ...more,
  });
  const ALL = [
    said(0, {}),
    said(1, { decision: 'withdraws' }),
    said(2, { organisation: 'dwp', decision: 'disposes' }),
  ];
  const signed = (world: World) =>
    [...world.staged.values()]
      .filter(({ eventId }) => eventId.startsWith('signed#'))
      .sort((a, b) => (a.stagedAt < b.stagedAt ? -1 : 1));

  it('is an entry each, after that of its register and in the order of signing, with receipts for all parties', async () => {
    const world = new World();
    world.index = { ...INDEX, signed: ALL };
    await world.invoke({ action: 'sweep' });
    const entries = signed(world).map(({ entry }) => JSON.parse(Buffer.from(entry).toString()));
    expect(
      entries.map(({ metadata, unmapped }) => [metadata.event_code, unmapped.sha256, unmapped.after]),
    ).toEqual([
      ['agreement-approved', ALL[0]?.sha256, []],
      ['approval-withdrawn', ALL[1]?.sha256, [ALL[0]?.sha256]],
      ['disposal-declared', ALL[2]?.sha256, [ALL[1]?.sha256]],
    ]);
    const parties = INDEX.agreements.flatMap(({ id, owner, shares }) =>
      id === 'benefit-awards' ? [owner, ...shares.map(({ recipient }) => recipient)] : [],
    );
    const accounts = INDEX.organisations
      .filter(({ id }) => parties.includes(id))
      .map(({ account }) => account);
    for (const { organisations, stagedAt } of signed(world)) {
      expect(organisations).toEqual(accounts.sort());
      expect(stagedAt > (world.staged.get(changes(world)[0] ?? '')?.stagedAt ?? '')).toBe(true);
    }
  });

  it('is told of when the register first has it, and once', async () => {
    const world = new World();
    world.index = { ...INDEX, signed: ALL.slice(0, 1) };
    await world.invoke({ action: 'sweep' });
    const [first] = signed(world);
    world.time += hour;
    world.restart({ ...SECOND, signed: ALL });
    await world.invoke({ action: 'sweep' });
    expect(signed(world)).toHaveLength(3);
    expect(signed(world)[0]).toEqual(first);
    world.time += hour;
    world.restart(INDEX);
    await world.invoke({ action: 'register' });
    world.time += hour;
    world.restart({ ...SECOND, signed: ALL });
    await world.invoke({ action: 'register' });
    expect([changes(world).length, signed(world).length]).toEqual([4, 3]);
  });

  it('is told of in whole by the next run where one dies', async () => {
    for (let write = 1; write <= 6; write++)
      for (const done of [true, false]) {
        const world = new World();
        world.index = { ...INDEX, signed: ALL };
        world.dieAt = { write, done };
        for (let run = 0; run < 2; run++) await world.invoke({ action: 'sweep' });
        expect(signed(world)).toHaveLength(3);
      }
  });
});

describe('an index', () => {
  it('that is not in order stops the run, and says so', async () => {
    const world = new World();
    world.index = { ...INDEX, form: 'v2' as never };
    await expect(world.invoke({ action: 'sweep' })).rejects.toThrow(
      `form of the index is "v2", it must be 'concordat-index/v1'`,
    );
  });

  it('that was changed where it is kept is refused', async () => {
    const world = await changed();
    world.restart();
    world.land(
      `index/${sha256(JSON.stringify(INDEX))}.json`,
      Buffer.from(JSON.stringify(SECOND)),
      undefined,
      LEDGER,
    );
    world.land(logKey(1), read('before', '2026-10-01T12:00:00Z'));
    expect(await world.deliver([logKey(1)])).toEqual([logKey(1)]);
    expect(JSON.stringify(world.told('failed'))).toContain('is not what it was');
  });

  it('of the first day judges what was before it', async () => {
    const world = new World();
    world.land(logKey(1), read('early', '2026-06-01T12:00:00Z'));
    await world.deliver([logKey(1)]);
    expect(world.staged.has('early#collected')).toBe(true);
  });
});

describe('an index that is not the one that was synthesised', () => {
  const forged: AuditIndex = {
    ...INDEX,
    agreements: INDEX.agreements.map((each) => ({
      ...each,
      shares: each.shares.map((share) => ({
        ...share,
        spans: [{ from: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' }],
      })),
    })),
  };

  it('is refused with a line of security, judges nothing, and no log file is lost', async () => {
    const world = new World();
    world.indexSha256 = sha256(JSON.stringify(INDEX));
    world.index = forged;
    world.land(logKey(1), read('read', '2026-10-01T12:00:00Z'));
    // The whole batch fails, so that the queue keeps every message.
    await expect(world.deliver([logKey(1)])).rejects.toThrow(/it was changed on its way/);
    expect([...world.staged.keys()]).toEqual([]);
    expect(world.history.versions).toEqual([]);
    const told = world.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told).toContainEqual(
      expect.objectContaining({ level: 'ERROR', event: 'other-index', security: true }),
    );
    expect(told).toContainEqual(expect.objectContaining({ Failures: 1 }));

    world.restart(INDEX);
    expect(await world.deliver([logKey(1)], '2')).toEqual([]);
    expect([...world.staged.keys()]).toContain('read#collected');
  });
});
