/**
 * That what was added to one list is known in every place that has to know it, where the compiler cannot see that: in the
 * templates, in the documents, and in what an organisation that joins is asked.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyStack } from '../lib/assembly';
import { COMMANDS } from '../lib/commands/commands';
import { packFiles } from '../lib/evidence/pack';
import * as names from '../lib/names';
import { RELEASE_GATE_FUNCTION } from '../lib/names/gate-names';
import {
  EXCHANGE_ROLES,
  KEY_PURPOSE_TAG,
  MEMBER_FUNCTIONS,
  MEMBER_KEYS,
  ROLE_PATH,
  roleName,
  STOP_ROLES,
  ZONE_FUNCTIONS,
  ZONE_KEYS,
} from '../lib/names/names';
import { QUESTIONS } from '../lib/register/changes/interview/organisation-questions';
import { settingsOfCustody } from '../lib/register/schema/organisation';
import { KINDS } from '../lib/transfers/meaning';
import { CUSTODY_KINDS } from '../lib/wire';
import { custodyIn, sampleEvidence } from './evidence/sample-evidence';
import { letters, SERVES } from './register/letters';
import { type Sample, synthesised } from './stacks/sample-assembly';

const ROOT = join(__dirname, '..');
const page = (name: string) => readFileSync(join(ROOT, name), 'utf8');

let sample: Sample;
let serving: Sample;
beforeAll(() => {
  sample = synthesised();
  serving = synthesised({ files: letters(...SERVES) });
});

/** A property of every resource of a type, sorted. */
const valuesOf = (
  stack: AssemblyStack,
  type: string,
  value: (properties: Record<string, unknown>) => unknown,
) =>
  Object.values(stack.resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties = {} }) => String(value({ ...Properties })))
    .sort();

const functionsOf = (stack: AssemblyStack) =>
  valuesOf(stack, 'AWS::Lambda::Function', (each) => each.FunctionName);

const rolesOf = (stack: AssemblyStack) =>
  valuesOf(stack, 'AWS::IAM::Role', ({ Path, RoleName }) => (Path === ROLE_PATH ? RoleName : 'elsewhere'));

const keysOf = (stack: AssemblyStack) =>
  valuesOf(stack, 'AWS::KMS::Key', ({ Tags }) => {
    const tags = Tags as readonly { readonly Key: string; readonly Value: string }[];
    return tags.find(({ Key }) => Key === KEY_PURPOSE_TAG)?.Value;
  });

describe('the operator’s template makes', () => {
  test('each function of the zone, with a role by its name, and no other role but that which stops for all and that of the page', () => {
    const functions = names.zoneFunctions(sample.register.zone);
    expect(functionsOf(sample.zone)).toEqual([...functions].sort());
    expect(rolesOf(sample.zone)).toEqual([...functions, roleName('stop-all')].sort());
    const ofServing = names.zoneFunctions(serving.register.zone);
    expect(rolesOf(serving.zone)).toEqual([...ofServing, roleName('page-release')].sort());
  });

  test('a key for each purpose of the zone, and for no other', () => {
    // The sample’s zone serves no page.
    expect([...new Set(keysOf(serving.zone))]).toEqual([...ZONE_KEYS].sort());
    expect([...new Set(keysOf(sample.zone))]).toEqual(
      ZONE_KEYS.filter((each) => each !== 'mailbox-page').sort(),
    );
  });
});

describe('a member’s template makes', () => {
  test('each function of a member, and no other', () => {
    expect(functionsOf(sample.stackOf('dwp'))).toEqual([...MEMBER_FUNCTIONS].sort());
  });

  test('each role of a member, and no other', () => {
    const wanted = [
      ...EXCHANGE_ROLES.map(roleName),
      ...(['receipts', 'stop', 'lift', 'gate-machine'] as const).map(roleName),
      ...MEMBER_FUNCTIONS,
    ];
    expect(rolesOf(sample.stackOf('dwp'))).toEqual([...new Set(wanted)].sort());
  });

  test('a key for each purpose of a member, and for no other', () => {
    expect(keysOf(sample.stackOf('dwp'))).toEqual([...MEMBER_KEYS].sort());
  });
});

describe('docs/zone.md names', () => {
  const zone = page('docs/zone.md');
  test.each([
    ...new Set([...MEMBER_FUNCTIONS, ...ZONE_FUNCTIONS, ...EXCHANGE_ROLES.map(roleName)]),
    ...STOP_ROLES.map(roleName),
    roleName('receipts'),
    roleName('gate-machine'),
    roleName('page-release'),
  ])('the function or role %s', (name) => expect(zone).toContain(`\`${name}\` |`));
  test.each([...new Set([...MEMBER_KEYS, ...ZONE_KEYS])])('the key for %s', (purpose) =>
    expect(zone).toContain(`| key for \`${purpose}\` |`),
  );
  test.each([...KINDS])('the kind of entry %s', (kind) =>
    expect(zone).toMatch(new RegExp(`^\\| (?:\`[a-z-]+\`, )*\`${kind}\``, 'm')),
  );
});

describe.each([...CUSTODY_KINDS])('custody %s', (kind) => {
  test('is compared in docs/custody.md', () => {
    expect(page('docs/custody.md')).toContain(`\n| \`${kind}\` | `);
  });

  test('is offered to an organisation that joins, and each of its settings is asked', () => {
    expect(QUESTIONS.find(({ name }) => name === 'custody')?.asks).toMatch(new RegExp(`\\b${kind}\\b`));
    const asked = QUESTIONS.filter(({ path, when }) => path[0] === 'custody' && when({ custody: kind }));
    expect(
      asked
        .map(({ path }) => path[1])
        .filter((each) => each !== 'kind' && each !== 'administrators')
        .sort(),
    ).toEqual(settingsOfCustody(kind).sort());
  });
});

describe('the documents name', () => {
  const alarmsOf = (stack: AssemblyStack) =>
    valuesOf(stack, 'AWS::CloudWatch::Alarm', ({ AlarmName }) => AlarmName);
  const all = readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => page(`docs/${name}`))
    .join('\n');

  test('each alarm of the operator and of a member', () => {
    const alarms = [...alarmsOf(sample.zone), ...alarmsOf(sample.stackOf('dwp'))];
    expect(alarms.length).toBeGreaterThan(10);
    expect(alarms.filter((name) => !all.includes(`\`${name}\``))).toEqual([]);
  });

  test('each command', () => {
    const named = `${all}\n${page('README.md')}`;
    expect(Object.keys(COMMANDS).filter((name) => !named.includes(`concordat ${name}`))).toEqual([]);
  });

  test('each file or folder of the evidence pack', async () => {
    const files = ['SHA256SUMS'];
    const { folder, evidence } = sampleEvidence();
    (await packFiles(evidence, custodyIn(folder)))((path) => {
      files.push(path);
      return '';
    });
    const parts = [...new Set(files.map((path) => path.replace(/\/.*$/, '/')))];
    expect(parts.filter((part) => !page('docs/evidence.md').includes(`\`${part}\``))).toEqual([]);
  });
});

test('a scenario of the rehearsal calls each function', () => {
  const scenarios = join(ROOT, 'lib/rehearsal/scenario');
  const code = readdirSync(scenarios).map((name) => readFileSync(join(scenarios, name), 'utf8'));
  const called = code.flatMap((text) =>
    [...text.matchAll(/\bcall\(stage, (\w+),/g)].map(([, name = '']) => name),
  );
  const constants = new Map(Object.entries(names).map(([name, value]) => [name, String(value)]));
  // The gate is played once its scenario is there. The notifier is there where there is GOV.UK Notify, or a mailbox: the rehearsal has neither.
  const played = [...MEMBER_FUNCTIONS, ...names.zoneFunctions({})].filter(
    (each) => each !== RELEASE_GATE_FUNCTION,
  );
  const found = [...new Set(called.map((name) => constants.get(name)))];
  expect(found.filter((each) => each !== RELEASE_GATE_FUNCTION).sort()).toEqual(played.sort());
});

test('the README leads to every page of docs', () => {
  const linked = page('README.md');
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  expect(pages.filter((name) => !linked.includes(`(docs/${name})`))).toEqual([]);
});
