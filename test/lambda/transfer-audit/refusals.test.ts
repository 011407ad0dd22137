/** That what strangers are refused is summed up, without their words, and can still be held against the log archive. */
import { gunzipSync } from 'node:zlib';
import { compareWithArchive } from '../../../lib/transfers';
import { MOST_TOLD_APART } from '../../../lib/transfers/refusals';
import {
  assumed,
  BUCKET,
  CAMDEN,
  collect,
  DWP,
  LEEDS,
  onKey,
  read,
  STRANGER,
} from '../../transfers/trail-records';
import { ARCHIVE, LEDGER, logFile, logKey, sha256, World } from './world';

const refused = (n: number, on: Parameters<typeof read>[0] = {}) =>
  read({
    id: `r${n}`,
    key: `agreements/john-smith-born-1970/${n}.csv`,
    by: assumed(STRANGER, 'mary-jones-role'),
    error: 'AccessDenied',
    ...on,
  });
const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

async function takenIn(files: Readonly<Record<string, Buffer>>) {
  const world = new World();
  for (const [key, content] of Object.entries(files)) world.land(key, content);
  expect(await world.deliver(Object.keys(files))).toEqual([]);
  return world;
}

function entriesOf(world: World) {
  return [...world.staged.values()]
    .map(({ eventId, entry, organisations }) => ({
      eventId,
      organisations,
      text: Buffer.from(entry).toString('utf8'),
      entry: JSON.parse(Buffer.from(entry).toString('utf8')) as Record<string, never>,
    }))
    .filter(({ eventId }) => !eventId.startsWith('register'));
}

function verdictOn(world: World, files: Readonly<Record<string, Buffer>>) {
  const entries = [...world.staged.values()];
  return compareWithArchive(
    { size: entries.length, at: (place) => entries[place]?.entry ?? Buffer.of() },
    {
      paths: () => Object.keys(files),
      open: async function* (path) {
        yield files[path] ?? Buffer.of();
      },
    },
    (digest) => {
      const found = world.stored.get(`${LEDGER}/index/${digest}.json`);
      return found && Buffer.from(found.content).toString('utf8');
    },
  );
}

const MANY = { [logKey('many', STRANGER)]: logFile(times(1_000, (n) => refused(n))) };

it('1,000 refusals of a stranger are one entry, with their number, and with digests in place of names', async () => {
  const world = await takenIn(MANY);
  const [entry, ...more] = entriesOf(world);
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    eventId: 'r0#refused',
    organisations: [DWP],
    entry: {
      count: 1_000,
      status_id: 2,
      metadata: { event_code: 'refused', original_event_uid: 'r0' },
      src_endpoint: { uid: STRANGER },
      unmapped: { verdict: 'denied', owner: 'dwp' },
    },
  });
  const { objects } = (entry?.entry.unmapped ?? {}) as { objects: string[] };
  expect(objects).toHaveLength(20);
  expect(objects).toContain(sha256(`${BUCKET}/agreements/john-smith-born-1970/0.csv`));
  expect(entry?.text).not.toMatch(/john|smith|mary|jones|\.csv/);
});

it('each hour, owner and caller has its own, and a file that comes again changes nothing', async () => {
  const files = {
    [logKey('two', STRANGER)]: logFile([
      refused(1, { time: '2026-10-01T10:59:59Z' }),
      refused(2, { time: '2026-10-01T10:00:00Z' }),
      refused(3, { time: '2026-10-01T11:00:00Z' }),
      refused(4, { time: '2026-10-01T11:00:01Z', by: assumed('888888888888', 'x') }),
    ]),
  };
  const world = await takenIn(files);
  const told = () => entriesOf(world).map(({ eventId, entry }) => [eventId, entry.count]);
  expect(told()).toEqual([
    ['r1#refused', 2],
    ['r3#refused', 1],
    ['r4#refused', 1],
  ]);
  expect(entriesOf(world)[0]?.entry).toMatchObject({
    start_time: Date.parse('2026-10-01T10:00:00Z'),
    end_time: Date.parse('2026-10-01T10:59:59Z'),
  });
  await world.deliver(Object.keys(files), '2');
  expect(told()).toHaveLength(3);
});

it('who has a share, or is the owner, is told of by each, up to a number; then they are summed up as well', async () => {
  const own = times(MOST_TOLD_APART + 30, (n) => collect({ id: `c${n}`, error: 'AccessDenied' }));
  const owners = [
    read({ id: 'o1', by: assumed(DWP, 'admin'), error: 'AccessDenied' }),
    onKey(
      'DisableKey',
      {},
      { eventID: 'k1', errorCode: 'AccessDenied', userIdentity: assumed(DWP, 'admin') },
    ),
  ];
  const world = await takenIn({ [logKey('own', LEEDS)]: logFile(own), [logKey('owner')]: logFile(owners) });
  const ids = entriesOf(world).map(({ eventId }) => eventId);
  expect(ids.filter((id) => id.startsWith('c') && id.endsWith('#denied'))).toHaveLength(MOST_TOLD_APART);
  expect(ids).toEqual(expect.arrayContaining(['o1#denied', 'k1#denied', `c${MOST_TOLD_APART}#refused`]));
  expect(entriesOf(world).find(({ eventId }) => eventId.endsWith('#refused'))?.entry.count).toBe(30);
});

it('each account’s number is a metric of its own', async () => {
  const world = await takenIn({
    ...MANY,
    [logKey('camden', CAMDEN)]: logFile([
      collect({ id: 'm1', by: assumed(CAMDEN, 'x'), error: 'AccessDenied' }),
    ]),
  });
  const told = world.lines
    .map((line) => JSON.parse(line) as { Refusals?: number; Account?: string; _aws?: object })
    .filter(({ Refusals }) => Refusals !== undefined);
  expect(told.map(({ Account, Refusals }) => [Account, Refusals])).toEqual([
    [STRANGER, 1_000],
    [CAMDEN, 1],
  ]);
  expect(told[0]?._aws).toMatchObject({
    CloudWatchMetrics: [{ Namespace: 'Concordat/Audit', Dimensions: [['FunctionName', 'Account']] }],
  });
});

it('an entry of many follows from its file in the archive, and one with another number does not', async () => {
  const world = await takenIn(MANY);
  const { faults, compared } = await verdictOn(world, MANY);
  expect([faults, compared]).toEqual([[], 1]);
  const [[key = '', content = Buffer.of()] = []] = Object.entries(MANY);
  const { Records } = JSON.parse(gunzipSync(content).toString('utf8')) as { Records: unknown[] };
  const shorter = { [key]: logFile(Records.slice(0, 999)) };
  expect((await verdictOn(world, shorter)).faults).toEqual([
    expect.objectContaining({ kind: 'file-changed' }),
    expect.objectContaining({ kind: 'facts-differ', fields: ['count'] }),
  ]);
  world.staged.delete('r0#refused');
  // Due or not: the ledger knows no newer file.
  expect((await verdictOn(world, MANY)).notYetDue).toBe(1);
});

it('is not staged of a file that can’t be read to its end, for then the number is not known', async () => {
  const world = new World();
  const [[key = '', content = Buffer.of()] = []] = Object.entries(MANY);
  world.land(key, content.subarray(0, content.length - 20));
  expect(await world.deliver([key])).toEqual([key]);
  expect(entriesOf(world)).toEqual([]);
  world.stored.delete(`${ARCHIVE}/${key}`);
  world.land(key, content);
  expect(await world.deliver([key], '2')).toEqual([]);
  expect(entriesOf(world)).toHaveLength(1);
});
