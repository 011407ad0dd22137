/**
 * Seals and opens by the code of deposit and collect, and by other programs of age; each opens what the other has sealed, and the
 * release gate takes it. Prints a line for each program, and ends with 1 where something differs.
 *   node --import tsx age-interop.mjs FOLDER
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import age from '../../lib/client/age.ts';
import identityFile from '../../lib/client/identity-file.ts';
import contracts from '../../lib/contracts/index.ts';

const { openerBy, publicKeyOf, sealerTo } = age;
const { readIdentities, writeIdentity } = identityFile;
const [, , tools] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'concordat-age-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const path = (name) => join(folder, name);
/** Nothing, less than a piece, a piece and a byte more, and several. */
const SIZES = [0, 1, 65_535, 65_536, 65_537, 1_000_000];
/** rage’s library, by lines of Python, with what rage takes on its command line. */
const PYRAGE = `
import sys, pyrage
mode, key, source, target = sys.argv[1:5]
data = open(source, 'rb').read()
if mode == 'seal':
    out = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(each) for each in key.split(',')])
else:
    lines = [line for line in open(key).read().split() if line.startswith('AGE-SECRET-KEY-')]
    out = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(lines[0])])
open(target, 'wb').write(out)
`;

function ran(program, ...args) {
  const { status, stderr, stdout, error } = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(status, 0, `${program} ${args.join(' ')}: ${error ?? stderr}`);
  return stdout;
}

/** A program with the command line of age. */
const commandLine = (program) => ({
  seal: (keys, source, target) => ran(program, ...keys.flatMap((key) => ['-r', key]), '-o', target, source),
  open: (identity, source, target) => ran(program, '-d', '-i', identity, '-o', target, source),
});

const python = join(tools, 'pyrage/bin/python');
const library = {
  seal: (keys, source, target) => ran(python, '-c', PYRAGE, 'seal', keys.join(','), source, target),
  open: (identity, source, target) => ran(python, '-c', PYRAGE, 'open', identity, source, target),
};

function has(program) {
  return spawnSync(program, ['--version']).status === 0;
}

async function* pieces(bytes) {
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
}

async function through(make, bytes) {
  const all = [];
  for await (const piece of make(pieces(bytes))) all.push(piece);
  return Buffer.concat(all);
}

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Every size, sealed by either to one key and to three, and opened by the other; then the keys themselves. */
async function hold(name, other, kind) {
  const own = path(`${name}-${kind}.key`);
  const [key, ...others] = [
    await writeIdentity(own, kind, '2026-11-29'),
    await writeIdentity(path(`${name}-${kind}-2.key`), kind, '2026-11-29'),
    await writeIdentity(path(`${name}-${kind}-3.key`), kind, '2026-11-29'),
  ];
  const identities = await readIdentities(own);
  let count = 0;
  for (const size of SIZES)
    for (const keys of [[key], [...others, key]]) {
      const plain = randomBytes(size);
      writeFileSync(path('plain'), plain);
      writeFileSync(path('ours.age'), await through(await sealerTo(keys), plain));
      rmSync(path('opened'), { force: true });
      other.open(own, path('ours.age'), path('opened'));
      // Of an empty file rage makes none (findings/rage-opens-nothing-into-nothing.sh).
      const opened = size === 0 && !existsSync(path('opened')) ? plain : readFileSync(path('opened'));
      assert.equal(digest(opened), digest(plain), `${name} opens what we sealed`);
      rmSync(path('theirs.age'), { force: true });
      other.seal(keys, path('plain'), path('theirs.age'));
      const theirs = readFileSync(path('theirs.age'));
      assert.equal(
        digest(await through(await openerBy(identities), theirs)),
        digest(plain),
        `we open what ${name} sealed`,
      );
      const fault = await contracts.sealFault(
        { bytes: theirs.length, slice: async (from, to) => theirs.subarray(from, to) },
        { kind, keys: keys.length },
      );
      assert.equal(fault, undefined, `the gate takes what ${name} sealed`);
      count += 1;
    }
  console.log(`${name}, ${kind}: ${count} files each way, and the gate takes theirs`);
  rmSync(own);
}

const isThere = existsSync(join(tools, 'age'));
if (isThere) {
  const program = join(tools, 'age');
  await hold('age', commandLine(program), 'x25519');
  await hold('age', commandLine(program), 'post-quantum');
  for (const [kind, args] of [
    ['x25519', []],
    ['post-quantum', ['-pq']],
  ]) {
    const file = path(`keygen-${kind}.key`);
    ran(join(tools, 'age-keygen'), ...args, '-o', file);
    const [identity] = await readIdentities(file);
    assert.equal(await publicKeyOf(identity), ran(join(tools, 'age-keygen'), '-y', file).trim());
    const own = path(`own-${kind}.key`);
    const key = await writeIdentity(own, kind, '2026-11-29');
    assert.equal(key, ran(join(tools, 'age-keygen'), '-y', own).trim());
  }
  console.log('age-keygen: keys made by either are read by the other');
}
if (has('rage')) await hold('rage', commandLine('rage'), 'x25519');
else if (existsSync(python)) await hold('pyrage', library, 'x25519');
