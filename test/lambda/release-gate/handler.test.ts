/**
 * The function as it is deployed: its bundle, in a process of its own, under Lambda’s Runtime API, against S3, SNS and Step
 * Functions on this machine. It runs under a harness of ours, and, where it is installed (install-ric.sh), under AWS’s own
 * runtime interface client.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOfList } from '../../../lambda/release-gate/deployed';
import { GATE_TAG, MALWARE_CLEAN, MALWARE_TAG } from '../../../lib/names';
import { ALGORITHMS, checksumsHere } from '../../../lib/runtime';
import { gateListText, parseGateReport } from '../../../lib/wire';
import { BundledFunction } from '../function-process';
import { FakeAws, type Stored } from './fake-aws';
import { PLAN, PLAN_TEXT } from './plans';
import { BUCKET, KEY, LIST, World } from './world';

jest.setTimeout(30_000);

const MOST_BUNDLE_BYTES = 1_100_000;
const TOPIC = 'arn:aws:sns:eu-west-2:123456789012:concordat-security';
const bundled = new BundledFunction('release-gate');
const listFile = join(bundled.folder, 'gate.json');
const contracts = join(bundled.folder, 'contracts');
// The clock here is the machine’s own: no agreement ends.
const list = {
  ...LIST,
  agreements: LIST.agreements.map((each) => ({
    ...each,
    until: '2999-01-01T00:00:00Z',
    largestObject: 5_000_000_000,
  })),
};
writeFileSync(listFile, gateListText(list));
mkdirSync(contracts);
writeFileSync(join(contracts, `${PLAN.contract.id}.json`), PLAN_TEXT);

describe('the bundle', () => {
  it('is small, and holds no path of the machine that built it', () => {
    const { text } = bundled;
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_BUNDLE_BYTES);
    expect(text).not.toContain(process.cwd());
  });
});

bundled.underEachRunner((running) => {
  const aws = new FakeAws();
  const events = new World();
  let count = 0;

  beforeAll(async () => {
    const host = await aws.start();
    running.start(host, {
      AWS_ENDPOINT_URL_S3: `http://${host}`,
      AWS_ENDPOINT_URL_SNS: `http://${host}`,
      AWS_ENDPOINT_URL_SFN: `http://${host}`,
      BUCKET,
      KEY_ARN: KEY,
      GATE_LIST_FILE: listFile,
      GATE_LIST_DIGEST: digestOfList(gateListText(list)),
      CONTRACTS_FOLDER: contracts,
      REPORTS_TOPIC_ARN: TOPIC,
      STATE_MACHINE_ARN: 'arn:aws:states:eu-west-2:123456789012:stateMachine:concordat-release-gate',
    });
  });
  afterAll(async () => {
    await running.stop();
    await aws.stop();
  });

  const deposit = (content: string, more: Partial<Stored> = {}): Stored => {
    count += 1;
    const stored: Stored = {
      key: `agreements/case-letters/jane doe ${count}.pdf`,
      version: `v${count}`,
      content: Buffer.from(content),
      type: 'application/pdf',
      tags: { [MALWARE_TAG]: MALWARE_CLEAN },
      ...more,
    };
    aws.versions.push(stored);
    return stored;
  };
  const deliver = async (...bodies: string[]) => {
    const Records = bodies.map((body, n) => ({ messageId: `m${n}`, body, eventSource: 'aws:sqs' }));
    const { outcome, body } = await aws.invoke({ Records }, 900);
    return [outcome, JSON.parse(body)] as const;
  };
  const told = (stored: Stored) => deliver(events.verdict(stored, MALWARE_CLEAN));
  const reportsOn = ({ version }: Stored) =>
    [...aws.reports].filter(([key]) => key.includes(`/${version}/`)).map(([key, text]) => ({ key, text }));

  it('releases what is in order: a decision, a table, a page, and then the tag beside the verdict', async () => {
    const stored = deposit('%PDF-1.7 Dear Ms Doe');
    expect(await told(stored)).toEqual(['response', { batchItemFailures: [] }]);
    expect(stored.tags).toEqual({ [MALWARE_TAG]: MALWARE_CLEAN, [GATE_TAG]: 'released' });
    const [decision] = reportsOn(stored);
    const name = 'jane doe 1.pdf';
    expect(reportsOn(stored).map(({ key }) => key)).toEqual([
      `reports/case-letters/decided/v1/${name}.json`,
      `reports/case-letters/released/none/v1/${name}.csv`,
      `reports/case-letters/released/none/v1/${name}.html`,
    ]);
    expect(parseGateReport(decision?.text ?? '')).toMatchObject({
      outcome: 'released',
      object: { bytes: 20, checksum: { algorithm: 'SHA256', kind: 'full-object', verified: false } },
      withoutContract: 'Letters, which no contract describes',
    });
    expect(aws.published).toEqual([]);
    // Not a byte, nor a tag, of anything but that version.
    const other =
      /^(?:PUT reports\/|(?:HEAD|GET|PUT) agreements\/case-letters\/jane doe 1\.pdf\?.*versionId=v1)/;
    expect(aws.asked.filter((each) => !other.test(each))).toEqual([]);
    expect(aws.asked.at(-1)).toMatch(/^PUT agreements.*tagging/);
  });

  it('rejects what is not, with the reason, and tells its owner that there is a report', async () => {
    const stored = deposit('Dear Ms Doe', { type: 'text/plain' });
    await told(stored);
    expect(stored.tags[GATE_TAG]).toBe('rejected');
    const page = reportsOn(stored).find(({ key }) => key.endsWith('.html'));
    expect(page?.text).toContain(
      'The file was deposited as text/plain. The agreement allows application/pdf.',
    );
    expect(page?.text).not.toContain('Dear');
    expect(aws.published.map((each) => [each.get('Action'), each.get('TopicArn')])).toEqual([
      ['Publish', TOPIC],
    ]);
    const mail = aws.published[0]?.get('Message') ?? '';
    expect(mail).not.toMatch(/jane|letters/);
    expect(aws.published[0]?.get('Subject')).toMatch(/^[ -~]{1,100}$/);
  });

  it('rejects what is locked, though the scan found it clean', async () => {
    const stored = deposit('age-encryption.org/v1\n-> X25519 x\n');
    await told(stored);
    expect(stored.tags[GATE_TAG]).toBe('rejected');
  });

  it('holds a table against its contract, and says where it is broken, what to do, and no value', async () => {
    const table = { key: 'agreements/benefit-awards/b.csv', type: 'text/csv' };
    const good = deposit('award\r\nQQ123456C\r\n', table);
    const broken = deposit('award\r\nQQ123456C\r\n""\r\n', table);
    await told(good);
    await told(broken);
    expect([good.tags[GATE_TAG], broken.tags[GATE_TAG]]).toEqual(['released', 'rejected']);
    const [decision, rows, page] = reportsOn(broken).map(({ text }) => text);
    expect(parseGateReport(decision ?? '').contractOutcome?.broken).toEqual([
      {
        rule: '/schema/0/properties/0/required',
        severity: 'error',
        count: 1,
        places: [{ row: 2, column: 'award', field: 1, line: 3, byte: 19 }],
      },
    ]);
    expect(parseGateReport(reportsOn(good)[0]?.text ?? '').object.checksum?.verified).toBe(true);
    expect(rows).toContain(',A3,2,,award,3,19,');
    expect(page).toContain('A3');
    expect(`${decision}${rows}${page}`).not.toContain('QQ123456C');
  });

  it('rejects what does not come to the checksum that S3 holds', async () => {
    const stored = deposit('award\nA1\n', {
      key: 'agreements/benefit-awards/c.csv',
      type: 'text/csv',
      checksum: { algorithm: 'SHA256', value: createHash('sha256').update('award\nA2\n').digest('base64') },
    });
    await told(stored);
    expect(parseGateReport(reportsOn(stored)[0]?.text ?? '').reasons).toMatchObject([
      { why: 'checksum-differs', algorithm: 'SHA256' },
    ]);
    expect(stored.tags[GATE_TAG]).toBe('rejected');
  });

  it.each(ALGORITHMS)('works out %s, as any checksum that S3 takes', async (algorithm) => {
    const table = { key: 'agreements/benefit-awards/d.csv', type: 'text/csv' };
    const content = 'award\nQQ123456C\n';
    const sum = await checksumsHere()(algorithm);
    sum.update(Buffer.from(content));
    const value = Buffer.from(sum.digest()).toString('base64');
    const good = deposit(content, { ...table, checksum: { algorithm, value } });
    const damaged = deposit(content.replace('C', 'D'), { ...table, checksum: { algorithm, value } });
    await told(good);
    await told(damaged);
    const [one, other] = [good, damaged].map((each) => parseGateReport(reportsOn(each)[0]?.text ?? ''));
    expect([one?.outcome, one?.reasons, one?.object.checksum]).toEqual([
      'released',
      [],
      { algorithm, value, kind: 'full-object', verified: true },
    ]);
    expect([other?.outcome, other?.reasons]).toMatchObject([
      'rejected',
      [{ why: 'checksum-differs', algorithm, stored: value }],
    ]);
  });

  it('does nothing at an event that comes again', async () => {
    const stored = deposit('%PDF-1.7');
    await told(stored);
    const before = aws.asked.length;
    await told(stored);
    expect(aws.asked.slice(before)).toHaveLength(1);
  });

  it('hands a large file to the state machine, unread', async () => {
    const { key, version } = deposit('award\n', {
      key: 'agreements/benefit-awards/a.csv',
      type: 'text/csv',
      bytes: 3_000_000_000,
    });
    expect(await told({ key, version } as Stored)).toEqual(['response', { batchItemFailures: [] }]);
    expect(aws.started).toHaveLength(1);
    expect(aws.started[0]?.name).toMatch(/^version-[0-9a-f]{40}-\d+$/);
    expect(JSON.parse(aws.started[0]?.input ?? '')).toEqual({ action: 'go-on', key, version });
    const gone = await aws.invoke({ action: 'go-on', key, version: 'gone' });
    expect([gone.outcome, JSON.parse(gone.body)]).toEqual(['response', { done: true }]);
  });

  it('sweeps what no event told of, and says that it did', async () => {
    const stored = deposit('%PDF-1.7');
    running.output = '';
    const { outcome, body } = await aws.invoke({ action: 'sweep' }, 900);
    expect([outcome, JSON.parse(body)]).toEqual(['response', { done: true }]);
    expect(stored.tags[GATE_TAG]).toBe('released');
    expect(await running.wrote('"Swept"')).toMatch(/"Released":1\b/);
    expect(running.output).not.toMatch(/jane|doe/i);
  });

  it('fails what is no verdict by itself, so that it goes to the dead letters, and says what it lacks', async () => {
    const stored = deposit('%PDF-1.7');
    running.output = '';
    const other = JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Created', detail: {} });
    expect(await deliver('hello', events.verdict(stored, MALWARE_CLEAN), other)).toEqual([
      'response',
      { batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }] },
    ]);
    expect(stored.tags[GATE_TAG]).toBe('released');
    await running.wrote('is no scan result of GuardDuty');
  });

  it('refuses an event that is none of its own, with one clear error', async () => {
    const { outcome, body } = await aws.invoke({ detail: {} });
    expect(outcome).toBe('error');
    expect(JSON.parse(body)).toMatchObject({
      errorType: 'EventError',
      errorMessage: expect.stringContaining('it got an object with detail'),
    });
  });
});
