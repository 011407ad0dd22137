/** That a log file or a digest that is missing, or not what it was, is noticed, told of once, and nothing else is. */
import { gzipSync } from 'node:zlib';
import { collect } from '../../transfers/trail-records';
import { ARCHIVE, logFile, logKey, sha256, World } from './world';

const ACCOUNT = '100000000011';
const hourOf = (hour: number) => `2026-10-01T${String(hour).padStart(2, '0')}:00:00Z`;
const digestKey = (hour: number, suffix = '') =>
  `AWSLogs/o-example0000/${ACCOUNT}/CloudTrail-Digest/eu-west-2/2026/10/01/${ACCOUNT}_CloudTrail-Digest_eu-west-2_zone_eu-west-2_20261001T${String(hour).padStart(2, '0')}0000Z${suffix}.json.gz`;

/** A digest of one hour that lists log files, and follows that of the hour before unless it is the first. */
class Hour {
  readonly text: string;
  constructor(
    readonly hour: number,
    files: Readonly<Record<string, Buffer>>,
    before?: Hour,
    readonly signature = `abc${hour}`,
  ) {
    this.text = JSON.stringify({
      awsAccountId: ACCOUNT,
      digestStartTime: hourOf(hour - 1),
      digestEndTime: hourOf(hour),
      digestS3Bucket: ARCHIVE,
      digestS3Object: digestKey(hour),
      digestSignatureAlgorithm: 'SHA256withRSA',
      previousDigestS3Bucket: before ? ARCHIVE : null,
      previousDigestS3Object: before ? digestKey(before.hour) : null,
      previousDigestHashValue: before ? sha256(before.text) : null,
      previousDigestHashAlgorithm: 'SHA-256',
      previousDigestSignature: before ? before.signature : null,
      logFiles: Object.entries(files).map(([s3Object, content]) => ({
        s3Bucket: ARCHIVE,
        s3Object,
        hashValue: sha256(JSON.stringify({ Records: recordsOf.get(content) })),
        hashAlgorithm: 'SHA-256',
        newestEventTime: hourOf(hour - 1),
        oldestEventTime: hourOf(hour - 1),
      })),
    });
  }

  land(world: World, suffix = ''): string {
    const key = digestKey(this.hour, suffix);
    world.land(key, gzipSync(this.text), this.signature);
    return key;
  }
}

const recordsOf = new Map<Buffer, unknown[]>();
function fileOf(...records: unknown[]): Buffer {
  const file = logFile(records);
  recordsOf.set(file, records);
  return file;
}

const one = fileOf(collect({ id: 'one' }));
const two = fileOf(collect({ id: 'two' }));
const gaps = (world: World) => world.told('digest-gap').map(({ why }) => why);
const gapEntries = (world: World) =>
  world.entries().flatMap((entry) => {
    const { metadata, unmapped } = entry as never as {
      metadata: { event_code: string };
      unmapped: { why: string };
    };
    return metadata.event_code === 'digest-gap' ? [unmapped.why] : [];
  });

/** A world in which one log file was taken in and the digest of one o’clock tells of it. */
async function world(): Promise<{ world: World; first: Hour }> {
  const made = new World();
  made.land(logKey(1), one);
  const first = new Hour(1, { [logKey(1)]: one });
  await made.deliver([logKey(1), first.land(made)]);
  expect(gaps(made)).toEqual([]);
  return { world: made, first };
}

describe('a digest', () => {
  it('whose files were all taken in, and which follows the one before, is in order', async () => {
    const { world: made, first } = await world();
    made.land(logKey(2), two);
    const second = new Hour(2, { [logKey(2)]: two }, first);
    expect(await made.deliver([logKey(2), second.land(made)])).toEqual([]);
    expect(gaps(made)).toEqual([]);
  });

  it('shows that a log file is missing, and it is told of once though the digest comes again', async () => {
    const { world: made, first } = await world();
    const key = new Hour(2, { [logKey(2)]: two }, first).land(made);
    await made.deliver([key]);
    await made.deliver([key]);
    expect(gapEntries(made)).toEqual(['log-file-missing']);
    expect(made.told('digest-gap')[0]).toMatchObject({ what: `${ARCHIVE}/${logKey(2)}` });
    expect(made.metric('DigestGaps').reduce((sum, each) => sum + each)).toBe(2);
  });

  it('takes in a log file whose notice was lost', async () => {
    const { world: made, first } = await world();
    made.land(logKey(2), two);
    await made.deliver([new Hour(2, { [logKey(2)]: two }, first).land(made)]);
    expect(made.staged.has('two#collected')).toBe(true);
    expect(gaps(made)).toEqual([]);
  });

  it('takes in a log file whose notice was lost together with that of the digest that lists it', async () => {
    const { world: made, first } = await world();
    made.land(logKey(2), two);
    const second = new Hour(2, { [logKey(2)]: two }, first);
    const third = new Hour(3, {}, second);
    const fourth = new Hour(4, {}, third);
    // Neither the second nor the third hour’s digest is told of.
    for (const each of [second, third]) each.land(made);
    expect(await made.deliver([fourth.land(made)])).toEqual([]);
    expect(made.staged.has('two#collected')).toBe(true);
    expect(gaps(made)).toEqual([]);
  });

  it('shows that a log file is missing of which the digest’s notice was lost too', async () => {
    const { world: made, first } = await world();
    const second = new Hour(2, { [logKey(2)]: two }, first);
    second.land(made);
    await made.deliver([new Hour(3, {}, second).land(made)]);
    expect(gapEntries(made)).toEqual(['log-file-missing']);
  });

  it('goes back to none that was processed, nor to what is older than a week', async () => {
    const { world: made, first } = await world();
    const second = new Hour(2, {}, first);
    const third = new Hour(3, {}, second);
    const opened: string[] = [];
    const open = made.open.bind(made);
    made.open = async (bucket, key) => {
      opened.push(key);
      return open(bucket, key);
    };
    await made.deliver([second.land(made)]);
    // Itself and the one before, whose hash it holds, each once.
    expect(opened).toEqual([digestKey(2), digestKey(1)]);
    opened.length = 0;
    made.chainEnds.clear();
    made.time += 8 * 86_400_000;
    await made.deliver([third.land(made)]);
    expect(opened).toEqual([digestKey(3), digestKey(2)]);
  });

  it.each<[string, Buffer, string]>([
    ['was changed', fileOf(collect({ id: 'other' })), 'log-file-changed'],
    ['can’t be read', two.subarray(0, 30), 'log-file-unreadable'],
  ])('shows that a log file %s', async (_, content, why) => {
    const { world: made, first } = await world();
    made.land(logKey(2), content);
    await made.deliver([new Hour(2, { [logKey(2)]: two }, first).land(made)]);
    expect(gapEntries(made)).toEqual([why]);
  });

  it('shows that a log file is another than was taken in', async () => {
    const made = new World();
    made.land(logKey(1), fileOf(collect({ id: 'forged' })));
    await made.deliver([logKey(1)]);
    made.land(logKey(1), one);
    await made.deliver([new Hour(1, { [logKey(1)]: one }).land(made)]);
    expect(gapEntries(made)).toEqual(['log-file-changed']);
    expect(made.staged.has('one#collected')).toBe(true);
  });

  it('shows that the digest before is missing', async () => {
    const { world: made } = await world();
    await made.deliver([new Hour(3, {}, new Hour(2, {})).land(made)]);
    expect(gapEntries(made)).toEqual(['digest-missing']);
  });

  it.each<[string, (made: World, second: Hour) => void]>([
    ['content', (made) => made.land(digestKey(2), gzipSync('{}'), 'abc2')],
    ['signature', (made, second) => made.land(digestKey(2), gzipSync(second.text), 'abc9')],
  ])('shows that the digest before has another %s', async (_, change) => {
    const { world: made, first } = await world();
    const second = new Hour(2, {}, first);
    await made.deliver([second.land(made)]);
    change(made, second);
    await made.deliver([new Hour(3, {}, second).land(made)]);
    expect(gapEntries(made)).toEqual(['digest-changed']);
  });

  it('may come before the one before', async () => {
    const { world: made, first } = await world();
    const second = new Hour(2, {}, first);
    const third = new Hour(3, {}, second);
    second.land(made);
    await made.deliver([third.land(made), digestKey(2)]);
    expect(gaps(made)).toEqual([]);
  });

  it('that begins the chain anew is told of; the first of all is not', async () => {
    const { world: made } = await world();
    await made.deliver([new Hour(5, {}).land(made)]);
    await made.deliver([digestKey(1)]);
    expect(gapEntries(made)).toEqual(['chain-restarted']);
  });

  it('that was made up later stands beside the chain, and its files are looked at', async () => {
    const { world: made } = await world();
    await made.deliver([new Hour(3, { [logKey(2)]: two }).land(made, '_backfill')]);
    expect(gapEntries(made)).toEqual(['log-file-missing']);
  });

  it('that is not of its form fails by itself', async () => {
    const { world: made, first } = await world();
    const second = new Hour(2, {}, first);
    for (const [name, wrong] of [
      ['digestEndTime', 'noon'],
      ['previousDigestHashValue', 'abc'],
      ['previousDigestSignature', ''],
      ['logFiles', [{ s3Bucket: ARCHIVE }]],
    ] as const) {
      made.land(digestKey(2), gzipSync(JSON.stringify({ ...JSON.parse(second.text), [name]: wrong })));
      expect(await made.deliver([digestKey(2)])).toEqual([digestKey(2)]);
    }
    expect(gaps(made)).toEqual([]);
  });

  it('that can’t be read fails by itself', async () => {
    const made = new World();
    made.land(digestKey(1), gzipSync('{"logFiles":[]}'));
    expect(await made.deliver([digestKey(1)])).toEqual([digestKey(1)]);
    expect(made.told('unreadable-file')).toMatchObject([{ reason: 'the digest has no digestStartTime' }]);
  });
});

describe('a chain of digests', () => {
  it('that falls silent is told of once, so that it hides nothing that comes later', async () => {
    const { world: made } = await world();
    made.time = Date.parse(hourOf(4)) - 1;
    await made.invoke({ action: 'sweep' });
    expect(gaps(made)).toEqual([]);
    for (let run = 0; run < 2; run++) {
      made.time += 3_600_000;
      await made.invoke({ action: 'sweep' });
    }
    expect(gapEntries(made)).toEqual(['chain-silent']);
    expect(gaps(made)).toEqual(['chain-silent']);
  });
});
