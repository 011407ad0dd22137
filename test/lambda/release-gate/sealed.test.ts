/** That the gate holds deposits under a sealed agreement to their seal, reads no more of them, and says that nobody looked inside. */
import { Encrypter } from 'age-encryption';
import { Deployed, digestOfList } from '../../../lambda/release-gate/deployed';
import { inspect } from '../../../lambda/release-gate/inspect';
import type { Head } from '../../../lambda/release-gate/ports';
import { type GateList, gateListText, SEALED_MEDIA_TYPE } from '../../../lib/wire';
import { POST_QUANTUM, X25519 } from '../../age-keys';
import { ENGINE } from './plans';
import { BUCKET, KEY, LIST } from './world';

const SEALED: GateList = {
  ...LIST,
  agreements: [
    {
      id: 'referrals',
      largestObject: 1_000_000,
      mediaTypes: [SEALED_MEDIA_TYPE],
      until: '2027-04-01T00:00:00Z',
      collectWithinDays: 3,
      contract: { kind: 'sealed', seal: 'x25519', keys: 2 },
    },
  ],
};
const VERSION = { key: 'agreements/referrals/letter.pdf.age', version: 'v1' };
const NOW = Date.parse('2026-12-01T09:00:00Z');

async function sealedTo(...recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const each of recipients) encrypter.addRecipient(each);
  return encrypter.encrypt('a letter about one child '.repeat(9_000));
}

async function reportOn(bytes: Uint8Array, head: Partial<Head> = {}) {
  const text = gateListText(SEALED);
  const deployed = await Deployed.read(
    { listFile: 'gate.json', listDigest: digestOfList(text), contractsFolder: '.', bucket: BUCKET },
    async () => text,
  );
  let read = 0;
  const deposits = {
    slice: async (_: unknown, from: number, to: number) => {
      read += to - from;
      return bytes.subarray(from, to);
    },
  };
  const inspected = await inspect(
    VERSION,
    {
      bytes: bytes.length,
      modified: NOW,
      mediaType: SEALED_MEDIA_TYPE,
      contentEncoding: undefined,
      encryption: 'aws:kms',
      keyArn: KEY,
      bucketKey: true,
      checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=', kind: 'full-object' },
      ...head,
    },
    { large: false },
    {
      deposits: deposits as never,
      deployed,
      engine: ENGINE,
      bucket: BUCKET,
      keyArn: KEY,
      clock: { now: () => NOW, remaining: () => 900_000 } as never,
    },
  );
  if (!('report' in inspected)) throw new Error('it paused');
  return { ...inspected.report, read };
}

it('releases what is sealed to as many keys as agreed, and has read its beginning alone', async () => {
  const bytes = await sealedTo(X25519[0].recipient, X25519[1].recipient);
  const report = await reportOn(bytes);
  expect(report).toMatchObject({
    outcome: 'released',
    sealed: { kind: 'x25519', keys: 2 },
    checked: ['agreement', 'name', 'size', 'media-type', 'encryption', 'checksum', 'sealed'],
  });
  expect(report).not.toHaveProperty('withoutContract');
  expect(report.read).toBeLessThan(80_000);
});

it('rejects what is in clear, or sealed to others than agreed', async () => {
  const [first, second, third] = X25519.map(({ recipient }) => recipient) as [string, string, string];
  const outcomes = await Promise.all(
    [
      Buffer.from('%PDF-1.7 a letter about one child'),
      await sealedTo(first),
      await sealedTo(first, second, third),
      await sealedTo(POST_QUANTUM[0].recipient, POST_QUANTUM[1].recipient),
      (await sealedTo(first, second)).subarray(0, 500),
      (await sealedTo(first, second)).subarray(0, 290),
    ].map(async (bytes) => (await reportOn(bytes)).reasons),
  );
  expect(outcomes).toEqual([
    [{ why: 'not-sealed', as: 'clear' }],
    [{ why: 'seal-keys', found: 1, agreed: 2 }],
    [{ why: 'seal-keys', found: 3, agreed: 2 }],
    [{ why: 'seal-kind', found: 'mlkem768x25519', agreed: 'X25519' }],
    [],
    [{ why: 'seal-damaged', at: 'payload', byte: 290 }],
  ]);
});

it('takes no other media type than that of sealed files, since nobody can see what is in one', async () => {
  const bytes = await sealedTo(X25519[0].recipient, X25519[1].recipient);
  expect((await reportOn(bytes, { mediaType: 'application/pdf' })).reasons).toEqual([
    { why: 'media-type', found: 'application/pdf', allowed: [SEALED_MEDIA_TYPE] },
  ]);
});
