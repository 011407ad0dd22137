/** The command that is run on each collected file: no name can be read as a part of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { commandWords, runOn } from '../../lib/client';
import type { Noted } from '../../lib/delivery';

test.each([
  ['scan', ['scan']],
  ['scan --quiet', ['scan', '--quiet']],
  ['"C:\\Program Files\\scan.exe" /q', ['C:\\Program Files\\scan.exe', '/q']],
  ['scan \'a b\' c"d e"f', ['scan', 'a b', 'cd ef']],
  ['scan "" x', ['scan', '', 'x']],
])('%s is taken apart into words', (command, words) => {
  expect(commandWords(command)).toEqual(words);
});

test.each(['', '  ', '"scan', "scan 'x", '""'])('%j is no command', (command) => {
  expect(commandWords(command)).toBeUndefined();
});

test('what stands in quotation marks is one word, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !text.includes('"')),
      (text) => {
        expect(commandWords(`scan "${text}" end`)).toEqual(['scan', text, 'end']);
      },
    ),
  );
});

test('the name of a file is one argument, and no shell sees it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-then-'));
  const noted = {
    agreement: 'awards',
    key: 'agreements/awards/$(touch pwned);`x` && y.csv',
    version: 'v',
    bytes: 1,
    names: ['awards', '$(touch pwned);`x` && y.csv'],
    checksum: { algorithm: 'SHA256', value: 'abc', parts: undefined },
  } as unknown as Noted;
  const script = `require('fs').writeFileSync('seen', JSON.stringify([process.argv.slice(1), process.env.CONCORDAT_KEY, process.env.CONCORDAT_CHECKSUM]))`;
  const how = await runOn([process.execPath, '-e', script, 'given'], folder, noted);
  expect(how).toEqual({ code: 0 });
  expect(JSON.parse(readFileSync(join(folder, 'seen'), 'utf8'))).toEqual([
    ['given', join(folder, ...noted.names)],
    noted.key,
    'SHA256:abc',
  ]);
  expect(await runOn([process.execPath, '-e', 'process.exit(3)'], folder, noted)).toEqual({ code: 3 });
  expect(await runOn(['no-such-program-here'], folder, noted)).toEqual({ failed: 'ENOENT' });
  rmSync(folder, { recursive: true });
});
