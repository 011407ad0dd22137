/** That what the core writes it reads back, and that it reads nothing else: bytes, DER, timestamps, cosignatures, receipts. */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import {
  base64,
  bytesOf,
  concat,
  fromBase64,
  fromHex,
  hex,
  sameBytes,
  utf8,
} from '../../../lib/ledger/core/bytes';
import { type Checkpoint, checkpointText, parseCheckpoint } from '../../../lib/ledger/core/checkpoint';
import {
  ed25519Message,
  fromTimestamped,
  mlDsaMessage,
  timestamped,
} from '../../../lib/ledger/core/cosignature';
import { DER, der, derInteger, readDer } from '../../../lib/ledger/core/der';
import { LedgerFormatError } from '../../../lib/ledger/core/errors';
import { sha256 } from '../../../lib/ledger/core/hash';
import { inclusionProof } from '../../../lib/ledger/core/merkle';
import { mlDsaKeys, mlDsaSign } from '../../../lib/ledger/core/ml-dsa';
import { formatReceipt, parseReceipt } from '../../../lib/ledger/core/receipt';
import { checkSignatures, ed25519Verify } from '../../../lib/ledger/core/signature';
import { formatNote, parseNote } from '../../../lib/ledger/core/signed-note';
import { hashesOf } from '../../../lib/ledger/core/tile';
import { requestsTimestampOf, timestampOf, timestampRequest } from '../../../lib/ledger/core/timestamp';
import { proves } from '../../../lib/ledger/core/tlog-proof';
import { nodesOfTiles, Tree } from '../../../lib/ledger/core/tree';
import { formatVkey, parseVkey, verifierKey } from '../../../lib/ledger/core/verifier-key';
import { CODE_POINT } from '../../code-point';

const NOTE = bytesOf('a checkpoint\n');
const NONCE = fromHex('00a1b2c3d4e5f607');

describe('bytes', () => {
  it('are hashed as FIPS 180-4 has it', () => {
    expect(hex(sha256('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hex(sha256('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  it('have the base 64 of RFC 4648, and no second one', () => {
    const vectors = ['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy'];
    for (const [length, text] of vectors.entries())
      expect(base64(bytesOf('foobar'.slice(0, length)))).toBe(text);
    for (const text of ['Zg', 'Zg=', 'Zh==', 'Z g==', 'Zg==\n', '_w==', 'é', 'Zg==Zg=='])
      expect(() => fromBase64(text, 'it')).toThrow('it is not base64');
  });

  it('are read back from base 64 and hexadecimal, of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
        expect(sameBytes(fromBase64(base64(bytes), 'it'), bytes)).toBe(true);
        expect(sameBytes(fromHex(hex(bytes)), bytes)).toBe(true);
        expect(sameBytes(concat(bytes.subarray(0, 7), bytes.subarray(7)), bytes)).toBe(true);
        expect(sameBytes(concat(bytes, Uint8Array.of(0)), bytes)).toBe(false);
      }),
    );
    for (const text of ['0', 'AA', 'g0', ' 00']) expect(() => fromHex(text)).toThrow('is not hexadecimal');
  });

  it('are text in UTF-8 alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: CODE_POINT }), (text) => {
        expect(utf8(bytesOf(text), 'it')).toBe(text);
      }),
    );
    for (const bytes of ['ff', 'c0af', 'eda080', 'e282']) {
      expect(() => utf8(fromHex(bytes), 'it')).toThrow('it is not UTF-8');
    }
  });
});

it('DER of any length is read back, and nothing is read past its end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70_000 }), (content) => {
      const bytes = der(DER.octets, content);
      const values = readDer(bytes);
      expect(values.map(({ tag }) => tag)).toEqual([DER.octets]);
      expect(sameBytes(values[0]?.content ?? Uint8Array.of(), content)).toBe(true);
      if (content.length > 0) expect(() => readDer(bytes.subarray(0, -1))).toThrow('runs past the end');
    }),
    { numRuns: 40 },
  );
  expect(hex(derInteger(NONCE))).toBe('020800a1b2c3d4e5f607');
  expect(hex(derInteger(fromHex('7f')))).toBe('02017f');
});

it('a reply that is no timestamp is refused, whatever it is', () => {
  const request = timestampRequest(NOTE, NONCE);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(() => timestampOf(bytes, request)).toThrow(LedgerFormatError);
    }),
  );
  expect(requestsTimestampOf(request, NOTE)).toBe(true);
  expect(requestsTimestampOf(request, bytesOf('another'))).toBe(false);
});

describe('a cosignature', () => {
  it('is of the bytes that the specification names', () => {
    const checkpoint: Checkpoint = {
      origin: 'example.com/behind-the-sofa',
      size: 20852163,
      root: fromBase64('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'the root'),
    };
    expect(utf8(ed25519Message(checkpoint, 1679315147), 'it')).toBe(
      'cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    );
    expect(hex(mlDsaMessage(checkpoint, 'w', 1679315147))).toBe(
      [
        hex(bytesOf('subtree/v1\n\0')),
        '0177',
        '00000000641850cb',
        `1b${hex(bytesOf('example.com/behind-the-sofa'))}`,
        '0000000000000000',
        '00000000013e2dc3',
        hex(checkpoint.root),
      ].join(''),
    );
  });

  it('has a time of eight bytes before it', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 1, maxLength: 80 }), (time, signature) => {
        const bytes = concat(Uint8Array.of(9), timestamped(time, signature)).subarray(1);
        const parts = fromTimestamped(bytes, signature.length);
        expect(parts?.time).toBe(time);
        expect(sameBytes(parts?.signature ?? Uint8Array.of(), signature)).toBe(true);
        expect(fromTimestamped(bytes, signature.length + 1)).toBeUndefined();
      }),
    );
    expect(fromTimestamped(fromHex('ffffffffffffffff00'), 1)).toBeUndefined();
  });
});

/** RFC 8032, section 7.1: tests 1 to 3. */
const SIGNED = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

describe('an Ed25519 signature', () => {
  it('of RFC 8032 is good, and with a bit changed is not', () => {
    for (const [key, message, signature] of SIGNED) {
      const [publicKey, text, right] = [fromHex(key), fromHex(message), fromHex(signature)];
      expect(ed25519Verify(right, text, publicKey)).toBe(true);
      expect(ed25519Verify(right, concat(text, Uint8Array.of(0)), publicKey)).toBe(false);
      expect(ed25519Verify(right.subarray(1), text, publicKey)).toBe(false);
      expect(ed25519Verify(right, text, publicKey.subarray(1))).toBe(false);
      for (const at of [0, 31, 32, 63]) {
        const wrong = Uint8Array.from(right, (byte, n) => (n === at ? byte ^ 1 : byte));
        expect(ed25519Verify(wrong, text, publicKey)).toBe(false);
      }
    }
  });

  it('is refused with a number that is not below the order of the group: there would be two for one text', () => {
    // The order, added to the second half of the signature.
    const order = [...fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')];
    for (const [key, message, signature] of SIGNED) {
      let carry = 0;
      const again = Uint8Array.from(fromHex(signature), (byte, n) => {
        const sum = n < 32 ? byte : byte + (order[n - 32] ?? 0) + carry;
        carry = n < 32 ? 0 : sum >> 8;
        return sum & 0xff;
      });
      expect(ed25519Verify(again, fromHex(message), fromHex(key))).toBe(false);
    }
  });
});

/** A tree of so many entries, signed by an ML-DSA-44 key: with Ed25519, the core verifies only. */
async function signedTree(count: number) {
  const entries = Array.from({ length: count }, (_, n) => bytesOf(`{"entry":${n}}`));
  const tree = new Tree();
  for (const entry of entries) tree.append(entry);
  const tiles = new Map(
    tree.partialTiles().map((tile) => [`${tile.level}/${tile.index}`, hashesOf(tile.bytes, tile.width, 'x')]),
  );
  const node = nodesOfTiles((level, index) => tiles.get(`${level}/${index}`));
  const { publicKey, secretKey } = await mlDsaKeys(sha256('a key of a test'));
  const key = verifierKey('log.example', 'mlDsa44', publicKey);
  const head = { origin: key.name, size: count, root: tree.root() };
  const time = 1_800_000_000;
  const signature = timestamped(time, await mlDsaSign(mlDsaMessage(head, key.name, time), secretKey));
  const text = checkpointText(head);
  const note = formatNote({ text, signatures: [{ name: key.name, keyId: key.keyId, signature }] });
  const proven = entries.map((entry, index) => ({
    index,
    entry,
    hashes: inclusionProof(node, index, count),
  }));
  return { key, note, proven, time };
}

describe('a receipt', () => {
  it('is read as it was written, each of its proofs leads to its checkpoint, and that is signed', async () => {
    for (const count of [1, 2, 7, 100]) {
      const { key, note, proven, time } = await signedTree(count);
      const path = `receipts/leeds/${String(count).padStart(16, '0')}.json`;
      const text = formatReceipt('leeds', count, proven, note);
      expect(text).toBe(canonicalize(JSON.parse(text)));
      const receipt = parseReceipt(bytesOf(text), path);
      expect([receipt.organisation, receipt.size, receipt.entries.length]).toEqual(['leeds', count, count]);
      for (const [n, { entry, proof }] of receipt.entries.entries()) {
        expect(sameBytes(entry, proven[n]?.entry ?? Uint8Array.of())).toBe(true);
        expect([proof.index, proves(proof, entry)]).toEqual([n, true]);
        expect(proves(proof, bytesOf('another'))).toBe(false);
        if (count > 1) expect(proves({ ...proof, index: (n + 1) % count }, entry)).toBe(false);
      }
      const checkpoint = parseCheckpoint(note);
      expect(await checkSignatures(checkpoint, [parseVkey(formatVkey(key))])).toMatchObject([
        { name: 'log.example', outcome: 'good', time },
      ]);
      expect(formatNote(parseNote(note))).toBe(note);
      expect(await checkSignatures({ ...checkpoint, size: count + 1 }, [key])).toMatchObject([
        { outcome: 'bad' },
      ]);
    }
  });

  it('is refused with any bit changed, or its proofs do not hold', async () => {
    const { note, proven } = await signedTree(3);
    const path = 'receipts/leeds/0000000000000003.json';
    const right = bytesOf(formatReceipt('leeds', 3, proven, note));
    const head = parseCheckpoint(note);
    fc.assert(
      fc.property(fc.nat({ max: right.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
        const wrong = Uint8Array.from(right, (byte, n) => (n === at ? byte ^ (1 << bit) : byte));
        let accepted = false;
        try {
          const { entries, organisation } = parseReceipt(wrong, path);
          accepted =
            organisation === 'leeds' &&
            entries.every(({ entry, proof }) => proves(proof, entry) && proof.note === note) &&
            entries.every(({ proof }) => sameBytes(proof.checkpoint.root, head.root));
        } catch (error) {
          if (!(error instanceof LedgerFormatError)) throw error;
        }
        expect(accepted).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
