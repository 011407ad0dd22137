/** Reads a world from a cloud assembly. What cannot be read is an error that names the file; nothing is guessed. */
import { createHash } from 'node:crypto';
import { ORIGIN_FILE, REGISTER_FILE } from '../wire';
import { plural } from '../words';
import type { Assembly } from './assembly';
import { Boundaries } from './boundaries';
import { unclaimedArtifacts } from './closed/artifacts';
import { unclaimedOfDashboard } from './closed/dashboards';
import { unclaimedFeatures } from './closed/features';
import { unclaimedUploads } from './closed/uploads';
import { AssemblyError } from './errors';
import { type Placed, placedIn, textIn, toldProperties } from './grounded';
import { askedPolicyFile } from './layout';
import { demandMembers, demandPolicies } from './members';
import { unclaimedNotes } from './metadata';
import { registerFactsOf } from './origin';
import { jsonIn } from './parsed-files';
import { policyIn } from './policies';
import { provenanceOf } from './register';
import { type AssemblyStack, isGroup } from './stack';
import { thingsOf } from './things';
import type { MadeAccessPoint, MadeBucket, MadeRole, MadeTable, World } from './world';
import { madeBaselines } from './world-baseline';
import { baselinesIn, controlsIn, s3PoliciesIn } from './world-guardrails';
import { KEY_ARN, keysOf, STAND_IN_KEY } from './world-keys';

/**
 * Types of which the settings decide what they do, and which the proof holds against what the register asks for. Others than
 * these and those that are read here are not judged.
 */
const SET = new Set([
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::StackSet',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::GuardDuty::MalwareProtectionPlan',
  'AWS::IAM::OIDCProvider',
  'AWS::KMS::Alias',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Organizations::Policy',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
  'AWS::StepFunctions::StateMachine',
]);
/** Types by which nobody is given anything, whatever their settings say. */
const WITHOUT_SAY = new Set([
  // A text about the CDK; CloudFormation does nothing with it.
  'AWS::CDK::Metadata',
]);
/** It gives nobody anything as long as it only shows metrics, with the permissions of those who look at it. */
const DASHBOARD = 'AWS::CloudWatch::Dashboard';
const READ = new Set([
  'AWS::DynamoDB::Table',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::S3::AccessPoint',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
]);
/** Of a bucket: each would copy data elsewhere, or let lists of access count beside policies. */
const UNJUDGED_OF_BUCKETS = ['ReplicationConfiguration', 'AccessControl', 'LoggingConfiguration'] as const;
const UNJUDGED_OF_ROLES = ['ManagedPolicyArns'] as const;

/**
 * What an assembly would put into AWS, as the proof asks it.
 * @throws AssemblyError if any part of it cannot be read or resolved
 */
export function worldOf(assembly: Assembly): World {
  const { asOf } = provenanceOf(assembly);
  demandNamed(assembly);
  const register = registerFactsOf(jsonIn(assembly, REGISTER_FILE), assembly.folder);
  const notUnderstood = [
    ...unclaimedArtifacts(assembly),
    ...unclaimedUploads(assembly),
    ...assembly.stacks.flatMap((stack) => unclaimedFeatures(assembly, stack)),
    ...assembly.stacks.flatMap((stack) => unclaimedNotes(assembly, stack)),
  ];
  const placed = assembly.stacks.flatMap((stack) => judgedIn(stack, notUnderstood));
  const ofType = (type: string) => placed.filter(({ resource }) => resource.Type === type);
  const buckets = bucketsOf(ofType, notUnderstood);
  const boundaries = new Boundaries(baselinesIn(assembly.stacks));
  return {
    asOf,
    register,
    roles: ofType('AWS::IAM::Role').map((each) => roleOf(each, boundaries, notUnderstood)),
    deployers: [
      ...new Set(
        [...assembly.deployers.values()].flatMap(({ asks, deploys }) => [asks ?? [], deploys ?? []].flat()),
      ),
    ].sort(),
    buckets,
    keys: keysOf(assembly, ofType('AWS::KMS::Key'), buckets, (bucket) => {
      const owner = register.organisations.find(({ account }) => account === bucket.account);
      return owner && askedPolicyFile(owner.id);
    }),
    tables: ofType('AWS::DynamoDB::Table').map((each) => tableOf(each, notUnderstood)),
    baselines: madeBaselines(
      assembly,
      register.zone.region,
      new Set([register.zone.accounts.zone, ...register.organisations.map(({ account }) => account)]),
      notUnderstood,
    ),
    controls: controlsIn(assembly.stacks),
    s3Policies: s3PoliciesIn(assembly.stacks),
    things: thingsOf(assembly),
    notUnderstood,
  };
}

function demandNamed({ file, origin }: Assembly): void {
  const digest = createHash('sha256')
    .update(file(REGISTER_FILE) ?? '', 'utf8')
    .digest('hex');
  if (digest !== origin?.registerDigest)
    throw new AssemblyError(
      `${REGISTER_FILE} is not the register that ${ORIGIN_FILE} names by its digest: synthesise the assembly again`,
    );
}

function judgedIn(stack: AssemblyStack, notUnderstood: string[]): Placed[] {
  return placedIn(stack).filter((each) => {
    const { place, resource } = each;
    if (resource.Type === DASHBOARD) {
      notUnderstood.push(...unclaimedOfDashboard(each));
      return false;
    }
    if (WITHOUT_SAY.has(resource.Type) || SET.has(resource.Type)) return false;
    if (READ.has(resource.Type)) return toldProperties(each) !== undefined;
    notUnderstood.push(`${place} is of type ${resource.Type}, which could give access and is not judged`);
    return false;
  });
}

function roleOf(
  { stack, place, properties, id }: Placed,
  boundaries: Boundaries,
  notUnderstood: string[],
): MadeRole {
  const where = { file: stack.file, id };
  for (const property of UNJUDGED_OF_ROLES)
    if (properties[property] !== undefined)
      notUnderstood.push(`${place} has ${property}, and what that says is not in the assembly`);
  const policies: unknown[] = Array.isArray(properties.Policies) ? properties.Policies : [];
  const name = textIn(properties, 'RoleName', where);
  const path = typeof properties.Path === 'string' ? properties.Path : '/';
  demandPolicies(policies, place, notUnderstood);
  const capped = properties.PermissionsBoundary;
  const boundary = capped === undefined ? undefined : boundaries.of(String(capped), stack);
  if (capped !== undefined && boundary === undefined)
    notUnderstood.push(
      `${place} names the permissions boundary ${String(capped)}, which not every baseline makes alike`,
    );
  return {
    place,
    account: stack.account,
    arn: `arn:aws:iam::${stack.account}:role${path}${name}`,
    trust: policyIn(properties.AssumeRolePolicyDocument, 'trust', place, where),
    identity: policies.map((each) =>
      policyIn(isGroup(each) ? each.PolicyDocument : undefined, 'identity', place, where),
    ),
    ...(boundary && { boundary }),
  };
}

function tableOf({ stack, place, properties, id }: Placed, notUnderstood: string[]): MadeTable {
  const where = { file: stack.file, id };
  const { ResourcePolicy: given } = properties;
  demandMembers(given, ['PolicyDocument'], `${place} ResourcePolicy`, notUnderstood);
  return {
    place,
    account: stack.account,
    arn: `arn:aws:dynamodb:${stack.region}:${stack.account}:table/${textIn(properties, 'TableName', where)}`,
    policy:
      given === undefined
        ? undefined
        : policyIn(isGroup(given) ? given.PolicyDocument : undefined, 'resource', place, where),
  };
}

function bucketsOf(ofType: (type: string) => readonly Placed[], notUnderstood: string[]): MadeBucket[] {
  const points = new Map<string, MadeAccessPoint[]>();
  for (const { stack, id, place, properties } of ofType('AWS::S3::AccessPoint')) {
    const where = { file: stack.file, id };
    const bucket = textIn(properties, 'Bucket', where);
    const name = textIn(properties, 'Name', where);
    const policy =
      properties.Policy === undefined ? undefined : policyIn(properties.Policy, 'access point', place, where);
    const arn = `arn:aws:s3:${stack.region}:${stack.account}:accesspoint/${name}`;
    points.set(bucket, [...(points.get(bucket) ?? []), { arn, name, place, policy }]);
  }
  const policies = new Map<string, Placed[]>();
  for (const each of ofType('AWS::S3::BucketPolicy')) {
    const bucket = textIn(each.properties, 'Bucket', { file: each.stack.file, id: each.id });
    policies.set(bucket, [...(policies.get(bucket) ?? []), each]);
  }
  const made = ofType('AWS::S3::Bucket').map(({ stack, id, place, properties }): MadeBucket => {
    const name = textIn(properties, 'BucketName', { file: stack.file, id });
    for (const property of UNJUDGED_OF_BUCKETS)
      if (properties[property] !== undefined)
        notUnderstood.push(`${place} has ${property}, which could let data out and is not judged`);
    if (!JSON.stringify(properties.OwnershipControls ?? {}).includes('"BucketOwnerEnforced"'))
      notUnderstood.push(`${place} lets access control lists count beside policies; they are not judged`);
    const [policy, ...more] = policies.get(name) ?? [];
    policies.delete(name);
    if (more.length > 0)
      notUnderstood.push(
        `${place} has ${plural(more.length + 1, 'bucket policy', 'bucket policies')}; which of them stays is not known`,
      );
    const ways = points.get(name) ?? [];
    points.delete(name);
    return {
      place,
      account: stack.account,
      arn: `arn:aws:s3:::${name}`,
      accessPoints: ways,
      key: keyIn(properties),
      policy:
        policy &&
        policyIn(policy.properties.PolicyDocument, 'bucket', policy.place, {
          file: policy.stack.file,
          id: policy.id,
        }),
    };
  });
  for (const name of points.keys())
    notUnderstood.push(`there is an access point of the bucket ${name}, which no template makes`);
  for (const name of policies.keys())
    notUnderstood.push(`there is a policy of the bucket ${name}, which no template makes`);
  return made;
}

function keyIn(properties: Placed['properties']): string | undefined {
  const text = JSON.stringify(properties.BucketEncryption ?? {});
  const found = /"KMSMasterKeyID":"([^"]+)"/.exec(text)?.[1];
  return found !== undefined && (KEY_ARN.test(found) || found.includes(STAND_IN_KEY)) ? found : undefined;
}
