/** Every command that the documents print is run, and every page and folder that they name is there. */
import './commands/reproduced-once';
import './commands/synthesised-once';
import './plan/sides-once';
import './proof/proved-once';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseOrder } from '../lambda/key-grants/order';
import { CLIENT_COMMANDS } from '../lib/commands/client-commands';
import { main } from '../lib/commands/main';
import { GRANT_BROKER_FUNCTION } from '../lib/names/names';
import { referencePage } from '../lib/register/schema/reference';
import { CDK_LIST, CDK_SYNTH } from './commands/cdk-commands';
import { SERVE } from './mailbox/serve-command';
import { REHEARSE } from './rehearsal/rehearse-command';

const ROOT = resolve(__dirname, '..');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'register/README.md', ...markdownIn('docs')];
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

let workshop: string;

beforeAll(() => {
  workshop = mkdtempSync(join(tmpdir(), 'concordat-docs-'));
  cpSync(join(ROOT, 'register'), join(workshop, 'register'), { recursive: true });
});

afterAll(() => rmSync(workshop, { recursive: true, force: true }));

const commands = [...new Set(PAGES.flatMap((page) => commandsOf(read(page))))];

test('the two commands come first in the README', () => {
  expect(commandsOf(read('README.md')).slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test']);
});

test('no shell takes a command of a page apart at its braces', () => {
  const printed = PAGES.flatMap((page) =>
    [...read(page).matchAll(/^ *```(?:sh|console)\n([\s\S]*?)^ *```$/gm)].flatMap(([, block = '']) =>
      block.split('\n').map((line) => `${page}: ${line.trim()}`),
    ),
  );
  const inQuotes = /'[^']*'|"[^"]*"/g;
  expect(printed.some((line) => line.includes('BudgetLimit={Amount=1000,Unit=USD}'))).toBe(true);
  expect(printed.filter((line) => /\{[^{}]*,[^{}]*\}/.test(line.replace(inQuotes, '')))).toEqual([]);
});

test('.ci/run calls the test command as the README prints it', () => {
  expect(read('.ci/run').split('\n')).toContain('npm ci && npm test');
});

const isSynth = (command: string) => command.startsWith('npx concordat synth');
// What is synthesised is so before all that asks about it, so that it is proven once.
const ours = commands
  .filter((each) => each.startsWith('npx concordat '))
  .sort((a, b) => Number(isSynth(b)) - Number(isSynth(a)));
// Needs Python, so it is run with the tests of the rehearsal.
const rehearsed = ours.filter((each) => each === REHEARSE);
// Need a profile and S3, so they are run with the tests of the client.
const delivered = ours.filter((each) => Object.hasOwn(CLIENT_COMMANDS, each.split(' ')[2] ?? ''));
const live = ours.filter((each) => each.includes(' --live'));
// Asks AWS for an engine, which the sample has not; its start is run with the tests of the command.
const onEngine = ours.filter((each) => each.includes(' --engine'));
// Runs until it is stopped, so it is run with the tests of the mailbox.
const served = ours.filter((each) => each === SERVE);

test.each(
  ours.filter((each) => ![...live, ...rehearsed, ...delivered, ...served, ...onEngine].includes(each)),
)('%s runs clean', async (command) => {
  // What a pipeline keeps of the last deployment is here what the commands before this one made.
  const [made, kept] = [join(workshop, 'cdk.out'), join(workshop, 'last-deployed')];
  if (command.includes(' last-deployed') && !existsSync(kept)) cpSync(made, kept, { recursive: true });
  expect(await runIn(workshop, wordsOf(command))).toBe(0);
});

test.each(onEngine)('%s finds the plan, and says that the sample has no engine', async (command) => {
  expect(await runIn(workshop, wordsOf(command))).toBe(2);
});

test.each(live)('%s names what the sample register has, and is refused where it has not', async (command) => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-docs-'));
  try {
    cpSync(join(ROOT, 'register'), join(folder, 'register'), { recursive: true });
    // All but what needs AWS.
    expect(
      await runIn(
        folder,
        wordsOf(command).filter((word) => word !== '--live'),
      ),
    ).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each(commands.filter((each) => each.startsWith('aws lambda invoke ')))(
  '%s calls the broker with what it takes',
  (command) => {
    const [, name, payload = ''] = /--function-name (\S+) --payload '([^']+)'/.exec(command) ?? [];
    expect(name).toBe(GRANT_BROKER_FUNCTION);
    expect(() => parseOrder(JSON.parse(payload))).not.toThrow();
  },
);

test.each(commands.filter((each) => each.startsWith('npm ')))(
  '%s names scripts that there are',
  (command) => {
    for (const part of command.split(' && ')) {
      const [, verb = '', name = ''] = part.split(' ');
      const script = verb === 'run' ? name : verb;
      if (script !== 'ci') expect(Object.keys(scripts)).toContain(script);
    }
  },
);

test('commands of the CDK that need no AWS are those that commands/process.test.ts runs', () => {
  const offline = commands.filter((each) => /^npx cdk (list|synth)/.test(each));
  expect(offline.sort()).toEqual([CDK_LIST, CDK_SYNTH]);
});

test('commands that need AWS name stacks of the sample register', () => {
  const needAws = commands.filter((each) => /^npx cdk (diff|deploy)/.test(each));
  expect(needAws.length).toBeGreaterThan(0);
  for (const command of needAws) {
    const stack = /Organisation-(\S+)/.exec(command)?.[1];
    if (stack !== undefined)
      expect(existsSync(join(ROOT, 'register/organisations', `${stack}.yaml`))).toBe(true);
  }
});

test('no command is printed that the tests above leave out', () => {
  const known = /^(?:npx concordat |npm |npx cdk (?:list|synth|diff|deploy)|aws lambda invoke )/;
  expect(commands.filter((each) => !known.test(each))).toEqual([]);
});

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
  const missing = targets.filter(
    (each) => !/^https?:/.test(each) && !existsSync(join(ROOT, dirname(page), each)),
  );
  expect(missing).toEqual([]);
});

function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(2);
}

function runIn(cwd: string, words: readonly string[]) {
  return main(words, { out: () => undefined, err: () => undefined, colour: false, cwd });
}

test('the page of settings is that of the schema as it stands', () => {
  expect(read('docs/register.md')).toBe(referencePage());
});

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((each) => each.endsWith('.md'))
    .map((each) => join(folder, each))
    .sort();
}

function commandsOf(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap((match) =>
    (match[1] ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
}
