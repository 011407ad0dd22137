/** That the gate takes a message for one which programs read alike, with attachments that its agreement allows, and says why not. */
import { Deployed, digestOfList } from '../../../lambda/release-gate/deployed';
import { ChecksumDiffersError } from '../../../lambda/release-gate/errors';
import { inspect } from '../../../lambda/release-gate/inspect';
import type { Head } from '../../../lambda/release-gate/ports';
import { reportDocument } from '../../../lambda/release-gate/words-page';
import { messagePieces } from '../../../lib/messages';
import {
  type GateList,
  gateListText,
  gateReportText,
  MESSAGE_MEDIA_TYPE,
  parseGateReport,
} from '../../../lib/wire';
import { documentText } from '../../../lib/words';
import { goldenIn } from '../../golden';
import { shape } from '../../messages/shapes';
import { ENGINE } from './plans';
import { BUCKET, KEY, LIST } from './world';

const golden = goldenIn(__dirname);

const LETTERS: GateList = {
  ...LIST,
  agreements: [
    {
      id: 'letters',
      largestObject: 3_000_000_000,
      mediaTypes: [MESSAGE_MEDIA_TYPE, 'application/pdf'],
      until: '2027-04-01T00:00:00Z',
      collectWithinDays: 3,
      contract: { kind: 'none', reason: 'Letters, which no contract describes' },
    },
  ],
};
const VERSION = { key: 'agreements/letters/one.eml', version: 'v1' };
const NOW = Date.parse('2026-12-01T09:00:00Z');

async function inspected(bytes: Uint8Array, head: Partial<Head> = {}, atEnd?: Error, large = false) {
  const text = gateListText(LETTERS);
  const deployed = await Deployed.read(
    { listFile: 'gate.json', listDigest: digestOfList(text), contractsFolder: '.', bucket: BUCKET },
    async () => text,
  );
  let read = 0;
  const deposits = {
    slice: async (_: unknown, from: number, to: number) => bytes.subarray(from, to),
    async *read() {
      for (let at = 0; at < bytes.length; at += 1_000) {
        const piece = bytes.subarray(at, at + 1_000);
        read += piece.length;
        yield piece;
      }
      if (atEnd) throw atEnd;
    },
  };
  const found = await inspect(
    VERSION,
    {
      bytes: bytes.length,
      modified: NOW,
      mediaType: MESSAGE_MEDIA_TYPE,
      contentEncoding: undefined,
      encryption: 'aws:kms',
      keyArn: KEY,
      bucketKey: true,
      checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=', kind: 'full-object' },
      ...head,
    },
    { large },
    {
      deposits: deposits as unknown as Parameters<typeof inspect>[3]['deposits'],
      deployed,
      engine: ENGINE,
      bucket: BUCKET,
      keyArn: KEY,
      clock: { now: () => NOW, remaining: () => 900_000 } as Parameters<typeof inspect>[3]['clock'],
    },
  );
  return { found, read };
}

async function reportOn(...given: Parameters<typeof inspected>) {
  const { found } = await inspected(...given);
  if (!('report' in found)) throw new Error('it paused');
  return found.report;
}

const ONE = {
  from: { name: '', address: 'hub@leeds.concordat.invalid' },
  to: [{ name: '', address: 'desk@dwp.concordat.invalid' }],
  subject: 'One',
  text: 'See the file.',
  date: new Date(NOW),
  id: '1@leeds.concordat.invalid',
  boundary: 'b1',
};
const letter = (mediaType: string, bytes = new Uint8Array(2_000)) =>
  new Uint8Array(
    Buffer.concat([
      ...messagePieces({
        ...ONE,
        files: [
          { name: 'a.pdf', mediaType: 'application/pdf', bytes: new Uint8Array(9) },
          { name: 'b', mediaType, bytes },
        ],
      }),
    ]),
  );

it('releases a message with attachments that its agreement allows, and has read all of it', async () => {
  const report = await reportOn(letter('application/pdf'));
  expect(report).toMatchObject({
    outcome: 'released',
    reasons: [],
    withoutContract: 'Letters, which no contract describes',
    object: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), checksum: { verified: true } },
  });
  expect(report.checked.at(-1)).toBe('message');
});

it('rejects each attachment of another type, by its number and not by its name', async () => {
  const report = await reportOn(letter('application/zip'));
  expect([report.outcome, report.reasons]).toEqual([
    'rejected',
    [
      {
        why: 'attachment-type',
        attachment: 2,
        found: 'application/zip',
        allowed: [MESSAGE_MEDIA_TYPE, 'application/pdf'],
      },
    ],
  ]);
});

it('says of each file of a message, by its number and type, whether the agreement allows it', async () => {
  const pdf = { attachment: 1, mediaType: 'application/pdf', allowed: true };
  expect((await reportOn(letter('application/pdf'))).attachments).toEqual([pdf, { ...pdf, attachment: 2 }]);
  const stopped = await reportOn(letter('application/zip'));
  expect(stopped.attachments).toEqual([pdf, { attachment: 2, mediaType: 'application/zip', allowed: false }]);
  const page = documentText(reportDocument(stopped, undefined));
  golden('page-message.txt', page);
  expect(page).not.toContain('a.pdf');
  expect('attachments' in (await reportOn(shape('plain')))).toBe(false);
});

it('is no report that releases a file which its agreement does not allow', async () => {
  const report = await reportOn(letter('application/zip'));
  expect(() => parseGateReport(gateReportText({ ...report, outcome: 'released', reasons: [] }))).toThrow(
    /attachments/,
  );
});

it('finds what is attached to a message that is forwarded', async () => {
  const report = await reportOn(shape('forwarded'));
  expect(report.reasons).toMatchObject([{ why: 'attachment-type', attachment: 2, found: 'application/zip' }]);
});

it('rejects what is no message, with the line, and reads no more of it', async () => {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\r\n'), Buffer.alloc(100_000)]);
  const { found, read } = await inspected(bytes);
  expect('report' in found && found.report.reasons).toEqual([
    { why: 'message', fault: 'not-a-message', line: 1 },
  ]);
  expect(read).toBe(1_000);
  const twice = Buffer.concat([Buffer.from('From: x@y.invalid\r\n'), shape('plain')]);
  expect((await reportOn(twice)).reasons).toEqual([
    { why: 'message', fault: 'field-twice', line: 2, field: 'from' },
  ]);
});

it('rejects one whose bytes do not come to its checksum', async () => {
  const differs = new ChecksumDiffersError('AAAAAAAAAAA=', 'BBBBBBBBBBB=');
  expect((await reportOn(shape('plain'), {}, differs)).reasons).toMatchObject([{ why: 'checksum-differs' }]);
});

it('hands a large one on before it is begun, and takes it up when told to', async () => {
  const large = { bytes: 2_500_000_000 };
  expect((await inspected(shape('plain'), large)).found).toEqual({ paused: true });
  expect((await reportOn(shape('plain'), large, undefined, true)).outcome).toBe('released');
});

it('asks nothing of messages where they were deposited as something else', async () => {
  const report = await reportOn(Buffer.from('%PDF-1.7 a plan'), { mediaType: 'application/pdf' });
  expect([report.outcome, report.checked.includes('message')]).toEqual(['released', false]);
});
