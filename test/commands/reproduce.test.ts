/** `concordat reproduce`: an assembly is what its register makes, byte for byte, or each change of it is named. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/commands/main';
import { EXIT } from '../../lib/commands/terminal';
import { MINIMAL } from '../register/samples';
import { temporaryFolder } from '../stacks/sample-assembly';

const workshop = temporaryFolder();

async function run(...words: string[]) {
  const said = { out: '', err: '' };
  const code = await main(words, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    colour: false,
    cwd: workshop,
  });
  return { code, ...said };
}

beforeAll(async () => {
  for (const { path, bytes } of MINIMAL) {
    const file = join(workshop, 'register', path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, bytes);
  }
  const { code } = await run('synth', '--as-of', '2026-12-01');
  expect(code).toBe(EXIT.clean);
});

/** A copy of the assembly with one change. */
function changed(change: (folder: string) => void): string {
  const copy = temporaryFolder();
  cpSync(join(workshop, 'cdk.out'), copy, { recursive: true });
  change(copy);
  return copy;
}

function edit(file: string, from: string | RegExp, to: string): (folder: string) => void {
  return (folder) => {
    const path = join(folder, file);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
  };
}

/** The code of a function. */
const assetOf = (folder: string) => {
  const code = readdirSync(folder)
    .filter((each) => each.startsWith('asset.'))
    .map((each) => join(folder, each, 'index.mjs'));
  return code.find((file) => existsSync(file)) ?? '';
};

test('what a synth made is reproduced, on a later day and without the register’s folder', async () => {
  rmSync(join(workshop, 'register'), { recursive: true });
  const { code, out, err } = await run('reproduce');
  expect(err).toBe('');
  expect(out).toMatch(/^Made by concordat [\d.]+.*: this program\.$/m);
  expect(out).toMatch(/\nReproduced as of 1 December 2026: \d+ files, every byte the same\.\n$/);
  expect(code).toBe(EXIT.clean);
});

test('each edit of an assembly is named, by stack, resource and property or by file', async () => {
  const folder = changed((copy) => {
    edit('Zone.template.json', '"Enabled": true', '"Enabled": false')(copy);
    edit('Zone.template.json', /^\{/, '{"Transform": ["MoreResources"],')(copy);
    edit('manifest.json', '"terminationProtection": true', '"terminationProtection": false')(copy);
    edit('validation-report.json', /"title"/, ' "title"')(copy);
    edit('concordat.json', /"version": "[\d.]+"/, '"version": "9.9.9"')(copy);
    appendFileSync(assetOf(copy), ' ');
    writeFileSync(join(copy, 'More.template.json'), '{}');
    rmSync(join(copy, 'Trail.metadata.json'));
  });
  const { code, out } = await run('reproduce', folder, '--json');
  expect(code).toBe(EXIT.findings);
  const { reproduced, differences } = JSON.parse(out) as {
    reproduced: boolean;
    differences: {
      kind: string;
      file: string;
      stack?: string;
      path?: string[];
      resource?: { type: string };
    }[];
  };
  expect(reproduced).toBe(false);
  expect(
    differences.map(({ kind, file, stack, path, resource }) => [
      kind,
      file.replace(/^asset\.[0-9a-f]+/, 'asset'),
      ...(stack === undefined ? [] : [stack]),
      ...(resource === undefined ? [] : [resource.type]),
      ...(path === undefined ? [] : [path.join('.')]),
    ]),
  ).toEqual([
    ['added', 'More.template.json'],
    ['value', 'Zone.template.json', 'Zone', 'Transform'],
    [
      'value',
      'Zone.template.json',
      'Zone',
      'AWS::DynamoDB::Table',
      'Properties.TimeToLiveSpecification.Enabled',
    ],
    ['missing', 'Trail.metadata.json'],
    ['content', 'asset/index.mjs'],
    ['value', 'concordat.json', 'program.version'],
    ['value', 'manifest.json', 'artifacts.Zone.properties.terminationProtection'],
    ['written-otherwise', 'validation-report.json'],
  ]);
});

test('an assembly of another program is told as such, and its differences are none the less', async () => {
  const folder = changed(edit('concordat.json', /("files": ")\w{4}/, '$1beef'));
  const alike = await run('reproduce', folder);
  expect(alike.out).toMatch(/^Made by concordat .*, files beef.*\.\nMade again by another: concordat /);
  expect(alike.out).toMatch(/every byte the same, but for the program named in concordat\.json\.\n$/);
  expect(alike.code).toBe(EXIT.clean);
  edit('Zone.template.json', '"Enabled": true', '"Enabled": false')(folder);
  const other = await run('reproduce', folder);
  expect(other.out).toContain(
    'TimeToLiveSpecification.Enabled\n  here        false\n  made again  true\n\nNot reproduced as of 1 December 2026: 1 difference. They may come from the other program',
  );
  expect(other.code).toBe(EXIT.findings);
});

test('what an assembly says of its program hides no other edit of the same file', async () => {
  const folder = changed(edit('concordat.json', /("commit": "|"files": ")\w{4}/, '$1beef'));
  expect((await run('reproduce', folder)).code).toBe(EXIT.clean);
  edit('concordat.json', '"asOf":', '"asOf" :')(folder);
  const spaced = await run('reproduce', folder);
  expect(spaced.out).toContain('\n\nconcordat.json\n  says the same in other bytes\n');
  expect(spaced.code).toBe(EXIT.findings);
  edit('concordat.json', '"asOf"', '"asOf": "2030-01-01", "asOf"')(folder);
  const twice = await run('reproduce', folder);
  expect(twice.err).toContain('asOf is there twice, and readers differ in which of them counts');
  expect(twice.code).not.toBe(EXIT.clean);
});

test('the program is told at the commit that the assembly says, and at this one', async () => {
  const folder = changed(
    edit(
      'concordat.json',
      /"version": "([\d.]+)",(\s+"commit": "\w+\+?",)?/,
      '"version": "$1", "commit": "beefbeefbeef",',
    ),
  );
  const { out } = await run('reproduce', folder);
  expect(out).toMatch(
    /^Made by concordat [\d.]+ at commit beefbeefbeef, .*: this program, now at .*commit.*\.\n/,
  );
});

test('what came of live tests, and the register, are told by their digests', async () => {
  const { out } = await run('reproduce');
  for (const file of ['register.json', 'assumptions.json']) {
    const digest = createHash('sha256')
      .update(readFileSync(join(workshop, 'cdk.out', file)))
      .digest('hex');
    expect(out).toContain(`its ${file}, SHA-256 ${digest}`);
  }
});

test.each<[string, (folder: string) => void, string]>([
  [
    'carries a register that no synth would take',
    edit('register.json', '"region":"eu-west-2"', '"region":"eu-south-9"'),
    'register.json in FOLDER is a register that no synth would take: synthesise the assembly again\n  organisations/leeds.yaml: this key is in eu-west-2',
  ],
  [
    'carries none',
    (folder) => rmSync(join(folder, 'register.json')),
    'there is no register.json in FOLDER: synthesise it with npx concordat synth',
  ],
  ['is none', (folder) => rmSync(join(folder, 'manifest.json')), 'there is no manifest.json in FOLDER'],
])('an assembly that %s is refused, with what to do', async (_, change, message) => {
  const folder = changed(change);
  const { code, out, err } = await run('reproduce', folder);
  expect(out).toBe('');
  expect(err.replaceAll(folder, 'FOLDER')).toContain(`error: ${message}`);
  expect(code).toBe(EXIT.faultyInput);
});
