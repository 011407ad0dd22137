/** That asking cdk-nag about one resource of each shape finds what asking it about each resource finds. */
import { type App, CfnResource, type PolicyValidationStack, Stack } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { synthApp } from '../../../lib/commands/assembly/synth-app';
import { namesByAccount } from '../../../lib/compliance';
import { AwsSolutionsByShape, NistByShape, type ShapeOf } from '../../../lib/compliance/packs/asked-by-shape';
import { dateOf } from '../../../lib/register/calendar';
import { readRegisterFolder } from '../../../lib/register/folder';
import { addLandingZone } from '../../../lib/stacks/landing-zone';
import type { ToldShapes } from '../../../lib/stacks/validator';
import { TemplateValidation } from '../../../lib/stacks/validator/template-validation';
import { AS_OF, generateRegister } from '../../bench/generate-register';
import { registerOf } from '../../policy/sample-register';
import { temporaryFolder } from '../../stacks/sample-assembly';

/** Seeded faults, each for a rule of another kind. */
const FAULTS: readonly (readonly [what: string, rule: string, (resource: CfnResource) => boolean])[] = [
  [
    'a bucket that keeps no versions',
    'NIST.800.53.R5-S3BucketVersioningEnabled',
    (of) =>
      of instanceof CfnBucket &&
      changed(() => Object.assign(of, { versioningConfiguration: { status: 'Suspended' } })),
  ],
  [
    'a bucket whose policy does not demand TLS',
    'AwsSolutions-S10',
    (of) =>
      of instanceof CfnBucketPolicy &&
      changed(() => Object.assign(of, { policyDocument: withoutDenials(of, of.policyDocument) })),
  ],
  [
    'a queue whose policy does not demand TLS',
    'AwsSolutions-SQS4',
    (of) =>
      of instanceof CfnQueuePolicy &&
      changed(() => Object.assign(of, { policyDocument: withoutDenials(of, of.policyDocument) })),
  ],
  [
    'a function of an old runtime',
    'AwsSolutions-L1',
    (of) => of instanceof CfnFunction && changed(() => Object.assign(of, { runtime: 'nodejs18.x' })),
  ],
  [
    'a key that is not rotated',
    'AwsSolutions-KMS5',
    (of) =>
      of instanceof CfnKey &&
      of.enableKeyRotation === true &&
      changed(() => Object.assign(of, { enableKeyRotation: false })),
  ],
  [
    'a log without a key',
    'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
    (of) => of instanceof CfnLogGroup && changed(() => Object.assign(of, { kmsKeyId: undefined })),
  ],
];

function changed(change: () => void): true {
  change();
  return true;
}

function withoutDenials(of: CfnResource, document: unknown): unknown {
  const { Statement, ...rest } = of.stack.resolve(document) as { Statement: { Effect: string }[] };
  return { ...rest, Statement: Statement.filter(({ Effect }) => Effect !== 'Deny') };
}

const ONLY_TLS = {
  Statement: [
    {
      ...{ Effect: 'Deny', Principal: '*', Action: 's3:*' },
      Resource: ['arn:aws:s3:::the-same', 'arn:aws:s3:::the-same/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
};

/** Gives the shapes of templates, and has none judged. */
class Shapes extends TemplateValidation {
  protected override judge() {
    return [];
  }
}

let app: App;
let shapeOf: ShapeOf;
/** The stack with each fault. */
const victims = new Map<string, string>();
beforeAll(() => {
  const files = temporaryFolder();
  generateRegister(files, { kind: 'zone', organisations: 40 });
  const asOf = dateOf(AS_OF);
  const register = registerOf(readRegisterFolder(files), asOf);
  app = synthApp(temporaryFolder());
  addLandingZone(app, register, asOf);
  const all = app.node.children.filter(
    (each): each is Stack => Stack.isStack(each) && each.node.id.startsWith('Organisation-'),
  );
  for (const [what, , seed] of FAULTS) {
    // Of the later ones, so that others of their shape are asked about first.
    const victim = all
      .slice(0, -1)
      .findLast(
        ({ node }) =>
          ![...victims.values()].includes(node.path) &&
          node.findAll().filter(CfnResource.isCfnResource).some(seed),
      );
    if (victim === undefined) throw new Error(`there is no place for ${what}`);
    victims.set(what, victim.node.path);
  }
  const stackTemplates = app.synth().stacks.map(
    (stack): PolicyValidationStack => ({
      stackConstructPath: stack.hierarchicalId,
      templatePath: stack.templateFullPath,
      accountId: stack.environment.account,
      region: stack.environment.region,
    }),
  );
  const validation = new Shapes(namesByAccount(register));
  let told: ToldShapes = new Map();
  validation.whenShaped = (shapes) => {
    told = shapes;
  };
  validation.validate({ stackTemplates, templatePaths: [], appConstruct: app });
  shapeOf = ({ stack, logicalId }) => {
    const shape = told.get(stack.node.path);
    const own = shape?.labels.get(stack.resolve(logicalId));
    return shape === undefined || own === undefined
      ? undefined
      : { own: String(own), stack: String(shape.whole) };
  };
});

type ByShape = typeof AwsSolutionsByShape | typeof NistByShape;
const reports = new Map<ByShape, ReturnType<AwsSolutionsByShape['validateScope']>>();

/** What a pack finds by shape, asked once for all tests. */
function reportOf(pack: ByShape) {
  const report = reports.get(pack) ?? new pack(shapeOf).validateScope(app);
  reports.set(pack, report);
  return report;
}

describe.each([
  ['AWS Solutions', new AwsSolutionsChecks(undefined, { verbose: true }), AwsSolutionsByShape],
  ['NIST SP 800-53', new NIST80053R5Checks(undefined, { verbose: true }), NistByShape],
])('%s', (_pack, each, ByShape) => {
  it('finds the same, in the same order and words', () => {
    const report = each.validateScope(app);
    expect(report.violations).not.toEqual([]);
    expect(reportOf(ByShape)).toEqual(report);
    expect(new ByShape(() => undefined).validateScope(app)).toEqual(report);
  });
});

test('a rule that looks at others in the stack is asked in each shape of stack', () => {
  const two = synthApp(temporaryFolder());
  for (const [name, isDemanded] of [
    ['Demanded', true],
    ['Open', false],
  ] as const) {
    const stack = new Stack(two, name);
    new CfnBucket(stack, 'Bucket', { bucketName: 'the-same' });
    // By its name: the bucket itself refers to nothing, and nothing refers to it.
    if (isDemanded) new CfnBucketPolicy(stack, 'Policy', { bucket: 'the-same', policyDocument: ONLY_TLS });
  }
  const byOwn: ShapeOf = ({ node, cfnResourceType, stack }) => ({
    own: cfnResourceType,
    stack: `${stack.node.id} ${node.id}`,
  });
  const tls = ({ violations }: { violations: { ruleName: string }[] }) =>
    violations.filter(({ ruleName }) => ruleName === 'AwsSolutions-S10');
  const asked = tls(new AwsSolutionsChecks(undefined, { verbose: true }).validateScope(two));
  expect(asked).toMatchObject([{ violatingResources: [{ constructPath: 'Open/Bucket' }] }]);
  expect(tls(new AwsSolutionsByShape(byOwn).validateScope(two))).toEqual(asked);
});

test('few resources have a shape of their own', () => {
  const resources = app.node.findAll().filter(CfnResource.isCfnResource);
  const shapes = resources.map(shapeOf);
  expect(shapes).not.toContain(undefined);
  expect(new Set(shapes.map((each) => `${each?.own} ${each?.stack}`)).size).toBeLessThan(
    resources.length / 2,
  );
  expect(new Set(shapes.map((each) => each?.own)).size).toBeLessThan(resources.length / 4);
});

test.each(FAULTS)('in one of many, %s is found', (what, rule) => {
  const found = [AwsSolutionsByShape, NistByShape].flatMap((pack) =>
    reportOf(pack)
      .violations.filter(({ ruleName }) => ruleName === rule)
      .flatMap(({ violatingResources }) => violatingResources.map(({ constructPath = '' }) => constructPath)),
  );
  expect(found.filter((path) => path.startsWith(`${victims.get(what)}/`))).not.toEqual([]);
});
