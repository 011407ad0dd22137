/**
 * Two small assemblies, of which the second differs from the first in one of every way; and changes of them by hand. What is found
 * out about each is found out once in a worker.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly, AssemblyStack, TemplateResource } from '../../lib/assembly';
import { type Side, sideOf } from '../../lib/plan/side';
import { dateOf } from '../../lib/register/calendar';
import type { RegisterFile } from '../../lib/register/folder';
import { copy, type Edit, edited, MINIMAL, remove, set } from '../register/samples';
import { contentOf } from '../stacks/content-of';
import { frozen, keptFolder, keptRegister, make } from '../stacks/kept-assemblies';

const AWARDS = 'agreements/benefit-awards.yaml';
const ends = '2030-03-31';

/** Agreements of the DWP with Leeds, each named by what becomes of it. */
const BEFORE: readonly Edit[] = [
  copy('organisations/leeds.yaml', 'camden', {
    name: 'London Borough of Camden',
    account: '100000000021',
    identifiers: [],
    'custody.keyArn': 'arn:aws:kms:eu-west-2:100000000021:key/00000000-0000-4000-8000-000000000021',
    'custody.administrators': ['arn:aws:iam::100000000021:role/security/key-administrator'],
    mayCollect: ['arn:aws:iam::100000000021:role/benefits/reader'],
    contacts: { security: 'security@camden.example', dataProtection: 'data@camden.example' },
  }),
  ...['to-cut', 'to-extend', 'to-remove', 'to-suspend'].map((id) => copy(AWARDS, id, { ends })),
  copy(AWARDS, 'to-narrow', { ends, recipients: ['leeds', 'camden'] }),
];

const AFTER: readonly Edit[] = [
  copy('organisations/leeds.yaml', 'fife', {
    name: 'Fife Council',
    account: '100000000023',
    identifiers: [],
    custody: { kind: 'account', administrators: ['arn:aws:iam::100000000023:role/security/keys'] },
    mayCollect: ['arn:aws:iam::100000000023:role/benefits/reader'],
    contacts: { security: 'security@fife.example', dataProtection: 'data@fife.example' },
  }),
  copy(AWARDS, 'to-add', { starts: '2027-04-01', ends, recipients: ['fife', 'routing'] }),
  set('agreements/to-cut.yaml', { ends: '2029-03-31' }),
  set('agreements/to-extend.yaml', { ends: '2031-03-31' }),
  set('agreements/to-suspend.yaml', { suspended: { from: '2027-01-01', reason: 'An incident.' } }),
  set('agreements/to-narrow.yaml', { recipients: ['leeds'] }),
  remove('agreements/to-remove.yaml'),
  set('organisations/leeds.yaml', {
    'custody.keyArn': 'arn:aws:kms:eu-west-2:100000000022:key/00000000-0000-4000-8000-000000000099',
    'custody.administrators': ['arn:aws:iam::100000000022:role/security/key-keeper'],
  }),
  set('organisations/camden.yaml', {
    mayCollect: ['arn:aws:iam::100000000021:role/benefits/second-reader'],
    paused: { from: '2027-02-01', reason: 'A merger.' },
  }),
];

/** The folder of the first, made once in a run of the tests. */
export function beforeFolder(): string {
  return shared('plan-before', edited(MINIMAL, ...BEFORE), '2026-12-01');
}

/** The folder of the second. */
export function afterFolder(): string {
  return shared('plan-after', edited(MINIMAL, ...BEFORE, ...AFTER), '2027-01-05');
}

/** Those of the two that were asked for. */
const made = new Set<string>();

function shared(name: string, files: readonly RegisterFile[], day: string): string {
  const found = keptFolder(name, (folder) => {
    const asOf = dateOf(day);
    make(folder, keptRegister(files, asOf), asOf, false);
    // As a synth whose checks found nothing leaves it.
    const pluginReports = [{ pluginName: 'AwsSolutions', violations: [], suppressedViolations: [] }];
    writeFileSync(join(folder, 'validation-report.json'), JSON.stringify({ pluginReports }));
  });
  made.add(found);
  return found;
}

const sides = new Map<string, Side>();
let firstUnproven: Side | undefined;

/** The first, proven. */
export function before(): Side {
  return proven(beforeFolder());
}

/** The first without a proof, for what the proof has no part in. */
export function unproven(): Side {
  firstUnproven ??= sideOf(frozen(beforeFolder()), new Set());
  return firstUnproven;
}

/** The second, proven. */
export function after(): Side {
  return proven(afterFolder());
}

/**
 * What was found out about the one of the two whose files are those of another folder.
 * @param content of that folder
 * @returns undefined where it is like neither
 */
export function sideLike(content: string, prove: typeof sideOf): Side | undefined {
  const folder = [...made].find((each) => contentOf(each) === content);
  return folder === undefined ? undefined : proven(folder, prove);
}

function proven(folder: string, prove = sideOf): Side {
  const side = sides.get(folder) ?? prove(frozen(folder));
  sides.set(folder, side);
  return side;
}

/** A resource of a template, to be changed by hand. */
export type Loose = TemplateResource & { Type: string; Properties: Record<string, unknown> };

/** An assembly with one template changed, in what is read of it and in its file. */
export function changed(
  source: Assembly,
  stack: string,
  change: (resources: Record<string, Loose>) => void,
): Assembly {
  const found = source.stacks.find(({ name }) => name === stack);
  if (found === undefined) throw new Error(`there is no ${stack}`);
  const template = JSON.parse(source.file(found.file) ?? '') as { Resources: Record<string, Loose> };
  change(template.Resources);
  const stacks = source.stacks.map(
    (each): AssemblyStack => (each === found ? { ...each, resources: template.Resources } : each),
  );
  const file = (name: string) =>
    name === found.file ? JSON.stringify(template, null, 1) : source.file(name);
  return { ...source, stacks, file };
}

/** The one resource of a type whose place or name holds a text. */
export function find(resources: Record<string, Loose>, type: string, text = ''): [string, Loose] {
  const all = Object.entries(resources).filter(
    ([id, each]) => each.Type === type && (id + JSON.stringify(each.Properties)).includes(text),
  );
  const [only] = all;
  if (only === undefined || all.length > 1) throw new Error(`${all.length} of ${type} with ${text}`);
  return only;
}
