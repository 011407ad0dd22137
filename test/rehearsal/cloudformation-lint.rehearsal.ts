/**
 * That cfn-lint, with every rule it has, finds no error in any stack, nor in what StackSets give to accounts, nor in the templates
 * that joining packs bring, and nothing else but what is listed here with its reason. It is Python, so it is not among the tests that need Node alone.
 * @see https://github.com/aws-cloudformation/cfn-lint
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { baselinesIn, openAssembly } from '../../lib/assembly';
import { OWN_ROLES_FILE, ownRolesTemplate } from '../../lib/joining/own-roles';
import { pythonIn } from '../../lib/rehearsal/endpoint/python';
import { synthesised } from '../stacks/sample-assembly';
import { ROOT } from './rehearsing';

/** What cfn-lint tells and is no fault. `*` is any kind of resource, and the template itself. */
const KNOWN: readonly {
  readonly rule: string;
  readonly type: string;
  readonly reason: string;
  readonly owner: string;
  /** When it was last looked at. */
  readonly on: string;
}[] = [
  {
    rule: 'I3042',
    type: '*',
    reason:
      'ARNs begin with arn:aws:. Everything is in the UK, which is in that partition; a template that is read by assessors says it outright.',
    owner: 'Zone security lead',
    on: '2026-11-28',
  },
  {
    rule: 'W3005',
    type: 'AWS::GuardDuty::MalwareProtectionPlan',
    reason:
      'It is made after all else of its stack, each named: a list without those that its properties refer to could leave one out once they no longer do.',
    owner: 'Zone security lead',
    on: '2026-11-30',
  },
  {
    rule: 'W3005',
    type: 'AWS::Lambda::EventSourceMapping',
    reason:
      'It is made after all else of its stack, each named: a list without those that its properties refer to could leave one out once they no longer do.',
    owner: 'Zone security lead',
    on: '2026-11-30',
  },
  {
    rule: 'I4010',
    type: '*',
    reason:
      'It asks for an account of the architecture in each template’s Metadata. The descriptions of stacks, Sids and the evidence pack give it.',
    owner: 'Zone security lead',
    on: '2026-11-28',
  },
];

const findings = z.array(
  z.object({
    Filename: z.string(),
    Level: z.string(),
    Message: z.string(),
    Rule: z.object({ Id: z.string() }),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullish() }),
  }),
);
const templates = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

interface Found {
  readonly rule: string;
  readonly level: string;
  readonly type: string;
  readonly where: string;
  readonly message: string;
}

let folder: string;
let python: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-lint-'));
  python = await pythonIn(join(ROOT, 'test/.cfn-lint'), new AbortController().signal, () => undefined, {
    what: 'cfn-lint',
    requirements: join(__dirname, 'cfn-lint-requirements.txt'),
    otherwise: 'or leave this test out',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The templates of an assembly, and those in its StackSets, as files. */
function templatesOf(assembly: string): string[] {
  const { stacks } = openAssembly(assembly);
  const embedded = baselinesIn(stacks).map(({ name, resources }) =>
    written(`StackSet-${name}`, { AWSTemplateFormatVersion: '2010-09-09', Resources: resources }),
  );
  return [...stacks.map(({ file }) => join(assembly, file)), ...embedded];
}

function written(name: string, template: object): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(template));
  return file;
}

/** The joining packs bring YAML, which is read as CloudFormation reads it. */
function read(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.yaml') ? parse(text, { version: '1.1' }) : JSON.parse(text);
}

/** The template of own roles of each organisation that has any, as its joining pack brings it. */
function ownRolesTemplates(): string[] {
  const { register, asOf, stacks } = synthesised();
  return register.organisations.flatMap((organisation) => {
    const text = ownRolesTemplate({
      register,
      organisation,
      asOf,
      stacks: stacks.filter(({ account }) => account === organisation.account),
      cost: { id: organisation.id, lines: [], usd: 0 },
      client: { name: 'concordat-client.mjs', sha256: 'c'.repeat(64) },
    });
    if (text === undefined) return [];
    const file = join(folder, `${organisation.id}-${OWN_ROLES_FILE}`);
    writeFileSync(file, text);
    return [file];
  });
}

function lint(files: readonly string[]): Found[] {
  const { stdout, stderr, status } = spawnSync(
    python,
    [
      '-c',
      // The environment was moved into its place after it was made, so the script in it does not start.
      'import sys; from cfnlint.runner.cli import main; sys.exit(main())',
      '--regions',
      'eu-west-2',
      '--include-checks',
      'I',
      '--include-experimental',
      '--format',
      'json',
      ...files,
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (status === null || status === 1 || status >= 32)
    throw new Error(`cfn-lint ended with ${status}: ${stderr}`);
  const types = new Map(files.map((file) => [file, templates.parse(read(file)).Resources]));
  return findings.parse(JSON.parse(stdout)).map(({ Filename, Level, Message, Rule, Location }) => {
    const [part, id = ''] = Location.Path ?? [];
    return {
      rule: Rule.Id,
      level: Level,
      type: part === 'Resources' ? (types.get(Filename)?.[id]?.Type ?? '') : '',
      where: `${basename(Filename)} ${(Location.Path ?? []).join('/')}`,
      message: Message,
    };
  });
}

const isKnown = ({ rule, type }: Found) =>
  KNOWN.some((each) => each.rule === rule && (each.type === '*' || each.type === type));

it('finds no error, and nothing else but what is listed with its reason', () => {
  const found = lint(templatesOf(synthesised().folder));
  expect(found.filter(({ level }) => level === 'Error')).toEqual([]);
  expect(found.filter((each) => !isKnown(each))).toEqual([]);
  const told = new Set(found.map(({ rule }) => rule));
  expect(KNOWN.filter(({ rule }) => !told.has(rule))).toEqual([]);
});

it('finds nothing in the templates of own roles that joining packs bring, but what is listed', () => {
  const files = ownRolesTemplates();
  expect(files.length).toBeGreaterThan(10);
  expect(lint(files).filter((each) => !isKnown(each))).toEqual([]);
});

it.each<[string, object, string]>([
  ['a type that there is not', { Type: 'AWS::S3::NoSuchThing' }, 'E3006'],
  ['a property that there is not', { Type: 'AWS::SQS::Queue', Properties: { Nme: 'x' } }, 'E3002'],
  ['a queue that goes with its stack', { Type: 'AWS::SQS::Queue' }, 'I3011'],
])('would find %s', (_, resource, rule) => {
  const found = lint([written('faulty', { Resources: { Faulty: resource } })]);
  expect(found.map((each) => each.rule)).toContain(rule);
});
