/** That no command writes without being tried by stopping it: each is in one of the lists, and what is said to write nothing has no means to. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { COMMANDS } from '../../lib/commands/commands';
import { ELSEWHERE, TRIED, WRITE_NOTHING } from './writing-commands';

const ROOT = join(__dirname, '../..');
const COMMANDS_FOLDER = join(ROOT, 'lib/commands');
/** What puts something on a disk. */
const WRITES =
  /\b(?:writeWhole|writeNewFile|writeOwnFiles|makeFolder|replaceFolder|commitFiles|writePack|writeReceipt|writeIdentity|write(?:v|File)?(?:Sync)?|appendFile(?:Sync)?|mkdir(?:Sync)?|rename(?:Sync)?|createWriteStream|cp(?:Sync)?|copyFile(?:Sync)?)\b/;
/** Modules that write, which these commands take something else from, or in a folder that is gone when they end. */
const READ_OR_TEMPORARY: Readonly<Record<string, string>> = {
  'live-outcomes-file.ts': 'they read the outcomes that probe writes',
  'reproduction.ts': 'a temporary folder',
  'assemble.ts': 'a temporary folder',
  'desk-file.ts': 'a temporary folder',
  'mailbox.ts': 'it holds mailbox page as well',
};

/** The names that a module takes in from others, by where from. */
function importsOf(file: string): { readonly names: string; readonly from: string }[] {
  return [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)([^;']*?)\s+from '([^']+)'/gm),
  ].map(([, names = '', from = '']) => ({ names, from }));
}

function moduleAt(path: string): string | undefined {
  return [`${path}.ts`, join(path, 'index.ts'), path].find(
    (each) => existsSync(each) && statSync(each).isFile(),
  );
}

/** The modules of commands that a command runs, by their names, and that import what writes. */
function writersBehind(command: string): string[] {
  const source = ['commands.ts', 'client-commands.ts']
    .map((each) => readFileSync(join(COMMANDS_FOLDER, each), 'utf8'))
    .join('\n');
  const [, name = ''] =
    new RegExp(`^ {2}'?${command}'?: \\{[^}]*?require\\('\\./([^']+)'\\)`, 'm').exec(source) ?? [];
  const waiting = [join(COMMANDS_FOLDER, `${name}.ts`)];
  const seen = new Set<string>();
  const writers: string[] = [];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const imports = importsOf(file);
    if (imports.some(({ names }) => WRITES.test(names))) writers.push(relative(COMMANDS_FOLDER, file));
    for (const { from } of imports) {
      const at = from.startsWith('.') ? moduleAt(resolve(dirname(file), from)) : undefined;
      if (at?.startsWith(`${COMMANDS_FOLDER}/`)) waiting.push(at);
    }
  }
  return writers;
}

it('names every command once, as tried by stopping it here, or elsewhere, or as writing nothing', () => {
  const named = [...Object.keys(TRIED), ...Object.keys(ELSEWHERE), ...WRITE_NOTHING];
  expect(named.sort()).toEqual(Object.keys(COMMANDS).sort());
});

it('calls each command that is tried by its own name', () => {
  for (const [name, ways] of Object.entries(TRIED))
    for (const { words } of ways) expect(words.join(' ').startsWith(name)).toBe(true);
});

it.each(Object.entries(ELSEWHERE))('%s is cut off in %s', (_name, test) => {
  expect(existsSync(join(ROOT, test))).toBe(true);
});

it.each(WRITE_NOTHING.map((each) => [each]))('%s has no means to write anything that stays', (name) => {
  const writers = writersBehind(name).filter((each) => READ_OR_TEMPORARY[basename(each)] === undefined);
  expect(writers).toEqual([]);
});

it('sees what writes behind commands that do', () => {
  for (const name of ['suspend', 'agreement document', 'schema', 'ledger sample', 'profile'])
    expect(writersBehind(name).length).toBeGreaterThan(0);
});
