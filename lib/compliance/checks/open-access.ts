/** Checks that nothing is open to the public, or to AWS services that act for others. */
import { UNSOURCED_SERVICES } from '../../names';
import type { Check } from '../check';
import { eachOf, fail, holds, listOf, notAsked, pass, type Seen, type Verdict, valueAt } from '../judging';
import { asked, type CheckedStatement, statementsAt } from '../statements';

const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
/** Documents that say who may come in, by the type of the resource. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
};

/** Condition keys that limit callers to an organisation, an account or an access point. */
const BOUNDS = [
  'aws:PrincipalOrgID',
  'aws:PrincipalAccount',
  's3:DataAccessPointAccount',
  'aws:SourceAccount',
  'aws:SourceOrgID',
];

/** No statement lets every caller in without naming an organisation or account. */
function closed(seen: Seen, document: string): Verdict | Verdict[] {
  const open = statementsAt(seen, document).filter(
    (each) =>
      each.allows &&
      (each.inverted ||
        (each.principals.anybody &&
          !BOUNDS.some((key) => asked(each, key, ['StringEquals']).some((value) => value !== '*')))),
  );
  return open.length === 0
    ? pass('No statement lets everybody in.', 'Properties', document)
    : open.map((each) =>
        fail(`${each.sid} lets everybody in, with no condition on organisation or account.`, ...each.at),
      );
}

/** AWS services are let in only on behalf of this zone’s own accounts. */
function held(statement: CheckedStatement, { assembly, stack }: Seen): boolean {
  const { zone } = assembly.register;
  const ours = [stack.account, zone.accounts.management, zone.accounts.zone];
  const account = (arn: string) => arn.split(':')[4] ?? '';
  const unsourced = statement.principals.services.every((each) => UNSOURCED_SERVICES.has(each));
  const equals = unsourced ? ['StringEquals', 'StringEqualsIfExists'] : ['StringEquals'];
  return (
    asked(statement, 'aws:SourceAccount', equals).some((each) => ours.includes(each)) ||
    asked(statement, 'aws:SourceOrgID', ['StringEquals']).includes(zone.awsOrganizationId) ||
    asked(statement, 'aws:SourceArn').some((each) => ours.includes(account(each))) ||
    // CloudWatch Logs gives no source; the log group is in the encryption context.
    asked(statement, 'kms:EncryptionContext:aws:logs:arn').some((each) => ours.includes(account(each)))
  );
}

function deputies(seen: Seen): Verdict | Verdict[] {
  const { type } = seen.resource;
  if (type === 'AWS::Lambda::Permission') {
    const { SourceArn, SourceAccount, Principal } = seen.resource.properties;
    return holds(
      typeof SourceArn === 'string' || SourceAccount === seen.stack.account,
      `${String(Principal)} may call it for one source only.`,
      `${String(Principal)} may call it for anybody.`,
      'Properties',
      'Principal',
    );
  }
  const document = DOCUMENTS[type] ?? '';
  const services = statementsAt(seen, document).filter(
    (each) => each.allows && each.principals.services.length > 0,
  );
  if (services.length === 0) return notAsked('It lets no AWS service in.', 'Properties', document);
  return services.map((each) =>
    holds(
      held(each, seen),
      `${each.sid} lets ${each.principals.services.join(', ')} in for one source only.`,
      `${each.sid} lets ${each.principals.services.join(', ')} in for anybody.`,
      ...each.at,
    ),
  );
}

export const OPEN_ACCESS: readonly Check[] = [
  {
    id: 'S3-BPA',
    title: 'Every bucket and access point blocks public access in all four ways.',
    reads: [
      'AWS::S3::Bucket PublicAccessBlockConfiguration',
      'AWS::S3::AccessPoint PublicAccessBlockConfiguration',
    ],
    why: 'A slip in a policy then still makes nothing public.',
    goals: ['csp-11_goal.1', 'csp-11_goal.3', 'csp-11_goal.4', 'csp-14.1_goal.3', 'csp-14.1_goal.6'],
    doesNotProve: 'The account’s own block: CloudFormation has no resource for it.',
    remediation: 'Set all four settings of PublicAccessBlockConfiguration to true.',
    judge: eachOf(
      ['AWS::S3::Bucket', 'AWS::S3::AccessPoint'],
      ({ resource }) => {
        const off = BLOCKS.filter(
          (each) => valueAt(resource.properties, 'PublicAccessBlockConfiguration', each) !== true,
        );
        return off.length === 0
          ? pass('All four blocks are on.', 'Properties', 'PublicAccessBlockConfiguration')
          : fail(`Not on: ${off.join(', ')}.`, 'Properties', 'PublicAccessBlockConfiguration');
      },
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'S3-NOPUBLIC',
    title: 'No bucket’s or access point’s policy lets everybody in.',
    reads: ['AWS::S3::BucketPolicy PolicyDocument', 'AWS::S3::AccessPoint Policy'],
    why: 'What is open to everybody needs no agreement.',
    goals: ['csp-3_goal.2', 'csp-11_goal.1', 'csp-11_goal.3', 'csp-14.1_goal.3'],
    doesNotProve: 'Addresses that a permitted caller signs and hands on.',
    remediation:
      'Name principals, or hold the statement to an organisation, an account or an access point’s account.',
    judge: eachOf(
      ['AWS::S3::BucketPolicy', 'AWS::S3::AccessPoint'],
      (seen) => closed(seen, seen.resource.type === 'AWS::S3::AccessPoint' ? 'Policy' : 'PolicyDocument'),
      'The assembly has no bucket policy.',
    ),
  },
  {
    id: 'S3-ACL',
    title: 'Access control lists are off: policies alone decide.',
    reads: ['AWS::S3::Bucket OwnershipControls, AccessControl'],
    why: 'A list on one object could let somebody in past every policy.',
    goals: ['csp-9_goal.2', 'csp-9_goal.8', 'csp-11_goal.4'],
    doesNotProve: 'Nothing besides: S3 refuses lists altogether.',
    remediation: 'Set ObjectOwnership to BucketOwnerEnforced.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      ({ resource: { properties } }) =>
        holds(
          valueAt(properties, 'OwnershipControls', 'Rules', 0, 'ObjectOwnership') === 'BucketOwnerEnforced' &&
            properties.AccessControl === undefined,
          'The owner of the bucket owns every object, and lists are off.',
          'Access control lists may count.',
          'Properties',
          'OwnershipControls',
        ),
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'S3-DEPUTY',
    title: 'AWS services are let in only on behalf of a named account, resource or organisation.',
    reads: [
      ...Object.entries(DOCUMENTS).map(([type, property]) => `${type} ${property}`),
      'AWS::Lambda::Permission SourceArn',
    ],
    why: 'Anybody can have an AWS service act for them; without a source, it could be made to act on our resources.',
    goals: ['csp-3_goal.3', 'csp-10_goal.3', 'csp-11_goal.2'],
    doesNotProve:
      'That the AWS service tells its source truly: AWS answers for that. Of GuardDuty’s malware scan no page says whether it tells it at all; its role is for that of its account where it does.',
    remediation: 'Add a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID.',
    judge: eachOf(
      [...Object.keys(DOCUMENTS), 'AWS::Lambda::Permission'],
      deputies,
      'The assembly has no resource with a policy.',
    ),
  },
  {
    id: 'LAM-PUBLIC',
    title: 'No function can be called by the public, or by an address.',
    reads: ['AWS::Lambda::Permission Principal', 'AWS::Lambda::Url AuthType'],
    why: 'Functions act with rights of their own.',
    goals: ['csp-14.1_goal.7', 'csp-1_goal.2', 'csp-11_goal.1', 'csp-11_goal.3', 'csp-10_goal.1'],
    doesNotProve: 'Who in the account may call it: IAM decides.',
    remediation: 'Let one AWS service call it, and make no function URL without AWS_IAM.',
    judge: eachOf(
      ['AWS::Lambda::Permission', 'AWS::Lambda::Url'],
      ({ resource: { type, properties } }) =>
        type === 'AWS::Lambda::Url'
          ? holds(
              properties.AuthType === 'AWS_IAM',
              'Callers must sign in with IAM.',
              'Anybody may call it.',
              'Properties',
              'AuthType',
            )
          : holds(
              /^[a-z0-9.-]+\.amazonaws\.com$/.test(String(properties.Principal)),
              `Only ${String(properties.Principal)} may call it.`,
              `${String(properties.Principal)} may call it.`,
              'Properties',
              'Principal',
            ),
      'Nothing but its own account may call a function.',
    ),
  },
  {
    id: 'SQS-PUBLIC',
    title: 'No queue’s policy lets everybody in.',
    reads: ['AWS::SQS::QueuePolicy PolicyDocument'],
    why: 'Messages could be forged, or taken away before they are read.',
    goals: ['csp-11_goal.1', 'csp-11_goal.3'],
    doesNotProve: 'Who in the account may read it: IAM decides.',
    remediation: 'Name principals, or hold the statement to an account or an organisation.',
    judge: eachOf(
      ['AWS::SQS::QueuePolicy'],
      (seen) => closed(seen, 'PolicyDocument'),
      'The assembly has no queue policy.',
    ),
  },
  {
    id: 'EVB-POLICY',
    title: 'No event bus takes events from accounts that are not in the register.',
    reads: ['AWS::Events::EventBusPolicy Statement, Principal'],
    why: 'Forged events would raise false alarms, or hide true ones.',
    goals: ['csp-3_goal.3', 'csp-11_goal.1'],
    doesNotProve: 'Policies that were put on a bus by hand.',
    remediation: 'Name registered accounts as principals.',
    judge: eachOf(
      ['AWS::Events::EventBusPolicy'],
      ({ resource: { properties }, assembly: { register } }) => {
        const known = [
          register.zone.accounts.zone,
          register.zone.accounts.management,
          ...register.organisations.map((each): string => each.account),
        ];
        const named = listOf(
          [properties.Principal, valueAt(properties, 'Statement', 'Principal', 'AWS')].flat(),
        ).filter((each) => typeof each === 'string');
        return holds(
          named.length > 0 &&
            named.every((each) =>
              known.some((account) => each === account || each.startsWith(`arn:aws:iam::${account}:`)),
            ),
          'Only registered accounts may send events.',
          'Somebody who is not in the register may send events.',
          'Properties',
        );
      },
      'No event bus has a policy, so each takes events from its own account alone.',
    ),
  },
];
