/** That nothing is passed over that CloudFormation would do with an assembly beside making its resources as they stand. */
import { AssemblyError, stackSetTemplate, worldOf } from '../../lib/assembly';
import type { Json } from '../compliance/judged-sample';
import { sampleFolder } from '../stacks/sample-assembly';
import { type Edits, resourceOf, withEdited } from './edited-copy';

const DWP = 'Organisation-dwp.template.json';
const ZONE = 'Zone.template.json';
const TRAIL = 'Trail.template.json';
const MANIFEST = 'manifest.json';

const DWP_NOTES = 'Organisation-dwp.metadata.json';

/** As the CDK wrote one before there were manifests of assets, and still reads it. */
const A_FILE_TO_UPLOAD = {
  type: 'aws:cdk:asset',
  data: {
    ...{ id: 'more', packaging: 'file', sourceHash: 'more', path: 'more' },
    ...{ s3BucketParameter: 'Bucket', s3KeyParameter: 'Key', artifactHashParameter: 'Hash' },
  },
};

/** Edits what the zone’s dashboard shows. */
function dashboard(edit: (body: Json) => void): (template: Json) => void {
  return (template) => {
    const { Properties } = resourceOf(template, 'AWS::CloudWatch::Dashboard');
    const body: Json = JSON.parse(Properties.DashboardBody);
    edit(body);
    Properties.DashboardBody = JSON.stringify(body);
  };
}

const notUnderstood = (edits: Edits) => worldOf(withEdited(sampleFolder(), edits)).notUnderstood;

test('of the sample, nothing is left', () => {
  expect(notUnderstood({})).toEqual([]);
});

test.each<[string, Edits, RegExp]>([
  [
    'a macro',
    { [DWP]: (template) => Object.assign(template, { Transform: ['AWS::LanguageExtensions'] }) },
    /^Organisation-dwp\.template\.json has Transform, .*write out what it would make$/,
  ],
  [
    'an include among properties',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::SQS::Queue').Properties['Fn::Transform'] = {
          Name: 'AWS::Include',
          Parameters: { Location: 's3://somewhere/more.json' },
        };
      },
    },
    /^Zone\/LogArchiveUnreadable\w+ holds Fn::Transform, .*write it out$/,
  ],
  [
    'a policy for updates, which could run a function',
    {
      [DWP]: (template) => {
        resourceOf(template, 'AWS::Lambda::Alias').UpdatePolicy = { CodeDeployLambdaAliasUpdate: {} };
      },
    },
    /has UpdatePolicy beside its properties, .*take it out$/,
  ],
  [
    'something beside a role’s policy',
    {
      [DWP]: (template) => {
        resourceOf(template, 'AWS::IAM::Role', 'DepositRole').Properties.Policies[0].PolicyScope = 'x';
      },
    },
    /^Organisation-dwp\/DepositRole\w+ Policies\.0 has PolicyScope, which is not judged: take it out$/,
  ],
  [
    'a stack by another name',
    {
      [MANIFEST]: (manifest) => {
        manifest.artifacts['Organisation-dwp'].properties.stackName = 'Elsewhere';
      },
    },
    /^manifest\.json: Organisation-dwp is deployed as the stack Elsewhere/,
  ],
  [
    'tags that every resource of a stack would get',
    {
      [MANIFEST]: (manifest) => {
        manifest.artifacts['Organisation-dwp'].properties.tags = [{ Key: 'concordat:key', Value: 'shared' }];
      },
    },
    /^manifest\.json: Organisation-dwp has tags, which changes what is deployed/,
  ],
  [
    'a file that the CDK would upload, by a note on a construct',
    {
      [DWP_NOTES]: (notes) => {
        notes['/Organisation-dwp/Bucket/Resource'] = [A_FILE_TO_UPLOAD];
      },
    },
    /^Organisation-dwp\.metadata\.json: Organisation-dwp\/Bucket\/Resource has a note of type aws:cdk:asset, .*take it out$/,
  ],
  [
    'a note of a type that is not known',
    {
      [DWP_NOTES]: (notes) => {
        notes['/Organisation-dwp'] = [{ type: 'aws:cdk:stack-tags', data: [{ key: 'more', value: 'more' }] }];
      },
    },
    /^Organisation-dwp\.metadata\.json: Organisation-dwp has a note of type aws:cdk:stack-tags/,
  ],
  [
    'notes in the manifest itself',
    {
      [MANIFEST]: (manifest) => {
        manifest.artifacts['Organisation-dwp'].metadata = { '/Organisation-dwp': [A_FILE_TO_UPLOAD] };
      },
    },
    /^manifest\.json: Organisation-dwp says metadata, which is not judged/,
  ],
  [
    'notes in another file',
    {
      [MANIFEST]: (manifest) => {
        manifest.artifacts['Organisation-dwp'].additionalMetadataFile = 'more.json';
      },
    },
    /^manifest\.json: Organisation-dwp has its notes in more\.json, which are not judged/,
  ],
  [
    'a widget that calls a function for whoever looks at it',
    {
      [ZONE]: dashboard(({ widgets }) => {
        widgets.push({ type: 'custom', properties: { endpoint: 'arn:aws:lambda:eu-west-2:1:function:f' } });
      }),
    },
    /^Zone\/Dashboard\w+ DashboardBody\.widgets\.4 is a widget of type custom, .*take it out$/,
  ],
  [
    'an expression that calls a function for what a widget shows',
    {
      [ZONE]: dashboard(({ widgets: [first] }) => {
        first.properties.metrics.push([{ expression: "LAMBDA('more')" }]);
      }),
    },
    /^Zone\/Dashboard\w+ DashboardBody\.widgets\.0 computes what it shows/,
  ],
  [
    'a variable that rewrites widgets',
    {
      [ZONE]: dashboard((body) => {
        body.variables = [{ type: 'pattern', pattern: 'metric', inputType: 'input', id: 'more' }];
      }),
    },
    /^Zone\/Dashboard\w+ has variables in its DashboardBody/,
  ],
  [
    'a dashboard that is no dashboard',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody =
          '{"widgets":[],"widgets":[]}';
      },
    },
    /^Zone\/Dashboard\w+ has a DashboardBody that is not understood/,
  ],
  [
    'a part of an artefact that is not known',
    {
      [MANIFEST]: (manifest) => {
        manifest.artifacts['Organisation-dwp'].hooks = ['more'];
      },
    },
    /^manifest\.json: Organisation-dwp says hooks, which is not judged/,
  ],
  [
    'a loop in a list',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::SQS::QueuePolicy').Properties.Queues = [{ 'Fn::ForEach::Queue': [] }];
      },
    },
    /holds Fn::ForEach, .*write it out$/,
  ],
  [
    'a macro in the template that a StackSet holds',
    {
      'Baseline.template.json': (template) => {
        const { Properties } = resourceOf(template, 'AWS::CloudFormation::StackSet');
        const body: Json = { ...(stackSetTemplate(Properties.TemplateBody) as Json), Transform: 'More' };
        Properties.TemplateBody = JSON.stringify(body);
      },
    },
    /^the template in Baseline\/BaselineStackSet\w+ has Transform/,
  ],
  [
    'a value from Parameter Store inside a text',
    {
      [ZONE]: (template) => {
        const [first] = resourceOf(template, 'AWS::SNS::Topic').Properties.Subscription;
        first.Endpoint = 'alerts@{{resolve:ssm:/domain}}';
      },
    },
    /^Zone\/SecurityAlertsTopic\w+ holds alerts@\{\{resolve:ssm:\/domain\}\}, .*write the value out$/,
  ],
  [
    'a reference that is text',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::KMS::Alias').Properties.TargetKeyId = `\${LogArchiveKey8255221A.Arn}`;
      },
    },
    /holds \$\{LogArchiveKey8255221A\.Arn\}, which is text and no reference: write it with Fn::Sub/,
  ],
  [
    'a condition that a deployment settles',
    {
      [TRAIL]: (template) => {
        template.Conditions = { Told: { 'Fn::Equals': [{ Ref: 'LogFilesKey' }, 'arn'] } };
        resourceOf(template, 'AWS::CloudTrail::Trail').Condition = 'Told';
      },
    },
    /^Trail\/OrganisationTrail\w+ is made only if Told holds, .*take the condition away/,
  ],
  [
    'a condition that rests on itself',
    {
      [TRAIL]: (template) => {
        template.Conditions = { Round: { 'Fn::Not': [{ Condition: 'Round' }] } };
        resourceOf(template, 'AWS::CloudTrail::Trail').Condition = 'Round';
      },
    },
    /is made only if Round holds/,
  ],
  [
    'a section that is not known',
    { [TRAIL]: (template) => Object.assign(template, { Mappings: { A: { B: { C: 'D' } } } }) },
    /^Trail\.template\.json has a section Mappings, .*take it out$/,
  ],
  [
    'an attribute of a resource that is not known',
    {
      [DWP]: (template) => {
        resourceOf(template, 'AWS::S3::Bucket').Fate = 'unknown';
      },
    },
    /^Organisation-dwp\/ExchangeBucket\w+ has Fate beside its properties/,
  ],
  [
    'a parameter with a value of its own',
    {
      [TRAIL]: (template) => {
        template.Parameters.LogFilesKey.Default = 'arn:aws:kms:eu-west-2:100000000021:key/other';
      },
    },
    /^Trail\.template\.json: the parameter LogFilesKey has Default/,
  ],
  [
    'a nested assembly',
    {
      [MANIFEST]: ({ artifacts }) => {
        artifacts['assembly-More'] = {
          type: 'cdk:cloud-assembly',
          properties: { directoryName: 'assembly-More' },
        };
      },
    },
    /^manifest\.json: assembly-More is of type cdk:cloud-assembly, .*take it out/,
  ],
  [
    'a value for a parameter in the manifest',
    {
      [MANIFEST]: ({ artifacts }) => {
        artifacts.Trail.properties.parameters = { LogFilesKey: 'other' };
      },
    },
    /^manifest\.json: Trail has parameters, .*take it out$/,
  ],
  [
    'a template that is deployed from elsewhere',
    {
      [MANIFEST]: ({ artifacts }) => {
        artifacts.Zone.properties.stackTemplateAssetObjectUrl = 's3://somewhere/template.json';
      },
    },
    /^manifest\.json: Zone is deployed from s3:\/\/somewhere\/template\.json/,
  ],
])('%s is not judged, with its place and what to do', (_, edits, message) => {
  expect(notUnderstood(edits)).toEqual([expect.stringMatching(message)]);
});

test('a loop among resources is refused', () => {
  const edits: Edits = {
    [ZONE]: ({ Resources }) => {
      Resources['Fn::ForEach::More'] = ['Name', ['a'], {}];
    },
  };
  expect(() => notUnderstood(edits)).toThrow(AssemblyError);
  expect(() => notUnderstood(edits)).toThrow(/has Fn::ForEach::More among its resources, .*write them out$/);
});

describe('a condition that the template settles', () => {
  const madeIf = (condition: Json): Edits => ({
    [DWP]: (template) => {
      template.Conditions = { Settled: condition, Other: { 'Fn::Not': [{ Condition: 'Settled' }] } };
      resourceOf(template, 'AWS::IAM::Role', 'CollectRole').Condition = 'Settled';
      // It is made after all else, so it would wait for a role that is not made.
      delete resourceOf(template, 'AWS::GuardDuty::MalwareProtectionPlan').DependsOn;
    },
  });
  const collectRole = (edits: Edits) => {
    const { roles, notUnderstood: left } = worldOf(withEdited(sampleFolder(), edits));
    return {
      isMade: roles.some(({ place }) => /^Organisation-dwp\/CollectRole/.test(place)),
      left,
    };
  };

  test.each<[string, Json]>([
    ['two texts alike', { 'Fn::Equals': ['a', 'a'] }],
    ['its own account', { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '100000000011'] }],
    ['one of two', { 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Equals': ['b', 'b'] }] }],
  ])('%s: its resource is made', (_, condition) => {
    expect(collectRole(madeIf(condition))).toEqual({ isMade: true, left: [] });
  });

  test.each<[string, Json]>([
    ['two texts that differ', { 'Fn::Equals': ['a', 'b'] }],
    ['another Region', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }],
    [
      'one that never holds beside one that is open',
      { 'Fn::And': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Equals': [{ Ref: 'Told' }, 'a'] }] },
    ],
  ])('%s: its resource is not made', (_, condition) => {
    expect(collectRole(madeIf(condition))).toEqual({ isMade: false, left: [] });
  });
});

const UPLOADS = 'Organisation-dwp.assets.json';
const fileOf = (uploads: Json, packaging: string): Json =>
  Object.values<Json>(uploads.files).find(({ source }) => source.packaging === packaging);
const placeOf = (file: Json): Json => Object.values<Json>(file.destinations)[0];
const each = (edit: (file: Json) => void) => ['zip', 'file'].map((packaging) => [packaging, edit] as const);

test.each<[string, (file: Json) => void]>([
  ['into a stranger’s bucket', (file) => (placeOf(file).bucketName = 'somebodys-own-bucket')],
  ['into another Region', (file) => (placeOf(file).region = 'us-east-1')],
  ['as a neighbour’s role', (file) => (placeOf(file).assumeRoleArn = 'arn:aws:iam::100000000021:role/x')],
  ['as whoever deploys', (file) => delete placeOf(file).assumeRoleArn],
  ['as a role that asks for more', (file) => (placeOf(file).assumeRoleExternalId = 'x')],
  ['under another name', (file) => (placeOf(file).objectKey = `${'f'.repeat(64)}.zip`)],
  ['to a second place', (file) => (file.destinations.more = { ...placeOf(file), bucketName: 'x-y' })],
  ['by a program', (file) => (file.source = { executable: ['sh', '-c', 'true'] })],
  ['packed otherwise', (file) => (file.source.packaging = file.source.packaging === 'zip' ? 'file' : 'zip')],
  ['with what nobody knows', (file) => (file.fresh = 'x')],
])('a file that is uploaded %s is not passed over', (_, edit) => {
  for (const [packaging, change] of each(edit)) {
    const found = refusedOr({ [UPLOADS]: (uploads) => change(fileOf(uploads, packaging)) });
    expect([packaging, found]).toEqual([packaging, true]);
  }
});

/** Whether it is not understood, or the assembly cannot be read at all. */
function refusedOr(edits: Edits): boolean {
  try {
    return notUnderstood(edits).length > 0;
  } catch (error) {
    if (error instanceof AssemblyError) return true;
    throw error;
  }
}

const DWP_STACK = 'Organisation-dwp';
test.each<[string, Edits]>([
  ['images are made', { [UPLOADS]: (uploads) => (uploads.dockerImages = { x: { source: {} } }) }],
  ['more is uploaded', { [UPLOADS]: (uploads) => (uploads.files.x = fileOf(uploads, 'zip')) }],
  [
    'another stack’s files are uploaded',
    {
      [MANIFEST]: ({ artifacts }) =>
        (artifacts[`${DWP_STACK}.assets`].properties.file = 'Organisation-leeds.assets.json'),
    },
  ],
  [
    'files are uploaded for no stack',
    {
      [MANIFEST]: ({ artifacts }) =>
        (artifacts.More = { type: 'cdk:asset-manifest', properties: { file: UPLOADS } }),
    },
  ],
  [
    'nothing is uploaded',
    {
      [MANIFEST]: ({ artifacts }) => {
        delete artifacts[`${DWP_STACK}.assets`];
      },
    },
  ],
  [
    'a neighbour’s role looks a stack up',
    {
      [MANIFEST]: ({ artifacts }) =>
        (artifacts[DWP_STACK].properties.lookupRole.arn = 'arn:aws:iam::100000000021:role/x'),
    },
  ],
  [
    'the version of the bootstrap is asked elsewhere',
    {
      [MANIFEST]: ({ artifacts }) =>
        (artifacts[DWP_STACK].properties.bootstrapStackVersionSsmParameter = '/elsewhere'),
    },
  ],
])('that %s is not passed over', (_, edits) => {
  expect(refusedOr(edits)).toBe(true);
});

test('a StackSet whose template says that there are no resources is one that makes none', () => {
  const { notUnderstood } = worldOf(
    withEdited(sampleFolder(), {
      'Baseline.template.json': (template) => {
        resourceOf(template, 'AWS::CloudFormation::StackSet').Properties.TemplateBody = '{"Resources":null}';
      },
    }),
  );
  expect(notUnderstood).toContainEqual(expect.stringMatching(/boundary/));
});
