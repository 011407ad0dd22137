/** That the commands and the module of docs/sending-and-collecting.md do what the page says, as they are printed there. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deposit } from '../../lib/client';
import { CLIENT_COMMANDS } from '../../lib/commands/client-commands';
import { depositCommand } from '../../lib/commands/delivery/deposit';
import { Desk, NOON } from './delivery-desk';

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/sending-and-collecting.md'), 'utf8');
const KEY = 'agreements/housing-benefit-extract/extract.xml';

const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );
const commands = blocks('sh').flatMap((text) => text.split('\n').filter((line) => line !== ''));

/** Leeds at its desk; scan and gate release at once. */
function desk(): Desk {
  const made = new Desk('leeds');
  made.file('extract.xml', '<extract/>');
  const add = made.s3.add.bind(made.s3);
  made.s3.add = (...given) => {
    const stored = add(...given);
    made.s3.current(given[0])?.tags.set('concordat-gate', 'released');
    return stored;
  };
  return made;
}

test('every command of the page is of the client', () => {
  expect(commands.length).toBeGreaterThan(3);
  for (const each of commands) expect(each.split(' ').slice(0, 2)).toEqual(['npx', 'concordat']);
  // A name may have two words.
  const names = Object.keys(CLIENT_COMMANDS).map((name) => `npx concordat ${name} `);
  expect(commands.filter((each) => !names.some((name) => `${each} `.startsWith(name)))).toEqual([]);
});

test.each(commands.filter((each) => each.includes(' deposit ')))('%s', async (line) => {
  const made = desk();
  const { code, err } = await made.run(depositCommand(made.open), ...line.split(' ').slice(3));
  expect([code, err.includes('error')]).toEqual([0, false]);
  expect(made.s3.objects.has(KEY)).toBe(!line.includes('--abandon'));
});

test('the module does what the page says of it', async () => {
  const made = desk();
  const [code = ''] = blocks('js');
  const printed: unknown[] = [];
  const body = code.replace(/^import .*$/m, '').replaceAll('process.cwd()', 'cwd');
  const run = new Function(
    'deposit',
    'openClient',
    'cwd',
    'console',
    `return (async () => {${body.replace("'.state'", "cwd + '/.state'")}})()`,
  ) as (...given: unknown[]) => Promise<void>;
  await run(deposit, made.open, made.folder, { log: (...given: unknown[]) => printed.push(...given) });
  expect(printed).toEqual([made.s3.current(KEY)?.version, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(made.now).toBe(NOON);
});
