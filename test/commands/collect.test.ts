/** `concordat collect`, as it is typed. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectCommand } from '../../lib/commands/delivery/collect';
import { EXIT } from '../../lib/commands/terminal';
import { StoreFailure } from '../../lib/delivery';
import { checksumOf, type MemoryObject, MemoryShelf, type Temper } from '../delivery/collect/memory';
import { collects, profileWith } from '../delivery/collect/running';
import { folderWithProfile, NOW, openingWith, runCommand } from './collecting';

function deposited(name: string, text: string, released = true): MemoryObject {
  const bytes = Buffer.from(text);
  return {
    key: `agreements/awards/${name}`,
    version: `version-of-${name}`,
    bytes,
    modified: NOW - 3_600_000,
    checksum: checksumOf(bytes, 'CRC64NVME'),
    released,
  };
}

function world(objects: readonly MemoryObject[], temper?: Temper) {
  const shelf = new MemoryShelf(new Map(objects.map((each) => [each.key, each])), undefined, temper);
  const folder = folderWithProfile(profileWith(collects('awards')));
  const command = collectCommand({ open: openingWith({ shelf: () => shelf }), wait: async () => undefined });
  return { shelf, folder, collect: (...words: string[]) => runCommand(command, words, folder) };
}

test('it collects what was released, says so, and the next run finds nothing new', async () => {
  const { folder, collect } = world([
    deposited('2026/a.csv', 'id\n1\n'),
    deposited('b.csv', 'id\n2\n', false),
  ]);
  const first = await collect();
  expect(first).toEqual({
    code: EXIT.clean,
    out: 'collected/awards/2026/a.csv (5 bytes from Department for Work and Pensions)\n',
    err: [
      '1 file collected into collected (5 bytes).',
      '1 file is held: not released yet, rejected, or stopped. S3 does not tell a recipient which.\n',
    ].join('\n'),
  });
  expect(readFileSync(join(folder, 'collected/awards/2026/a.csv'), 'utf8')).toBe('id\n1\n');
  const second = await collect();
  expect([second.out, second.err.split('\n')[0]]).toEqual([
    '',
    'Nothing new was collected; 1 file is here from before.',
  ]);
});

test('with --json each line is a fact for programs', async () => {
  const { collect } = world([deposited('a.csv', 'id\n'), deposited('b.csv', 'id\n', false)]);
  const { out, err } = await collect('--json', '--to', 'in');
  expect(err).toBe('');
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string });
  expect(lines.map(({ event }) => event).sort()).toEqual(['collected', 'done', 'held']);
  expect(lines.find(({ event }) => event === 'collected')).toMatchObject({
    path: 'in/awards/a.csv',
    agreement: 'awards',
    version: 'version-of-a.csv',
    bytes: 3,
    deposited: '2026-11-29T11:00:00.000Z',
    checksum: { algorithm: 'CRC64NVME' },
  });
});

test('with --quiet results and what went wrong are all it says', async () => {
  const { collect } = world([
    deposited('a.csv', 'id\n'),
    { ...deposited('b.csv', 'x'), checksum: undefined },
  ]);
  const { code, out, err } = await collect('--quiet');
  expect(out).toMatch(/^collected\/awards\/a.csv /);
  expect(err).toMatch(/^error: agreements\/awards\/b.csv: S3 holds no checksum of it/);
  expect(code).toBe(EXIT.findings);
});

test('wrong bytes leave nothing behind, and the run can be repeated', async () => {
  const { folder, collect } = world([deposited('a.csv', 'id\n')], {
    spoil: (bytes) => bytes.map((each) => each ^ 1),
  });
  const { code, err } = await collect();
  expect(code).toBe(EXIT.unfinished);
  expect(err).toContain('does not come to the CRC-64/NVME checksum that S3 holds');
  expect(readdirSync(join(folder, 'collected'))).toEqual(['.concordat']);
  expect(readdirSync(join(folder, 'collected/.concordat'))).toEqual(['parts']);
});

test('where the agreement is closed to it, it says so and names nobody', async () => {
  const { collect } = world([], {
    before: () => {
      throw new StoreFailure('denied', 'AccessDenied');
    },
  });
  const { code, err } = await collect();
  expect(code).toBe(EXIT.findings);
  expect(err).toMatch(/^error: awards: S3 refused it \(AccessDenied\)\.\n/);
  expect(err).not.toMatch(/Work and Pensions|dwp|arn:|1111/);
});

test('what ends a run is told with what mends it, and a run beside it is refused', async () => {
  const { collect } = world([deposited('a.csv', 'x')], {
    before: (call) => {
      if (call === 'look') throw new StoreFailure('credentials-expired', 'ExpiredToken');
    },
  });
  const { code, err } = await collect();
  expect(code).toBe(EXIT.unfinished);
  expect(err).toContain('Sign in again, and run the same command: it goes on from what is done.');
});

test('--then runs on each file; what fails is told, and done again by the next run', async () => {
  const { folder, collect } = world([deposited('it’s $(x).csv', 'id\n')]);
  const script = join(folder, 'then.cjs');
  writeFileSync(script, "process.exit(require('fs').existsSync('ok') ? 0 : 7)");
  const then = `--then="${process.execPath}" "${script}"`;
  const first = await collect(then);
  expect(first.code).toBe(EXIT.findings);
  expect(first.err).toContain('is collected; the command of --then ended with exit code 7.');
  writeFileSync(join(folder, 'collected', 'ok'), '');
  const second = await collect(then);
  expect([second.code, second.out]).toEqual([EXIT.clean, '']);
  const odd = await collect('--then', '"unclosed').catch((error: Error) => error.message);
  expect(odd).toContain('a quotation mark in it is not closed');
});

test('--watch goes on through what passes, says it once, and ends by what does not', async () => {
  let rounds = 0;
  const { folder, collect } = world([deposited('a.csv', 'id\n')], {
    before: (call) => {
      if (call !== 'list') return;
      rounds += 1;
      if (rounds <= 2) throw new StoreFailure('unreachable', 'ENOTFOUND');
      if (rounds > 4) throw new StoreFailure('clock', 'RequestTimeTooSkewed');
    },
  });
  const { code, out, err } = await collect('--watch');
  expect(out).toContain('a.csv');
  expect(err.match(/does not answer/g)).toHaveLength(1);
  expect(code).toBe(EXIT.findings);
  expect(existsSync(join(folder, 'collected/.concordat/lock'))).toBe(false);
});

test('an agreement that is none, or over, is refused before S3 is asked', async () => {
  const { shelf, collect } = world([deposited('a.csv', 'x')]);
  const { code, err } = await collect('award');
  expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('did you mean awards?')]);
  expect(shelf.reads).toEqual([]);
});

test('only what was deposited since is collected', async () => {
  const { collect } = world([deposited('a.csv', 'x')]);
  expect((await collect('--since', '2026-11-30')).out).toBe('');
  expect((await collect('--since', '2026-11-29')).out).toContain('a.csv');
});
