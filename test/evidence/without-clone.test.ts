/** That an assessor who has the pack, and neither the assembly nor the program, finds an answer in it. */
import { openAssembly, worldOf } from '../../lib/assembly';
import { statementJson } from '../../lib/custody';
import { readingsOf } from '../../lib/evidence/compose/readings';
import type { Evidence } from '../../lib/evidence/model';
import { packFiles } from '../../lib/evidence/pack';
import { compile, type Policy } from '../../lib/iam';
import { readersOf } from '../../lib/proof';
import { custodyIn, type SampleEvidence, sampleEvidence } from './sample-evidence';

let sample: SampleEvidence;
let pack: Map<string, string>;
let model: Evidence;
beforeAll(async () => {
  sample = sampleEvidence();
  pack = new Map();
  (await packFiles(sample.evidence, custodyIn(sample.folder)))((path, pieces) => {
    pack.set(path, [...pieces].join(''));
    return 'f'.repeat(64);
  });
  model = JSON.parse(pack.get('evidence.json') ?? '') as Evidence;
});

/** As an assessor asks: the rows of the object’s agreement whose days hold the day. */
const readersOn = (owner: string, object: string, day: string) =>
  (model.readings ?? [])
    .filter(
      ({ owner: its, prefix, firstDay, lastDay, within }) =>
        within && its === owner && object.startsWith(prefix) && firstDay <= day && day <= lastDay,
    )
    .map(({ recipient, role }) => `${recipient} by ${role}`)
    .sort();

it('says who reads an object under each agreement on its first, last and every other day, as the program answers', () => {
  const world = worldOf(openAssembly(sample.folder));
  expect(model.readings?.length).toBeGreaterThan(10);
  const directed = world.register.agreements.flatMap((agreement) =>
    agreement.directions.map((direction) => ({ agreement, direction })),
  );
  for (const { agreement, direction } of directed) {
    const object = `agreements/${agreement.id}/2027/object.csv`;
    const rows = model.readings?.filter((each) => each.agreement === agreement.id) ?? [];
    const days = new Set([
      model.asOf,
      ...rows.flatMap(({ firstDay, lastDay }) => [
        firstDay,
        lastDay,
        beside(firstDay, -1),
        beside(lastDay, 1),
      ]),
    ]);
    for (const day of days) {
      const asked = readersOf(world, agreement, direction, object, `${day}T12:00:00Z`)
        .filter(({ ways }) => ways.length > 0)
        .map(({ organisation, role }) => `${organisation.id} by ${role}`)
        .sort();
      expect([agreement.id, day, readersOn(direction.owner, object, day)]).toEqual([
        agreement.id,
        day,
        asked,
      ]);
    }
  }
});

it('names the statements by which each reads, of S3 and of KMS, with their policies, on the page and for spreadsheets', () => {
  const table = pack.get('csv/readers.csv') ?? '';
  const page = (pack.get('index.html') ?? '').replaceAll('<wbr>', '');
  for (const { statements, recipient, agreement, missing } of model.readings ?? []) {
    expect([agreement, recipient, missing]).toEqual([agreement, recipient, []]);
    expect(new Set(statements.map(({ action }) => action))).toEqual(new Set(['s3:GetObject', 'kms:Decrypt']));
    expect(statements.some(({ name }) => name === 'grant')).toBe(true);
    for (const { name, policy } of statements) {
      expect(table).toContain(name === 'grant' ? `grant ${policy}` : `${name} of ${policy}`);
      expect(page).toContain(name === 'grant' ? `grant ${policy.split(' ')[0]}` : name);
    }
  }
});

it('says of a share that templates do not make that it does not read, and why', () => {
  const world = worldOf(openAssembly(sample.folder));
  const [first] = model.readings ?? [];
  const without = readingsOf({
    ...world,
    buckets: world.buckets.map((bucket) => ({ ...bucket, accessPoints: [] })),
  });
  expect(without).toHaveLength(model.readings?.length ?? 0);
  expect(without[0]).toEqual({
    ...first,
    within: false,
    statements: [],
    missing: ['no template makes an access point for it'],
  });
  const grants = readingsOf({ ...world, keys: world.keys.map((key) => ({ ...key, grants: [] })) });
  expect(grants.filter(({ within }) => within)).toEqual([]);
  expect(grants[0]?.missing.join()).toMatch(/grant/);
});

it('tells a share whose grant outlives its last day', () => {
  const world = worldOf(openAssembly(sample.folder));
  const later = readingsOf({
    ...world,
    buckets: world.buckets.map((bucket) => ({
      ...bucket,
      // Nothing but the days of the access point’s own policy is taken away.
      accessPoints: bucket.accessPoints.map((point) => ({
        ...point,
        policy: point.policy && undated(point.policy),
      })),
    })),
    keys: world.keys.map((key) => ({
      ...key,
      grants: key.grants.map((each) => ({ ...each, until: '2999-01-01T00:00:00Z' })),
    })),
  });
  expect(later.filter(({ beyond }) => beyond).length).toBeGreaterThan(10);
});

it('has the whole custody statement of each key, as the program prints it', () => {
  const statement = custodyIn(sample.folder);
  expect(statement.keys.length).toBeGreaterThan(3);
  for (const key of statement.keys) {
    const own = { ...statement, keys: [key] };
    expect(pack.get(`custody/${key.organisation}.json`)).toBe(statementJson(own));
    const page = pack.get(`custody/${key.organisation}.md`) ?? '';
    for (const heading of [
      'Where it is held',
      'Who administers it',
      'Who can decrypt and encrypt',
      'Who can grant',
      'What is denied',
      'The roles',
    ])
      expect(page).toContain(`## ${heading}`);
    expect(pack.get('index.html')).toContain(`href="custody/${key.organisation}.md"`);
  }
});

it('says which program made the assembly, by version, commit and digests, on the page and for programs', () => {
  const { program } = model;
  if (program === undefined) throw new Error('the assembly does not say');
  const page = pack.get('index.html') ?? '';
  for (const each of [program.version, program.files, program.lockfile, program.commit ?? ''])
    expect(page).toContain(each);
  expect(program.files).toMatch(/^[0-9a-f]{64}$/);
});

/** The policy without its days. */
function undated({ document, kind, name }: Policy): Policy {
  const copy = JSON.parse(JSON.stringify(document)) as {
    Statement: { Condition?: Record<string, unknown> }[];
  };
  for (const { Condition = {} } of copy.Statement)
    for (const operator of Object.keys(Condition))
      if (operator.startsWith('Date')) delete Condition[operator];
  return compile(copy, { kind, name });
}

function beside(day: string, days: 1 | -1): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
