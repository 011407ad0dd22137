/** That the gate takes every file that age makes for an agreement’s keys, and no other. */
import { Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { type SealedTo, sealFault } from '../../../lib/contracts/sealed/age-form';
import { POST_QUANTUM, X25519 } from '../../age-keys';

const KEYS = { x25519: X25519, 'post-quantum': POST_QUANTUM } as const;
const CHUNK = 65_552;

/** Sealed by age itself. */
async function sealed(plain: Uint8Array, ...recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const each of recipients) encrypter.addRecipient(each);
  return encrypter.encrypt(plain);
}

function faultOf(bytes: Uint8Array, agreed: SealedTo) {
  return sealFault({ bytes: bytes.length, slice: async (from, to) => bytes.subarray(from, to) }, agreed);
}

/** A header for a number of keys, without the payload of nothing: a nonce, and a tag. */
async function headerFor(kind: SealedTo['kind'], keys: number): Promise<Uint8Array> {
  const recipients = Array.from(
    { length: keys },
    (_, n) => KEYS[kind][n % KEYS[kind].length]?.recipient ?? '',
  );
  const file = await sealed(new Uint8Array(), ...recipients);
  return file.subarray(0, file.length - 32);
}

/** Bytes like dice, of which nobody takes 64 for text. */
function dice(bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  for (let n = 0, state = 1; n < bytes; n++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    all[n] = state >>> 24;
  }
  return all;
}

const ONE = { kind: 'x25519', keys: 1 } as const;
let header: Uint8Array;
beforeAll(async () => {
  header = await headerFor('x25519', 1);
});

test.each([
  ['x25519', 1],
  ['x25519', 3],
  ['x25519', 1024],
  ['post-quantum', 1],
  ['post-quantum', 45],
] as const)('what age seals to keys of the kind %s, %d of them, is taken', async (kind, keys) => {
  const bytes = Buffer.concat([await headerFor(kind, keys), dice(500)]);
  expect(await faultOf(bytes, { kind, keys })).toBeUndefined();
  expect(await faultOf(bytes, { kind, keys: keys + 1 })).toEqual({
    why: 'seal-keys',
    found: keys,
    agreed: keys + 1,
  });
});

test('whatever is sealed is taken, whether it was text or not, empty or of several pieces', async () => {
  for (const plain of ['', 'a', 'text '.repeat(100), 'x'.repeat(65_536), 'x'.repeat(65_537)])
    expect(await faultOf(await sealed(Buffer.from(plain), X25519[0].recipient), ONE)).toBeUndefined();
});

test('a payload is taken if it has a length that age gives one, and only then', async () => {
  const lengths = fc.oneof(
    fc.nat(40),
    fc.tuple(fc.nat(3), fc.integer({ min: -20, max: 20 })).map(([n, off]) => Math.max(0, n * CHUNK + off)),
    fc.nat(2 * CHUNK),
  );
  /** By how age makes one: some whole pieces, then one of 1 to 65,536 bytes with its tag; or a tag alone. */
  const isOfAge = (length: number) => {
    for (let rest = length; ; rest -= CHUNK) {
      if (rest === 16) return length === 16;
      if (rest < 17) return false;
      if (rest <= CHUNK) return true;
    }
  };
  await fc.assert(
    fc.asyncProperty(lengths, async (length) => {
      const bytes = Buffer.concat([header, dice(16 + length)]);
      const fault = await faultOf(bytes, ONE);
      expect(fault === undefined).toBe(isOfAge(length));
      if (fault) expect(fault).toEqual({ why: 'seal-damaged', at: 'payload', byte: bytes.length });
    }),
    { numRuns: 60 },
  );
});

test('a file that is cut anywhere in its header is not taken', async () => {
  for (let to = 0; to < header.length + 32; to++)
    expect(await faultOf(header.subarray(0, to), ONE)).toBeDefined();
});

test('a character that is put in, taken out or changed leaves either no age file, or one that is as strict', async () => {
  const text = Buffer.from(header).toString('latin1');
  const edit = fc.tuple(
    fc.nat(text.length - 1),
    fc.constantFrom('', ' ', '\n', '\r\n', '=', 'A', '\u00e9', '\0'),
  );
  await fc.assert(
    fc.asyncProperty(edit, fc.boolean(), async ([at, by], over) => {
      const changed = text.slice(0, at) + by + text.slice(at + (over ? 1 : 0));
      fc.pre(changed !== text);
      const fault = await faultOf(Buffer.concat([Buffer.from(changed, 'latin1'), dice(200)]), ONE);
      // A letter of base64 in the place of another is seen by who has the key, and by nobody else.
      const isAlike = changed.length === text.length && by === 'A';
      // What is put in behind the header’s end is the content’s, which says nothing without the key.
      if (!isAlike && !changed.startsWith(text)) expect(fault).toBeDefined();
    }),
    { numRuns: 400, examples: [[[text.length - 1, '\n'], false]] },
  );
});

test('what is in clear is not taken, with a header before it or not', async () => {
  const clear = Buffer.from('award_reference,weekly_amount\né1,12.50\n'.repeat(300));
  const agreed = { why: 'not-sealed', as: 'clear' };
  expect(await faultOf(clear, ONE)).toEqual(agreed);
  expect(await faultOf(new Uint8Array(), ONE)).toEqual(agreed);
  for (const cut of [0, 1, 2, 3])
    expect(await faultOf(Buffer.concat([header, dice(16), clear.subarray(cut)]), ONE)).toEqual(agreed);
});

test('what is sealed otherwise than agreed is told by how it is', async () => {
  const mixed = await sealed(new Uint8Array(9), X25519[0].recipient, POST_QUANTUM[0].recipient);
  const agreed = { kind: 'x25519', keys: 2 } as const;
  expect(await faultOf(mixed, agreed)).toEqual({
    why: 'seal-kind',
    found: 'mlkem768x25519',
    agreed: 'X25519',
  });
  const passphrase = new Encrypter();
  passphrase.setScryptWorkFactor(1);
  passphrase.setPassphrase('one that everybody knows');
  expect(await faultOf(await passphrase.encrypt('x'), ONE)).toEqual({
    why: 'seal-kind',
    found: 'scrypt',
    agreed: 'X25519',
  });
  expect(await faultOf(Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n'), ONE)).toEqual({
    why: 'not-sealed',
    as: 'armored',
  });
  expect(await faultOf(Buffer.from('age-encryption.org/v2\n'), ONE)).toEqual({
    why: 'not-sealed',
    as: 'other-version',
  });
});

test('what some programs add for exercise is passed over, once', async () => {
  const text = Buffer.from(header).toString('latin1');
  const grease = '-> q7Xw-grease E f9 +\nGPyoxQ\n';
  const with_ = (...all: readonly string[]) =>
    Buffer.concat([Buffer.from(text.replace('--- ', `${all.join('')}--- `), 'latin1'), dice(100)]);
  expect(await faultOf(with_(grease), ONE)).toBeUndefined();
  expect(await faultOf(with_(grease, grease), ONE)).toMatchObject({ why: 'seal-kind' });
});

test('a header without an end is not read for ever', async () => {
  const stanza = `-> x-grease\n${'A'.repeat(64)}\n`;
  const bytes = Buffer.from(`age-encryption.org/v1\n${stanza}${`${'A'.repeat(64)}\n`.repeat(80_000)}`);
  let read = 0;
  const file = {
    bytes: bytes.length,
    slice: async (from: number, to: number) => {
      read += to - from;
      return bytes.subarray(from, to);
    },
  };
  expect(await sealFault(file, ONE)).toMatchObject({ why: 'seal-damaged', at: 'header' });
  expect(read).toBeLessThan(5_000_000);
});
