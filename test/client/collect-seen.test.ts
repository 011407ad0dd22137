/**
 * What an officer sees where `concordat collect` is refused, as it is typed: what happened and what to do, by exit code. In none of
 * it stands the name of an organisation that is no party to the agreement. What is sealed to somebody else is in sealing.test.ts.
 */
import { type ClientSetting, openClient } from '../../lib/client';
import { collectCommand } from '../../lib/commands/delivery/collect';
import { EXIT } from '../../lib/commands/terminal';
import { DeliveryRefused, StoreFailure } from '../../lib/delivery';
import { type OrganisationId, profileOf } from '../../lib/register';
import { folderWithProfile, runCommand } from '../commands/collecting';
import { checksumOf, type MemoryObject, MemoryShelf, type Temper } from '../delivery/collect/memory';
import { AS_OF, registerOf } from '../policy/sample-register';
import { NOON } from './delivery-desk';
import { golden } from './golden';

const AGREEMENT = 'housing-benefit-awards';
const KEY = `agreements/${AGREEMENT}/awards.csv`;
const HOUR = 3_600_000;
const register = registerOf();
const profile = profileOf(register, register.organisation('leeds' as OrganisationId), AS_OF);

const told: string[] = [];
afterAll(() => golden('collect-seen.txt', told.join('\n')));

/** What differs from a day on which all goes well. */
interface Trouble {
  readonly temper?: Temper;
  readonly object?: Partial<MemoryObject>;
  /** Of an object that no disk has room for, which is not made up. */
  readonly bytes?: number;
  /** What signing in throws. */
  readonly refuses?: Error;
  readonly now?: number;
  /** By so much the clock of S3 is ahead of this computer’s. */
  readonly ahead?: number;
}

class LargeShelf extends MemoryShelf {
  constructor(
    object: MemoryObject,
    temper: Temper | undefined,
    private readonly large: number | undefined,
  ) {
    super(new Map([[object.key, object]]), undefined, temper);
  }

  override async look(key: string) {
    const looked = await super.look(key);
    return looked.answer === 'readable' && this.large ? { ...looked, bytes: this.large } : looked;
  }
}

async function collected({ temper, object, bytes: large, refuses, now = NOON, ahead = 0 }: Trouble) {
  const bytes = Buffer.from('id\n1\n');
  const there = { key: KEY, version: 'v1', bytes, modified: NOON - HOUR, ...object };
  const shelf = new LargeShelf({ checksum: checksumOf(bytes, 'CRC64NVME'), ...there }, temper, large);
  const open = (setting: ClientSetting) =>
    openClient({
      ...setting,
      env: {},
      now: () => now,
      shelves: async (_role, _point, { clock }) => {
        if (refuses) throw refuses;
        clock.heard(new Date(now + ahead).toUTCString(), now);
        return shelf;
      },
    });
  const folder = folderWithProfile(profile);
  const { code, out, err } = await runCommand(
    collectCommand({ open, wait: async () => undefined }),
    [AGREEMENT],
    folder,
  );
  const seen = `${out}${err}`.replaceAll(folder, '/desk').replace(/room for [\d.,]+ \w+/, 'room for 12 GB');
  return { code, seen };
}

const list = (error: Error): Temper => ({
  before: (call) => {
    if (call === 'list') throw error;
  },
});

const disk = (code: string) =>
  new DeliveryRefused({ refused: 'disk', path: '/desk/collected', code, act: 'write' } as const);

it.each<[string, number, Trouble]>([
  ['an agreement that is over', EXIT.findings, { now: Date.parse('2035-01-01T12:00:00Z') }],
  [
    'another account',
    EXIT.findings,
    {
      refuses: new DeliveryRefused({
        refused: 'other-account',
        wanted: profile.organisation.account,
        found: '111122223333',
      }),
    },
  ],
  ['a clock that is an hour behind', EXIT.findings, { ahead: HOUR }],
  ['a disk without room for it', EXIT.unfinished, { bytes: 10 ** 15 }],
  ['a full disk', EXIT.unfinished, { refuses: disk('ENOSPC') }],
  ['a disk that cannot be written to', EXIT.unfinished, { refuses: disk('EROFS') }],
  ['a folder that is not the user’s', EXIT.unfinished, { refuses: disk('EACCES') }],
  [
    'an endpoint that is gone',
    EXIT.unfinished,
    { temper: list(new StoreFailure('unreachable', 'ECONNREFUSED')) },
  ],
  [
    'what the access point’s policy denies',
    EXIT.findings,
    { temper: list(new StoreFailure('denied', 'AccessDenied')) },
  ],
  [
    'bytes that are not those of the checksum',
    EXIT.unfinished,
    { temper: { spoil: () => Buffer.from('id\n2\n') } },
  ],
])('%s: it says what happened and what to do, and ends by it', async (title, code, trouble) => {
  const outcome = await collected(trouble);
  told.push(`== ${title}, exit ${outcome.code}\n${outcome.seen}`);
  expect(outcome.code).toBe(code);
  const parties = new Set(['leeds', 'dwp']);
  for (const { id, name } of register.organisations)
    if (!parties.has(id)) expect(outcome.seen).not.toContain(name);
});
