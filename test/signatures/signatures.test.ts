/** That signatures are found on what they were made on, and on nothing else. */
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import {
  isSshSignature,
  kmsPublicKey,
  preAuthentication,
  SecretKeyRefused,
  secretKeyIn,
  sshPublicKey,
  sshSignature,
  verifiedBy,
} from '../../lib/signatures';
import { publicKeyOf, sshBlob } from '../../lib/signatures/public-key';

const pem = (type: 'ed25519' | 'ed448') =>
  generateKeyPairSync(type as 'ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
const secret = secretKeyIn(pem('ed25519'));
const other = secretKeyIn(pem('ed25519'));
const TYPE = 'text/plain';
const bytes = fc.uint8Array({ maxLength: 40 });

test('the example of DSSE’s own page is encoded as it says', () => {
  expect(preAuthentication('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
});

test('no two texts and types are encoded alike', () => {
  fc.assert(
    fc.property(fc.string(), bytes, fc.string(), bytes, (a, x, b, y) => {
      const alike = preAuthentication(a, x).equals(preAuthentication(b, y));
      expect(alike).toBe(a === b && Buffer.from(x).equals(y));
    }),
  );
});

test('a signature is on its text, of its type and by its key', () => {
  fc.assert(
    fc.property(bytes, bytes, (text, another) => {
      const signature = secret.sign(preAuthentication(TYPE, text));
      expect(verifiedBy(secret.publicKey, TYPE, text, signature)).toBe(true);
      expect(verifiedBy(other.publicKey, TYPE, text, signature)).toBe(false);
      expect(verifiedBy(secret.publicKey, 'text/csv', text, signature)).toBe(false);
      expect(verifiedBy(secret.publicKey, TYPE, another, signature)).toBe(Buffer.from(text).equals(another));
    }),
    { numRuns: 30 },
  );
});

test('so is an SSH signature, for what it is for', () => {
  const text = Buffer.from('what is signed');
  const armoured = sshSignature(secret, 'approval', text);
  expect(isSshSignature(armoured, secret.publicKey, 'approval', text)).toBe(true);
  expect(isSshSignature(armoured, secret.publicKey, 'file', text)).toBe(false);
  expect(isSshSignature(armoured, other.publicKey, 'approval', text)).toBe(false);
  expect(isSshSignature(armoured, secret.publicKey, 'approval', Buffer.from('another'))).toBe(false);
  for (let at = 0; at < armoured.length; at += 7) {
    const broken = `${armoured.slice(0, at)}${armoured[at] === 'B' ? 'C' : 'B'}${armoured.slice(at + 1)}`;
    expect(isSshSignature(broken, secret.publicKey, 'approval', text)).toBe(false);
    expect(isSshSignature(armoured.slice(0, at), secret.publicKey, 'approval', text)).toBe(false);
  }
});

test('a key is read whole, or not at all', () => {
  const line = `ssh-ed25519 ${sshBlob(secret.publicKey.der).toString('base64')}`;
  expect(sshPublicKey(`${line} a comment`)?.der).toEqual(secret.publicKey.der);
  const der = secret.publicKey.der.toString('base64');
  expect(kmsPublicKey(der)?.der).toEqual(secret.publicKey.der);
  for (const text of [line.slice(0, -1), line.replace('AAAAC3', 'AAAAC4'), 'ssh-rsa AAAA', '', der])
    expect(sshPublicKey(text)).toBeUndefined();
  for (const text of [der.slice(4), `${der} `, '', 'AAAA', line]) expect(kmsPublicKey(text)).toBeUndefined();
});

test('a key stays as it was read, whatever becomes of the bytes that it was read from', () => {
  const { der } = other.publicKey;
  const bytes = Buffer.from(der);
  const key = publicKeyOf(bytes);
  bytes.fill(0);
  expect(key?.der).toEqual(der);
  expect(publicKeyOf(Buffer.from(der))?.der).toEqual(der);
});

test('what is no key of Ed25519 is refused, and nothing of it is said', () => {
  for (const text of [
    '',
    'secret words',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n',
    pem('ed448'),
  ]) {
    const read = () => secretKeyIn(text);
    expect(read).toThrow(SecretKeyRefused);
    expect(read).not.toThrow(/secret words|c2VjcmV0/);
  }
});
