/**
 * What AWS takes for the same is no finding: edits of a template that change nothing of what it allows, of the kinds that people
 * and tools make, with `prove`, `evidence` and `custody`. All edits of a set are made together; if one of them is found, each is
 * made by itself, so that the test names it.
 */
import { type Assembly, worldOf } from '../../lib/assembly';
import { judgeAll } from '../../lib/compliance/checks';
import { judgedOf } from '../../lib/compliance/judged';
import { custodyStatement } from '../../lib/custody/statement';
import { findingsOf } from '../../lib/proof/findings';
import { linesOf } from '../../lib/proof/in-words';
import { prove } from '../../lib/proof/prove';
import { bundleDigests } from '../../lib/start/bundles';
import { withEdited } from '../assembly/edited-copy';
import { sampleFolder } from '../stacks/sample-assembly';

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever an edit makes of it
type Json = any;
type Edit = (template: Json) => void;

const FILE = 'Organisation-dwp.template.json';
const ACCOUNT = '100000000011';
const STRANGER = 'arn:aws:iam::999999999999:root';

const named = (template: Json, type: string): [string, Json][] =>
  Object.entries<Json>(template.Resources).filter(([, { Type }]) => Type === type);
const propertiesOf = (template: Json, type: string) =>
  named(template, type).map(([, each]) => each.Properties);
const bucketPolicy = (template: Json) =>
  propertiesOf(template, 'AWS::S3::BucketPolicy').map(({ PolicyDocument }) => PolicyDocument)[0];
const keyPolicy = (template: Json) =>
  propertiesOf(template, 'AWS::KMS::Key').find((each) => JSON.stringify(each.Tags).includes('shared-data'))
    .KeyPolicy;
const points = (template: Json) => propertiesOf(template, 'AWS::S3::AccessPoint').map(({ Policy }) => Policy);
const trusts = (template: Json) =>
  propertiesOf(template, 'AWS::IAM::Role').map((each) => each.AssumeRolePolicyDocument);
const documents = (template: Json): Json[] => [
  bucketPolicy(template),
  keyPolicy(template),
  ...points(template),
  ...trusts(template),
];
const statements = (template: Json): Json[] => documents(template).flatMap(({ Statement }) => Statement);

/** Changes every text below a value. */
function texts(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => texts(each, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, texts(each, change)]));
}
/** Changes every test of every condition: an operator with its keys. */
function conditions(template: Json, change: (operator: string, keys: Json) => [string, Json]): void {
  for (const each of statements(template))
    if (each.Condition !== undefined)
      each.Condition = Object.fromEntries(
        Object.entries(each.Condition).map(([operator, keys]) => change(operator, keys)),
      );
}
const moments = (change: (text: string) => string) => (template: Json) =>
  conditions(template, (operator, keys) => [
    operator,
    operator.startsWith('Date') ? texts(keys, change) : keys,
  ]);
const rename = (template: Json, type: string): void => {
  const ids = named(template, type).map(([id]) => id);
  const renamed = Object.fromEntries(
    Object.entries<Json>(template.Resources).map(([id, each]) => [
      ids.includes(id) ? `${id}Renamed` : id,
      each,
    ]),
  );
  const references = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(references);
    if (value === null || typeof value !== 'object') return value;
    if (ids.includes(value.Ref)) return { Ref: `${value.Ref}Renamed` };
    const [id, attribute] = Array.isArray(value['Fn::GetAtt']) ? value['Fn::GetAtt'] : [];
    if (ids.includes(id)) return { 'Fn::GetAtt': [`${id}Renamed`, attribute] };
    return Object.fromEntries(
      Object.entries<Json>(value).map(([name, each]) => [
        name,
        name === 'DependsOn'
          ? [each].flat().map((on) => (ids.includes(on) ? `${on}Renamed` : on))
          : references(each),
      ]),
    );
  };
  template.Resources = references(renamed);
};
/** Writes the resource of every statement of a document in another form. */
const resources = (document: Json, write: (arn: string) => Json) => {
  for (const each of document.Statement)
    each.Resource = [each.Resource].flat().map((arn) => (typeof arn === 'string' ? write(arn) : arn));
};
const bucketId = (template: Json) =>
  named(template, 'AWS::S3::Bucket').find(([, each]) =>
    String(each.Properties.BucketName).includes('exchange'),
  );

const FIRST: Readonly<Record<string, Edit>> = {
  'statements in another order': (t) => {
    for (const { Statement } of documents(t)) Statement.reverse();
  },
  'other Sids': (t) => {
    for (const [n, each] of bucketPolicy(t).Statement.entries()) each.Sid = `Renamed${n}`;
  },
  'no Sids': (t) => {
    for (const { Statement } of points(t)) for (const each of Statement) delete each.Sid;
  },
  'other logical ids': (t) => rename(t, 'AWS::S3::AccessPoint'),
  'Fn::Sub': (t) =>
    resources(points(t)[0], (arn) => ({ 'Fn::Sub': arn.replace(ACCOUNT, '$'.concat('{AWS::AccountId}')) })),
  'Fn::Sub with values of its own': (t) =>
    resources(points(t)[1], (arn) => ({
      'Fn::Sub': [arn.replace(ACCOUNT, '$'.concat('{Who}')), { Who: { Ref: 'AWS::AccountId' } }],
    })),
  'Fn::Join': (t) => resources(points(t)[2], (arn) => ({ 'Fn::Join': [':', arn.split(':')] })),
  'Fn::GetAtt with a dot': (t) => {
    const [id, { Properties }] = bucketId(t) ?? ['', { Properties: {} }];
    resources(bucketPolicy(t), (arn) =>
      arn === `arn:aws:s3:::${Properties.BucketName}` ? { 'Fn::GetAtt': `${id}.Arn` } : arn,
    );
  },
  Ref: (t) => {
    const [id, { Properties }] = bucketId(t) ?? ['', { Properties: {} }];
    resources(bucketPolicy(t), (arn) =>
      typeof arn === 'string' && arn.startsWith(`arn:aws:s3:::${Properties.BucketName}/`)
        ? {
            'Fn::Join': [
              '',
              ['arn:aws:s3:::', { Ref: id }, arn.slice(`arn:aws:s3:::${Properties.BucketName}`.length)],
            ],
          }
        : arn,
    );
  },
  'an action as text': (t) =>
    statements(t).forEach((each) => {
      if (Array.isArray(each.Action) && each.Action.length === 1) each.Action = each.Action[0];
    }),
  'principals as numbers of accounts': (t) => {
    for (const { Statement } of points(t))
      for (const each of Statement)
        each.Principal = texts(each.Principal, (text) => text.replace(/^arn:aws:iam::(\d{12}):root$/, '$1'));
  },
  'keys of conditions in other case': (t) =>
    conditions(t, (operator, keys) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [key.includes('Tag/') ? key : key.toUpperCase(), value]),
      ),
    ]),
  'tags, metadata and outputs': (t) => {
    for (const each of propertiesOf(t, 'AWS::S3::Bucket'))
      each.Tags = [...(each.Tags ?? []), { Key: 'cost-centre', Value: '4711' }];
    for (const each of Object.values<Json>(t.Resources))
      each.Metadata = { ...each.Metadata, 'aws:cdk:path': 'elsewhere' };
    t.Outputs = { ...t.Outputs, Where: { Value: 'x' } };
  },
  'resources in another order': (t) =>
    (t.Resources = Object.fromEntries(Object.entries(t.Resources).reverse())),
  'the version last': (t) =>
    documents(t).forEach((each) => {
      const { Version } = each;
      delete each.Version;
      each.Version = Version;
    }),
  'a condition that always holds': (t) => {
    t.Conditions = { ...t.Conditions, Always: { 'Fn::Equals': ['a', 'a'] } };
    for (const [, each] of named(t, 'AWS::S3::BucketPolicy')) each.Condition = 'Always';
  },
  'a dashboard that shows nothing yet': (t) =>
    (t.Resources.Seen = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{}' } }),
  'a dashboard that shows a metric': (t) => {
    const widgets = [{ type: 'metric', properties: { metrics: [['AWS/Lambda', 'Errors']] } }];
    t.Resources.Shown = {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardBody: JSON.stringify({ widgets }) },
    };
  },
  'a parameter that nothing reads': (t) => {
    t.Resources.Note = {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/team/owner', Type: 'String', Value: 'x' },
    };
  },
  'days in seconds since 1970': moments((text) => String(Date.parse(text) / 1000)),
};

const SECOND: Readonly<Record<string, Edit>> = {
  'an action in other case': (t) =>
    statements(t).forEach((each) => {
      each.Action = texts(each.Action, (text) => text.replace(/:(.*)/, (all) => all.toUpperCase()));
    }),
  'everybody as a star alone': (t) =>
    statements(t).forEach((each) => {
      if (each.Principal?.AWS === '*') each.Principal = '*';
    }),
  'ArnLike for ArnEquals': (t) =>
    conditions(t, (operator, keys) => [
      operator.replace('ArnEquals', 'ArnLike').replace('ArnNotEquals', 'ArnNotLike'),
      keys,
    ]),
  'days with an offset': moments((text) =>
    new Date(Date.parse(text) + 3_600_000).toISOString().replace('.000Z', '+01:00'),
  ),
  'a statement twice': (t) => {
    const [first] = points(t)[0].Statement;
    points(t)[0].Statement.push({ ...first, Sid: `${first.Sid}Again` });
  },
  'a statement parted': (t) => {
    for (const document of [bucketPolicy(t), keyPolicy(t)])
      document.Statement = document.Statement.flatMap((each: Json) =>
        Array.isArray(each.Action) && each.Action.length > 1 && each.Effect === 'Allow'
          ? each.Action.map((Action: string, n: number) => ({ ...each, Sid: `${each.Sid}${n}`, Action }))
          : [each],
      );
  },
  'a stranger denied': (t) =>
    bucketPolicy(t).Statement.push({
      Sid: 'DenyAStranger',
      Effect: 'Deny',
      Principal: { AWS: STRANGER },
      Action: 's3:*',
      Resource: '*',
    }),
  'TLS 1.3 at least': (t) => {
    for (const { Condition } of bucketPolicy(t).Statement)
      if (Condition?.NumericLessThan?.['s3:TlsVersion'] !== undefined)
        Condition.NumericLessThan['s3:TlsVersion'] = '1.3';
  },
  'what is denied denied again, to everybody': (t) => {
    const deny = bucketPolicy(t).Statement.find((each: Json) =>
      JSON.stringify(each.Condition).includes('SecureTransport'),
    );
    bucketPolicy(t).Statement.push({ ...deny, Sid: 'DenyOnceMore' });
  },
};

/** Everything that the three commands find, but that a template is not the one that its name says. */
function found(assembly: Assembly): string[] {
  const bundles = bundleDigests();
  const { keys, attention } = custodyStatement(assembly);
  return [
    ...findingsOf(prove(worldOf(assembly), new Set([ACCOUNT]), { bundles })).map((each) =>
      linesOf(each).join('\n'),
    ),
    ...judgeAll(judgedOf(assembly)).flatMap(({ check, judgements }) =>
      check.id === 'TPL-HASH'
        ? []
        : judgements.flatMap(({ outcome }) => (outcome === 'fail' ? [check.id] : [])),
    ),
    ...[...keys.flatMap((each) => each.attention), ...attention].map((each) => JSON.stringify(each)),
  ];
}

let before: readonly string[];
beforeAll(() => {
  before = found(withEdited(sampleFolder(), {}));
});

/** What is found of some edits, made one after the other, and was not found before. */
function foundOf(edits: readonly Edit[]): string[] {
  const edit: Edit = (template) => {
    for (const each of edits) {
      const was = JSON.stringify(template);
      each(template);
      if (JSON.stringify(template) === was) throw new Error(`an edit that changes nothing: ${each}`);
    }
  };
  const known = [...before];
  return found(withEdited(sampleFolder(), { [FILE]: edit })).filter((each) => {
    const at = known.indexOf(each);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

test.each([
  ['a first set of edits', FIRST],
  ['a second set of edits', SECOND],
])('%s, none of which changes what AWS allows, is no finding', (_what, set) => {
  const together = foundOf(Object.values(set));
  const guilty =
    together.length === 0
      ? []
      : Object.entries(set).flatMap(([what, edit]) => foundOf([edit]).map((each) => `${what}: ${each}`));
  expect([together.slice(0, 3), guilty]).toEqual([[], []]);
});

/** Each takes away what somebody is to have, and gives nobody anything. */
const NARROWER: Readonly<Record<string, readonly [edit: Edit, less: RegExp]>> = {
  'an agreement that ends a day early': [
    (t) => {
      const ends = points(t)[0]
        .Statement.map((each: Json) => each.Condition?.DateLessThan)
        .find(Boolean);
      const day = new Date(Date.parse(ends['aws:CurrentTime']) - 86_400_000).toISOString();
      for (const { Condition } of points(t)[0].Statement)
        if (Condition?.DateLessThan !== undefined)
          Condition.DateLessThan['aws:CurrentTime'] = day.replace('.000Z', 'Z');
    },
    /^(?:missing: |SHARE-DAYS$)/,
  ],
  'depositors who may not recall': [
    (t) => {
      for (const { Policies, RoleName } of propertiesOf(t, 'AWS::IAM::Role'))
        if (RoleName === 'concordat-deposit')
          Policies[0].PolicyDocument.Statement = Policies[0].PolicyDocument.Statement.filter(
            ({ Action }: Json) => ![Action].flat().includes('s3:DeleteObject'),
          );
    },
    /^missing: .*DeleteObject/,
  ],
  'TLS that nobody has': [
    (t) => {
      for (const { Condition } of bucketPolicy(t).Statement)
        if (Condition?.NumericLessThan?.['s3:TlsVersion'] !== undefined)
          Condition.NumericLessThan['s3:TlsVersion'] = '1.4';
    },
    /^(?:missing: |S3-TLS12$)/,
  ],
};

test.each(Object.entries(NARROWER))('%s is told as less, and never as more', (_what, [edit, less]) => {
  const lines = foundOf([edit]);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((each) => !less.test(each))).toEqual([]);
});

test('a parameter that something reads is found', () => {
  const stop: Edit = (t) => {
    t.Resources.Note = {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/concordat/stops/x', Type: 'String', Value: '*' },
    };
  };
  expect(foundOf([stop])).toEqual([
    expect.stringContaining('is AWS::SSM::Parameter /concordat/stops/x, which nothing'),
  ]);
});

test('the sets hold what an edit that gives would show', () => {
  const more: Edit = (t) =>
    bucketPolicy(t).Statement.push({
      Sid: 'Rogue',
      Effect: 'Allow',
      Principal: { AWS: STRANGER },
      Action: 's3:GetObject',
      Resource: bucketPolicy(t).Statement[0].Resource,
    });
  expect(foundOf([...Object.values(SECOND), more]).length).toBeGreaterThan(0);
});
