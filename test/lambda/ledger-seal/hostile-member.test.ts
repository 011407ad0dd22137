/**
 * That no member can stop the record of all: one that has a thousand requests refused each second leaves everybody else’s
 * entries sealed in time, with DynamoDB’s limits per partition, by the index as it is deployed.
 */
import { nextBatch } from '../../../lambda/ledger-seal/batch';
import { DynamoStaging } from '../../../lambda/ledger-seal/dynamo-staging';
import { StagingTable } from '../../../lambda/transfer-audit/staging-table';
import { Table as DynamoTable } from '../../../lambda/transfer-audit/table';
import { STAGING, STAGING_TABLE } from '../../../lib/names';
import type { StagedEntry } from '../../../lib/wire';
import { synthesised } from '../../stacks/sample-assembly';
import { assumed, CAMDEN, deposit, read } from '../../transfers/trail-records';
import { logFile, logKey, World } from '../transfer-audit/world';
import { type IndexLayout, LimitedDynamo } from './limited-dynamo';

const SECONDS = 60;
/** A file each five seconds: CloudTrail writes them less often, and then larger. */
const EVERY = 5;
const REFUSED_A_SECOND = 1_000;
const OTHERS_A_FILE = 20;
/** What `concordat-ledger-late` takes for late, in seconds. */
const LATE = 900;

interface Table {
  readonly TableName: string;
  readonly GlobalSecondaryIndexes: readonly {
    readonly IndexName: string;
    readonly Projection: { readonly ProjectionType: string };
  }[];
}

function deployedIndex(): IndexLayout {
  const tables = Object.values(synthesised().zone.resources)
    .filter(({ Type }) => Type === 'AWS::DynamoDB::Table')
    .map(({ Properties }) => Properties as unknown as Table);
  const [index] = tables.find(({ TableName }) => TableName === STAGING_TABLE)?.GlobalSecondaryIndexes ?? [];
  expect(index?.IndexName).toBe(STAGING.unsealed.name);
  const { partition, sort } = STAGING.unsealed;
  return { partition, sort, keysOnly: index?.Projection.ProjectionType === 'KEYS_ONLY' };
}

/** An audit whose staging table is the model, and that notes when an entry was staged. */
class Audited extends World {
  readonly stagedAt = new Map<string, number>();
  second = 0;

  constructor(private readonly staging: StagingTable) {
    super();
  }

  override async stage(entry: StagedEntry): Promise<boolean> {
    if (this.stagedAt.has(entry.eventId)) return false;
    await this.staging.stage(entry);
    this.stagedAt.set(entry.eventId, this.second);
    return true;
  }
}

it('a member that is refused 1,000 requests a second delays nobody’s entries', async () => {
  const limited = new LimitedDynamo(deployedIndex());
  const client = { send: limited.send.bind(limited) };
  const staging = new DynamoStaging(client, STAGING_TABLE);
  const audit = new Audited(new StagingTable(new DynamoTable(client, STAGING_TABLE)));
  const lags: number[] = [];
  let waiting: string[] = [];
  let leaf = 0;
  for (let second = 0; second < SECONDS || (waiting.length > 0 && second < LATE); second++) {
    limited.tick();
    audit.second = second;
    if (second < SECONDS && second % EVERY === 0) waiting.push(...filesOf(second, audit));
    const again: string[] = [];
    for (const key of waiting) again.push(...(await audit.deliver([key])));
    waiting = again;
    for (const { eventId } of await nextBatch(staging, { entries: 2_000, bytes: 8_000_000 }, fail)) {
      const marked = await staging.mark(eventId, leaf).catch(() => undefined);
      if (marked === undefined) break;
      leaf += 1;
      if (eventId.startsWith('other')) lags.push(second - (audit.stagedAt.get(eventId) ?? 0));
    }
  }
  expect(lags).toHaveLength((SECONDS / EVERY) * OTHERS_A_FILE);
  expect(Math.max(...lags)).toBeLessThan(LATE / 10);
  expect(limited.throttled).toBe(0);
  // One for each hour, account, owner and file.
  expect([...audit.stagedAt.keys()].filter((id) => id.endsWith('#refused'))).toHaveLength(SECONDS / EVERY);
}, 120_000);

it('the model refuses what one partition that holds whole entries would have to take, and so can fail', async () => {
  const limited = new LimitedDynamo({
    partition: 'unsealed',
    sort: 'arrival',
    keysOnly: false,
    value: 'unsealed',
  });
  const client = { send: limited.send.bind(limited) };
  const staging = new StagingTable(new DynamoTable(client, STAGING_TABLE));
  let refused = 0;
  limited.tick();
  for (let n = 0; n < REFUSED_A_SECOND; n++) {
    const entry = {
      eventId: `x${n}`,
      entry: Buffer.alloc(2_900),
      organisations: ['dwp'],
      stagedAt: '2026-12-01T09:00:00.000Z',
    };
    await staging.stage(entry).catch(() => {
      refused += 1;
    });
  }
  expect(refused).toBeGreaterThan(REFUSED_A_SECOND / 2);
});

/** What lands in a second: a file of the hostile member’s account, and one of another’s. */
function filesOf(second: number, audit: World): string[] {
  const refusals = Array.from({ length: REFUSED_A_SECOND * EVERY }, (_, n) =>
    read({
      id: `hostile-${second}-${n}`,
      key: `agreements/${n}/${'x'.repeat(200)}`,
      by: assumed('999999999999', 'hostile'),
      error: 'AccessDenied',
    }),
  );
  const deposits = Array.from({ length: OTHERS_A_FILE }, (_, n) =>
    deposit({ id: `other-${second}-${n}`, key: `agreements/benefit-awards/${second}-${n}.csv` }),
  );
  const keys = [logKey(`hostile-${second}`, CAMDEN), logKey(`other-${second}`)];
  audit.land(keys[0] ?? '', logFile(refusals));
  audit.land(keys[1] ?? '', logFile(deposits));
  return keys;
}

function fail(eventId: string, error: string): never {
  throw new Error(`${eventId}: ${error}`);
}
