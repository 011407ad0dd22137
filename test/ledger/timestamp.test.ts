/** That timestamps are asked for as RFC 3161 has it, and that only a reply to the request is taken. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DER, der, derInteger } from '../../lib/ledger/core/der';
import { timestampOf, timestampRequest } from '../../lib/ledger/core/timestamp';

const NOTE = Buffer.from('a checkpoint\n');
const NONCE = Buffer.from('00a1b2c3d4e5f607', 'hex');
const folder = mkdtempSync(join(tmpdir(), 'timestamp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe', encoding: 'utf8' });

const tests = spawnSync('openssl', ['version']).status === 0 ? describe : undefined;
if (!tests) console.log('not run: a timestamp authority of openssl, which is not installed');
tests?.('with an authority made of openssl', () => {
  const reply = (request: Uint8Array, name: string) => {
    writeFileSync(join(folder, `${name}.tsq`), request);
    openssl(
      'ts',
      '-reply',
      '-config',
      'tsa.cnf',
      '-section',
      'tsa',
      '-queryfile',
      `${name}.tsq`,
      '-out',
      `${name}.tsr`,
    );
    return readFileSync(join(folder, `${name}.tsr`));
  };

  beforeAll(() => {
    writeFileSync(
      join(folder, 'tsa.cnf'),
      `[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=Test authority\n[ext]\nbasicConstraints=critical,CA:FALSE\n` +
        `keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n` +
        `[tsa]\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\n` +
        `default_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1\nordering=yes\n`,
    );
    writeFileSync(join(folder, 'serial'), '01\n');
    writeFileSync(join(folder, 'note'), NOTE);
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'tsa.key',
      '-out',
      'tsa.pem',
      '-days',
      '2',
      '-config',
      'tsa.cnf',
    );
  });

  it('the request is one, its reply is taken with its time, and openssl verifies it', () => {
    const request = timestampRequest(NOTE, NONCE);
    const answer = reply(request, 'right');
    expect(openssl('ts', '-query', '-in', 'right.tsq', '-text')).toMatch(
      /Hash Algorithm: sha256[\s\S]*Certificate required: yes/,
    );
    expect(Math.abs(timestampOf(answer, request).getTime() - Date.now())).toBeLessThan(60_000);
    expect(
      openssl('ts', '-verify', '-queryfile', 'right.tsq', '-in', 'right.tsr', '-CAfile', 'tsa.pem'),
    ).toContain('Verification: OK');
    expect(openssl('ts', '-verify', '-data', 'note', '-in', 'right.tsr', '-CAfile', 'tsa.pem')).toContain(
      'Verification: OK',
    );
  });

  it('a reply to another request, on other bytes, or cut short, is refused', () => {
    const request = timestampRequest(NOTE, NONCE);
    const other = timestampRequest(NOTE, Buffer.from('0102030405060708', 'hex'));
    expect(() => timestampOf(reply(other, 'other'), request)).toThrow('its nonce differs');
    const another = timestampRequest(Buffer.from('x'), NONCE);
    expect(() => timestampOf(reply(another, 'another'), request)).toThrow('on something else');
    expect(() => timestampOf(reply(request, 'short').subarray(0, -5), request)).toThrow('runs past the end');
    const refused = der(DER.sequence, der(DER.sequence, derInteger(Buffer.of(2))));
    expect(() => timestampOf(refused, request)).toThrow('the authority refused');
  });
});
