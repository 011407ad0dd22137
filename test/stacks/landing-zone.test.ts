/** That the landing zone is one stack for each organisation, in its own account, in London, and loses no data. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyStack } from '../../lib/assembly';
import { registerOf } from '../policy/sample-register';
import { append, type Edit, edited, SAMPLE, set } from '../register/samples';
import { ofType, type Sample, synthesised, textOf } from './sample-assembly';
import { policiesIn } from './template-policies';

const register = registerOf();

let sample: Sample;
beforeAll(() => {
  sample = synthesised();
});

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      { readonly type: string; readonly properties?: { readonly terminationProtection?: boolean } }
    >
  >;
}

const external = register.organisations.filter((each) => each.membership === 'external');
const template = (stack: AssemblyStack) => JSON.parse(textOf(sample, stack.file)) as Record<string, unknown>;

it('has one stack for each organisation and eight of the operator, each in its own account and in London', () => {
  const expected = register.organisations.map(({ id, account }) => `Organisation-${id} ${account} eu-west-2`);
  const found = sample.stacks.map(({ name, account, region }) => `${name} ${account} ${region}`);
  expect(found.sort()).toEqual(
    [
      ...expected,
      ...[
        ...['Access-analyzer', 'Baseline', 'Budgets'],
        ...['Guardrails', 'Guardrails-s3', 'Guardrails-services', 'Trail'],
      ].map((name) => `${name} ${register.zone.accounts.management} eu-west-2`),
      `Zone ${register.zone.accounts.zone} eu-west-2`,
    ].sort(),
  );
});

it('names no Region but London in any template', () => {
  for (const { file, name } of sample.stacks) {
    const regions = textOf(sample, file).match(/\b(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d\b/g) ?? [];
    // Their policies speak of every Region, and the analyzer is where its stack is.
    const named = name.startsWith('Guardrails-') || name === 'Access-analyzer' ? [] : ['eu-west-2'];
    expect([file, [...new Set(regions)]]).toEqual([file, named]);
  }
});

/** What is known only once something else was deployed or tried, and so is told when the stack is deployed. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  Baseline: ['TriedInCanary', 'Units'],
  Trail: ['LogFilesKey'],
};

it('has templates that stand by themselves: no imports or exports, no conditions, no macros, and three parameters in all', () => {
  for (const stack of sample.stacks) {
    const { Resources: _, Description, Parameters = {}, Outputs = {}, ...others } = template(stack);
    expect([stack.name, Object.keys(others)]).toEqual([stack.name, []]);
    expect([stack.name, Object.keys(Parameters as object)]).toEqual([stack.name, TOLD[stack.name] ?? []]);
    // An output that is exported could be imported elsewhere.
    expect([stack.name, JSON.stringify(Outputs).includes('Export')]).toEqual([stack.name, false]);
    expect(Description).toMatch(/^Concordat: /);
    expect(textOf(sample, stack.file)).not.toMatch(
      /Fn::(?:ImportValue|GetStackOutput|If|Transform)|resolve:/,
    );
  }
});

it('protects every stack that holds data from being deleted, and retains what holds it', () => {
  const { artifacts } = JSON.parse(readFileSync(join(sample.folder, 'manifest.json'), 'utf8')) as Manifest;
  for (const { name, resources } of sample.stacks) {
    const holding = Object.values(resources).filter(({ Type }) =>
      ['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy'].includes(Type),
    );
    if (holding.length > 0)
      expect([name, artifacts[name]?.properties?.terminationProtection]).toEqual([name, true]);
    for (const each of holding)
      expect(each).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  }
});

it('tags every resource that takes tags with its organisation', () => {
  const tagged = [
    'AWS::KMS::Key',
    'AWS::S3::Bucket',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::SNS::Topic',
    'AWS::CloudWatch::Alarm',
    'AWS::Events::Rule',
    'AWS::GuardDuty::MalwareProtectionPlan',
  ];
  for (const { id } of register.organisations)
    for (const type of tagged)
      for (const { Properties } of ofType(sample.stackOf(id), type))
        expect(Properties?.Tags).toContainEqual({ Key: 'concordat:organisation', Value: id });
});

describe.each(external.map((each) => [each.id, each] as const))(
  'the stack that %s is handed',
  (id, { account }) => {
    it('holds the roles with which it collects and reads its receipts, and nothing else', () => {
      const stack = sample.stackOf(id);
      const roles = ofType(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties?.RoleName);
      expect(roles).toEqual(['concordat-collect', 'concordat-receipts']);
      expect(Object.values(stack.resources)).toHaveLength(2);
      expect(stack.account).toBe(account);
    });

    it('needs no bootstrap, no parameter and no asset', () => {
      const { artifacts } = JSON.parse(
        readFileSync(join(sample.folder, 'manifest.json'), 'utf8'),
      ) as Manifest;
      expect(Object.keys(artifacts)).not.toContain(`Organisation-${id}.assets`);
      expect(template(sample.stackOf(id))).not.toHaveProperty('Parameters');
      expect(template(sample.stackOf(id))).not.toHaveProperty('Rules');
    });
  },
);

describe('the policies that every share relies on', () => {
  /** The agreement on air quality, so many times over, each with its two recipients. */
  const agreements = (count: number): Edit[] =>
    Array.from({ length: count }, (_, index) => (files) => {
      const text = Buffer.from(files.get('agreements/air-quality-readings.yaml') ?? '').toString('utf8');
      const id = `air-quality-readings-${index}`;
      files.set(`agreements/${id}.yaml`, Buffer.from(text.replace(/^id: .*$/m, `id: ${id}`)));
    });
  const without: Edit = (files) => {
    for (const path of [...files.keys()]) if (/^(?:agreements|approvals)\//.test(path)) files.delete(path);
  };
  const policiesOf = (edits: readonly Edit[]) => {
    const { stacks } = synthesised({ files: edited(SAMPLE, ...edits) });
    const all = stacks
      .filter(({ name }) => /^Organisation-(?:belfast|leeds)$/.test(name))
      .flatMap(policiesIn);
    return {
      accessPoints: all.filter(({ kind }) => kind === 'access point').length,
      others: all
        .filter(({ kind }) => ['key', 'bucket', 'trust'].includes(kind) || kind === 'identity')
        .filter(({ where }) => /Collect|Deposit|Exchange|EncryptionKey|Malware/.test(where))
        .map(({ where, policy }) => `${where} ${JSON.stringify(policy)}`),
    };
  };

  it('are the same byte for byte with no share, with one agreement, and with fifty', () => {
    const none = policiesOf([without]);
    const one = policiesOf([...agreements(1).map((add) => keepOnly(add, without))]);
    const fifty = policiesOf([...agreements(50)]);
    expect(none.accessPoints).toBe(0);
    expect(one.accessPoints).toBeGreaterThan(0);
    expect(fifty.accessPoints).toBeGreaterThan(150);
    expect(none.others.length).toBeGreaterThan(8);
    expect(one.others).toEqual(none.others);
    expect(fifty.others).toEqual(none.others);
  });

  /** Adds with what is there, then takes away what was there. */
  function keepOnly(add: Edit, remove: Edit): Edit {
    return (files) => {
      const before = new Set(files.keys());
      add(files);
      const added = [...files].filter(([path]) => !before.has(path));
      remove(files);
      for (const [path, bytes] of added) files.set(path, bytes);
    };
  }
});

it('makes the same roles, key and bucket whatever an organisation is called: ids, not names, are in AWS names', () => {
  const renamed = edited(
    SAMPLE,
    set('organisations/leeds.yaml', { name: 'City of Leeds Combined Authority' }),
  );
  const resources = (from: Sample) => Object.values(from.stackOf('leeds').resources);
  expect(resources(synthesised({ files: renamed }))).toEqual(resources(sample));
});

it('is not changed by comments and the order of settings in files', () => {
  const commented = edited(SAMPLE, append('organisations/leeds.yaml', '# Nothing to see here.\n'));
  const { folder } = synthesised({ files: commented });
  for (const { file } of sample.stacks) expect(textOf({ folder }, file)).toBe(textOf(sample, file));
});
