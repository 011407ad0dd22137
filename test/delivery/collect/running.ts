/** A profile and a round of collecting, for tests. */
import { Notes } from '../../../lib/delivery/collect/notes';
import { collectRound, type RoundEvent, type RoundOptions } from '../../../lib/delivery/collect/round';
import { Lanes } from '../../../lib/runtime';
import type { Profile } from '../../../lib/wire';
import {
  checksums,
  type Disk,
  Fate,
  MemoryDesk,
  type MemoryObject,
  MemoryShelf,
  type Temper,
} from './memory';

/** An agreement under which the organisation collects. */
export function collects(agreement: string): Profile['collects'][number] {
  return {
    agreement,
    title: 'Awards',
    prefix: `agreements/${agreement}/`,
    days: [{ from: '2026-04-01', until: '2027-03-31' }],
    collectWithinDays: 5,
    contract: { none: 'Free text' },
    owner: { id: 'dwp', name: 'Department for Work and Pensions' },
    accessPoint: `arn:aws:s3:eu-west-2:111111111111:accesspoint/0123456789ab--leeds`,
  };
}

/** A profile that collects under these agreements. */
export function profileWith(...agreements: Profile['collects'][number][]): Profile {
  return {
    form: 'concordat-profile/v1',
    register: { digest: '0'.repeat(64), asOf: '2026-11-01' },
    region: 'eu-west-2',
    organisation: { id: 'leeds', name: 'Leeds City Council', account: '222222222222' },
    roles: {
      collect: 'arn:aws:iam::222222222222:role/concordat/concordat-collect',
      receipts: 'arn:aws:iam::222222222222:role/concordat/concordat-receipts',
    },
    ledger: {
      bucket: 'uk-ledger-333333333333-eu-west-2-an',
      receipts: 'receipts/222222222222/',
      origin: 'uk-ledger-333333333333',
    },
    sends: [],
    contracts: [],
    collects: agreements,
  };
}

/** What a run of collecting is given. */
export interface Run {
  readonly objects: Map<string, MemoryObject>;
  readonly disk: Disk;
  readonly fate?: Fate;
  readonly temper?: Temper;
  readonly rangeBytes?: number;
  readonly options?: Partial<RoundOptions>;
}

/** Runs one round, as a process of its own would. */
export async function run({ objects, disk, fate = new Fate(), temper, rangeBytes = 16, options }: Run) {
  const desk = new MemoryDesk(disk, fate);
  const shelf = new MemoryShelf(objects, fate, temper);
  const events: RoundEvent[] = [];
  let arrived = 0;
  const result = await collectRound(
    {
      desk,
      checksums,
      rangeBytes,
      lanes: new Lanes(4),
      notes: new Notes(await desk.noted()),
      now: () => 1_800_000_000_000,
      pause: async () => fate.step(),
      arrived: (bytes) => {
        arrived += bytes;
      },
      signal: new AbortController().signal,
    },
    {
      profile: profileWith(collects('awards')),
      agreement: undefined,
      on: '2026-11-29',
      since: undefined,
      shelfOf: async () => shelf,
      tell: (event) => void events.push(event),
      ...options,
    },
  );
  return { result, events, shelf, arrived };
}
