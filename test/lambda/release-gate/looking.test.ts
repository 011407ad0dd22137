/** What the gate sees of a version without its contract: each thing that is wrong by itself, all of them at once, and no other. */
import fc from 'fast-check';
import { look } from '../../../lambda/release-gate/checks';
import type { Head } from '../../../lambda/release-gate/ports';
import { lockedAs } from '../../../lib/contracts/locked';
import { decisionInKey, reportKeys } from '../../../lib/names';
import type { GateReason } from '../../../lib/wire';
import { CODE_POINT } from '../../code-point';
import { KEY, LIST } from './world';

const [AGREEMENT] = LIST.agreements;
const NOW = Date.parse('2026-12-01T09:00:00Z');
const NAME = { bytes: 40, most: 900 };
const HEAD: Head = {
  bytes: 1_000,
  modified: NOW,
  mediaType: 'text/csv',
  contentEncoding: undefined,
  encryption: 'aws:kms',
  keyArn: KEY,
  bucketKey: true,
  checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=', kind: 'full-object' },
};
const reasonsOf = (head: Partial<Head>, more: Partial<Parameters<typeof look>[0]> = {}) =>
  look({ head: { ...HEAD, ...head }, agreement: AGREEMENT, keyArn: KEY, name: NAME, now: NOW, ...more })
    .reasons;

describe('what S3 says of a version', () => {
  it.each<[string, Partial<Head>, GateReason[]]>([
    ['as large as may be', {}, []],
    ['one byte more', { bytes: 1_001 }, [{ why: 'too-large', bytes: 1_001, most: 1_000 }]],
    ['nothing in it', { bytes: 0 }, []],
    ['a media type with parameters', { mediaType: 'Text/CSV; charset=utf-8' }, []],
    [
      'the media type that S3 sets where nothing was given',
      { mediaType: 'binary/octet-stream' },
      [{ why: 'media-type', found: 'binary/octet-stream', allowed: ['text/csv', 'application/pdf'] }],
    ],
    [
      'no media type',
      { mediaType: undefined },
      [{ why: 'media-type', allowed: ['text/csv', 'application/pdf'] }],
    ],
    ['chunks of an upload', { contentEncoding: 'aws-chunked' }, []],
    ['a coding', { contentEncoding: 'aws-chunked,gzip' }, [{ why: 'content-encoding', found: 'gzip' }]],
    ['keys of S3', { encryption: 'AES256', keyArn: undefined }, [{ why: 'other-key', found: 'AES256' }]],
    ['no encryption that is told', { encryption: undefined }, [{ why: 'other-key', found: 'none' }]],
    ['two layers', { encryption: 'aws:kms:dsse' }, [{ why: 'other-key', found: 'aws:kms:dsse' }]],
    ['another key', { keyArn: `${KEY}0` }, [{ why: 'other-key', found: `${KEY}0` }]],
    ['no Bucket Key', { bucketKey: false }, [{ why: 'no-bucket-key' }]],
    ['no checksum', { checksum: undefined }, [{ why: 'no-checksum' }]],
  ])('%s', (_, head, expected) => expect(reasonsOf(head)).toEqual(expected));

  it('is held against an agreement that has not ended, to the second', () => {
    const agreement = AGREEMENT && { ...AGREEMENT, until: '2026-12-01T09:00:00Z' };
    expect(reasonsOf({}, { agreement, now: NOW - 1 })).toEqual([]);
    expect(reasonsOf({}, { agreement })).toEqual([{ why: 'agreement-ended', ended: '2026-12-01T09:00:00Z' }]);
  });

  it('is told all at once, and without an agreement as far as that goes', () => {
    const all = {
      bytes: 2_000,
      mediaType: 'x/y',
      bucketKey: false,
      checksum: undefined,
      contentEncoding: 'br',
    };
    const name = { bytes: 1_000, most: 900 };
    expect(reasonsOf(all, { name }).map(({ why }) => why)).toEqual([
      'name-too-long',
      'too-large',
      'media-type',
      'content-encoding',
      'no-bucket-key',
      'no-checksum',
    ]);
    expect(reasonsOf(all, { agreement: undefined }).map(({ why }) => why)).toEqual([
      'no-agreement',
      'content-encoding',
      'no-bucket-key',
      'no-checksum',
    ]);
  });
});

describe('a file that is locked', () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(
      parts.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : Buffer.from(each))),
    );
  it.each([
    ['age', bytes('age-encryption.org/v1\n-> X25519 abc')],
    ['age', bytes('-----BEGIN AGE ENCRYPTED FILE-----\nabc')],
    ['openpgp', bytes('-----BEGIN PGP MESSAGE-----\n\nabc')],
    // A session key, encrypted to a key by RSA, in the old form and the new; and one from a password.
    ['openpgp', bytes([0x85, 0x01, 0x0c, 3], '12345678', [1, 8, 0, 1, 2])],
    ['openpgp', bytes([0xc1, 0x6c, 3], '12345678', [18, 1, 2, 3, 4])],
    ['openpgp', bytes([0x8c, 0x0d, 4, 9, 3, 8], '12345678', [0x60])],
    // The same of 2024, by a key’s fingerprint or from a password.
    ['openpgp', bytes([0xc1, 0x30, 6, 3, 6, 1, 2, 25, 1, 2, 3, 4, 5, 6])],
    ['openpgp', bytes([0xc3, 0x20, 6, 9, 9, 2, 1, 2, 3, 4, 5, 6, 7, 8])],
    ['cms', bytes('-----BEGIN CMS-----')],
    ['cms', bytes([0x30, 0x82, 1, 9, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 3, 0xa0])],
    ['cms', bytes([0x30, 0x80, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 6, 0xa0])],
    ['openssl', bytes('Salted__12345678')],
    ['parquet', bytes('PARE')],
    ['zip', bytes('PK\u0003\u0004', [20, 0, 9, 0])],
    [
      'office',
      bytes(
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
        [0, 0],
        Buffer.from('EncryptedPackage', 'utf16le').toString('latin1'),
      ),
    ],
  ])('is seen by how it begins: %s', (as, beginning) => expect(lockedAs(beginning)).toBe(as));

  it.each([
    ['nothing', bytes('')],
    ['a table', bytes('award,amount\r\n1,2\r\n')],
    ['text in UTF-8', Buffer.from('Ärger,naïve,Łódź\n')],
    ['an archive that is open', bytes('PK\u0003\u0004', [20, 0, 8, 0])],
    [
      'an older document of Office',
      bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 'W.o.r.k.b.o.o.k'),
    ],
    ['Parquet', bytes('PAR1')],
    [
      'what is signed and not encrypted',
      bytes([0x30, 0x80, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]),
    ],
    ['a picture', bytes([0x89], 'PNG\r\n\u001a\n', [0, 0, 0, 13], 'IHDR')],
  ])('is told apart from %s', (_, beginning) => expect(lockedAs(beginning)).toBeUndefined());

  it('is never seen in a table of text, whatever is in it', () => {
    const row = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((each) => `"${each.replaceAll('"', '""')}"`),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const text = ['award,amount', ...rows.map((each) => each.join(','))].join('\r\n');
        expect(lockedAs(Buffer.from(text))).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});

describe('the keys of reports', () => {
  const deposited = fc.record({
    key: fc.string({ unit: CODE_POINT, minLength: 1, maxLength: 900 }).map((each) => `agreements/${each}`),
    version: fc.stringMatching(/^[A-Za-z0-9._]{1,64}$/),
  });
  const decision = fc.constantFrom('released' as const, 'rejected' as const);

  it('fit into S3, and name the version that they are about, or say that the name was too long', () => {
    fc.assert(
      fc.property(
        deposited,
        decision,
        fc.constantFrom(undefined, 'ab'.repeat(32)),
        (of, decided, contract) => {
          const keys = reportKeys(of);
          const page = keys.forPeople(decided, contract, 'html');
          for (const each of [keys.decision, page, keys.forPeople(decided, contract, 'csv')])
            expect(Buffer.byteLength(each)).toBeLessThanOrEqual(1024);
          const fits = keys.name.bytes <= keys.name.most;
          expect(decisionInKey(page)).toEqual({
            decision: decided,
            contract,
            version: of.version,
            key: fits ? of.key : undefined,
          });
          expect(decisionInKey(keys.decision)).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of two versions are never the same', () => {
    fc.assert(
      fc.property(deposited, deposited, (one, other) => {
        fc.pre(one.key !== other.key || one.version !== other.version);
        expect(reportKeys(one).decision).not.toBe(reportKeys(other).decision);
      }),
      { numRuns: 200 },
    );
  });
});
