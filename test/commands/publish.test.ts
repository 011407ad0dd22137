/** That the public record is written whole or not at all, as it is typed, and never from what must not be told or relied on. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { edited, MINIMAL, set } from '../register/samples';
import { folderWithRegister, run } from './captured-terminal';

const AS_OF = ['--as-of', '2027-01-15'];
const publish = (folder: string, ...more: string[]) =>
  run(['publish', '--out', 'public', ...AS_OF, ...more], folder);

test('it writes the record, and over an earlier edition, of which nothing is left', async () => {
  const folder = folderWithRegister(MINIMAL);
  const { code, out, err } = await publish(folder);
  expect([code, out]).toEqual([EXIT.clean, 'public\n']);
  expect(err).toContain('1 agreement told, 0 withheld whole');
  expect(err).toContain('Nothing was counted: give --ledger DIR');
  writeFileSync(join(folder, 'public/agreements/ended-long-ago.html'), 'old');
  expect((await publish(folder)).code).toBe(EXIT.clean);
  expect(readdirSync(join(folder, 'public')).sort()).toEqual(
    ['agreements', 'catalogue.jsonld', 'data', 'index.html', 'organisations', 'people'].sort(),
  );
  expect(readdirSync(join(folder, 'public/agreements'))).toEqual(['benefit-awards.html']);
});

test('it refuses a folder that holds something else, and leaves it as it was', async () => {
  const folder = folderWithRegister(MINIMAL);
  mkdirSync(join(folder, 'public'));
  writeFileSync(join(folder, 'public/thesis.txt'), 'the only copy');
  const { code, err } = await publish(folder);
  expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('name another folder with --out DIR')]);
  expect(readdirSync(join(folder, 'public'))).toEqual(['thesis.txt']);
});

test.each(['.git/HEAD', 'CNAME', 'agreements/notes.txt', 'data/mine/only.csv'])(
  'it refuses a folder with an earlier edition and %s, which would be lost',
  async (path) => {
    const folder = folderWithRegister(MINIMAL);
    expect((await publish(folder)).code).toBe(EXIT.clean);
    mkdirSync(join(folder, 'public', dirname(path)), { recursive: true });
    writeFileSync(join(folder, 'public', path), 'the only copy');
    const { code, err } = await publish(folder);
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('would be lost')]);
    expect(readFileSync(join(folder, 'public', path), 'utf8')).toBe('the only copy');
  },
);

test('it writes nothing where a text tells what must not be public, and says in which file', async () => {
  const folder = folderWithRegister(
    edited(
      MINIMAL,
      set('agreements/benefit-awards.yaml', { 'retention.disposal': 'Write to disposal@leeds.example.' }),
    ),
  );
  const { code, out } = await publish(folder);
  expect([code, out]).toEqual([
    EXIT.findings,
    expect.stringContaining('agreements/benefit-awards.html: a mailbox'),
  ]);
  expect(existsSync(join(folder, 'public'))).toBe(false);
});

test('it counts a ledger that is sound, and refuses one that is not, or is none', async () => {
  const folder = folderWithRegister(MINIMAL);
  expect((await run(['ledger', 'sample', 'copy'], folder)).code).toBe(EXIT.clean);
  const sound = await publish(folder, '--ledger', 'copy');
  // The sample ends within a quarter, of which nothing is told therefore.
  expect([sound.code, sound.err]).toEqual([
    EXIT.clean,
    expect.stringContaining('The last entry of copy is of 1 December 2026.'),
  ]);
  const [, ...rows] = readFileSync(join(folder, 'public/data/transfers.csv'), 'utf8').trim().split('\r\n');
  expect(rows.at(-1)).toBe('benefit-awards,2026-Q3,2026-07-01,2026-09-30,,true');
  const before = readFileSync(join(folder, 'public/index.html'));
  const entries = join(folder, 'copy/tile/entries');
  const [tile = ''] = readdirSync(entries);
  const bytes = readFileSync(join(entries, tile));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  writeFileSync(join(entries, tile), bytes);
  const faulty = await publish(folder, '--ledger', 'copy');
  expect([faulty.code, faulty.err]).toEqual([
    EXIT.faultyInput,
    expect.stringContaining('npx concordat verify copy'),
  ]);
  const none = await publish(folder, '--ledger', 'nowhere');
  expect([none.code, none.err]).toEqual([EXIT.faultyInput, expect.stringContaining('nowhere')]);
  const stray = await publish(folder, '--key', 'a.pem');
  expect([stray.code, stray.err]).toEqual([EXIT.usage, expect.stringContaining('--ledger DIR')]);
  expect(readFileSync(join(folder, 'public/index.html'))).toEqual(before);
});
