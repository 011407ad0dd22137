/** Every command that the documents print is run, and every page and folder that they name is there. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { main } from '../lib/commands/main';
import { referencePage } from '../lib/register/schema/reference';

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

test('.ci/run calls the test command as the README prints it', () => {
  expect(read('.ci/run').split('\n')).toContain('npm ci && npm test');
});

test.each(commands.filter((each) => each.startsWith('npx concordat ')))('%s runs clean', async (command) => {
  const terminal = { out: () => undefined, err: () => undefined, colour: false, cwd: workshop };
  expect(await main(command.split(' ').slice(2), terminal)).toBe(0);
});

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

test.each(commands.filter((each) => /^npx cdk (list|synth)/.test(each)))('%s runs clean', (command) => {
  const cdk = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const args = [...command.split(' ').slice(2), '--output', join(workshop, 'cdk.out')];
  expect(() => execFileSync(process.execPath, [cdk, ...args], { cwd: ROOT, stdio: 'pipe' })).not.toThrow();
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
  const known = /^(?:npx concordat |npm |npx cdk (?:list|synth|diff|deploy))/;
  expect(commands.filter((each) => !known.test(each))).toEqual([]);
});

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
  const missing = targets.filter(
    (each) => !/^https?:/.test(each) && !existsSync(join(ROOT, dirname(page), each)),
  );
  expect(missing).toEqual([]);
});

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
