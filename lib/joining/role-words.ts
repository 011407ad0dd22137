/** The roles of an organisation’s templates in plain words: who may take each on, what it can do, and what it cannot. */
import { arnToBe, isGroup, type Placed, placedIn, textOf } from '../assembly';
import {
  type AccountNames,
  conditionWords,
  type Permission,
  permissionsOf,
  sidWords,
  trustWords,
} from '../custody';
import { bucketName, zoneBucketName } from '../names';
import { andList, code, joined, marked, once, type Sentence, say, type Words } from '../words';
import type { PackSource } from './source';
import { cannotOf, keyOf } from './temptations';

/** One role. */
export interface RoleInWords {
  readonly name: string;
  readonly what: string;
  readonly takenOnBy: readonly Sentence[];
  readonly can: readonly Sentence[];
  readonly cannot: readonly string[];
}

/** What each action is, as people say it. One that is not here is named as it is. */
const ACTIONS: Readonly<Record<string, string>> = {
  'cloudformation:DescribeStacks': 'see what the stack is doing',
  'events:DeleteRule': 'delete the rule',
  'events:DescribeRule': 'look at the rule',
  'events:ListTargetsByRule': 'list what the rule starts',
  'events:PutRule': 'make the rule',
  'events:PutTargets': 'say what the rule starts',
  'events:RemoveTargets': 'take away what the rule starts',
  'iam:PutRolePolicy': 'end sessions by a policy on the role',
  'kms:CreateGrant': 'make grants',
  'kms:Decrypt': 'decrypt',
  'kms:DescribeKey': 'look at the settings',
  'kms:GenerateDataKey': 'encrypt',
  'kms:ListGrants': 'list grants',
  'kms:RevokeGrant': 'end grants',
  'lambda:InvokeFunction': 'call the function',
  'logs:CreateLogStream': 'begin a log',
  'logs:PutLogEvents': 'write to the log',
  'cloudwatch:PutMetricData': 'count what it did',
  's3:AbortMultipartUpload': 'give up an upload',
  's3:DeleteObject': 'recall objects, whose old versions stay',
  's3:GetAccessPointPolicy': 'read the policy',
  's3:GetBucketNotification': 'look at who is told of deposits',
  's3:GetObject': 'read objects',
  's3:GetObjectTagging': 'read the malware verdict and the gate’s decision',
  's3:GetObjectVersion': 'read any version',
  's3:GetObjectVersionTagging': 'read the verdict and the decision on any version',
  's3:ListBucket': 'list names',
  's3:ListBucketVersions': 'list versions',
  's3:ListMultipartUploadParts': 'list the parts of an upload',
  's3:PutAccessPointPolicy': 'change the policy',
  's3:PutBucketNotification': 'say who is told of deposits',
  's3:PutObject': 'write objects',
  's3:PutObjectTagging': 'write the malware verdict',
  's3:PutObjectVersionTagging': 'write the verdict or the decision on any version',
  'sns:Publish': 'send a message',
  'sqs:ChangeMessageVisibility': 'keep messages for longer',
  'sqs:DeleteMessage': 'delete messages',
  'sqs:GetQueueAttributes': 'look at the queue',
  'sqs:ReceiveMessage': 'take messages',
  'ssm:GetParametersByPath': 'read the record of stops',
  'ssm:PutParameter': 'record stops',
  'states:StartExecution': 'have a long check gone on with',
  'sts:AssumeRole': 'take on the role',
};

/** Every role that the templates of an organisation make, in the order of their names. */
export function rolesInWords(source: PackSource): RoleInWords[] {
  return source.stacks
    .flatMap((stack) =>
      placedIn(stack)
        .filter(({ resource }) => resource.Type === 'AWS::IAM::Role')
        .map((role) => roleInWords(role, source)),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** An action in words. @internal Only tests import it. */
export function actionWords(action: string): Words {
  return ACTIONS[action] ?? say`do ${code(action)}`;
}

function roleInWords({ resource: role, properties, stack }: Placed, source: PackSource): RoleInWords {
  const { organisation } = source;
  // No other organisation has a name here, so none can be named by mistake.
  const accounts = new Map([[organisation.account, organisation.id]]);
  const context = { stack, account: organisation.account };
  const documents = (role.Properties?.Policies ?? []) as { PolicyDocument?: unknown }[];
  const trust = permissionsOf(role.Properties?.AssumeRolePolicyDocument, { ...context, kind: 'trust' });
  return {
    name: textOf(role, 'RoleName') ?? 'a role without a name',
    what: (textOf(role, 'Description') ?? '').replace(/^Concordat: /, ''),
    // The account is said once, at the top.
    takenOnBy: trust.map((each) => trustWords(each, accounts, organisation.account)),
    can: documents.flatMap(({ PolicyDocument }) =>
      permissionsOf(PolicyDocument, { ...context, kind: 'identity' }).map((each) =>
        permissionLine(each, accounts, source),
      ),
    ),
    cannot: cannotOf(
      (Array.isArray(properties.Policies) ? properties.Policies : []).map((each: unknown) =>
        isGroup(each) ? each.PolicyDocument : undefined,
      ),
      source,
    ),
  };
}

function permissionLine(
  { effect, actions, except, resources, conditions, sid }: Permission,
  accounts: AccountNames,
  source: PackSource,
): Sentence {
  const verb = effect === 'Deny' ? 'Not: ' : effect === 'Allow' ? '' : 'Perhaps: ';
  const does = say`${except ? 'everything but ' : ''}${andList(once(actions.map(actionWords)))}`;
  const where = once(resources.map((each) => placeWords(each, source)));
  const only = conditions.map((each) => conditionWords(each, accounts));
  const when = only.length === 0 ? '' : say`, only if ${joined(only, ' and ')}`;
  return say`${verb}${does}: ${where.length === 0 ? 'resources that are not named' : andList(where)}${when} [${code(sidWords(sid))}]`;
}

/** Where something may be done. What has no words of its own is shown as the template has it. */
function placeWords(resource: string, source: PackSource): Words {
  const { register, organisation, stacks } = source;
  const { zone } = register;
  const { account, id } = organisation;
  const own = `arn:aws:s3:::${bucketName(zone, account)}`;
  const point = new RegExp(
    `^arn:aws:s3:${zone.region}:([^:]+):accesspoint/\\?{12}--(.+?)(/object/agreements/\\*)?$`,
  );
  const [, whose, whom, objects] = point.exec(resource) ?? [];
  const ledger = `arn:aws:s3:::${zoneBucketName(zone, 'ledger')}`;
  if (resource === own) return 'its own bucket';
  if (resource === `${own}/agreements/*`) return marked('what lies under `agreements/` in its own bucket');
  if (resource === `${own}/reports/*`)
    return marked('the gate’s reports, under `reports/` in its own bucket');
  if (resource === `${own}/reports/*/decided/*`) return 'the decisions among the gate’s reports';
  if (whom === id)
    return objects
      ? 'what is shared with it, through access points made for it'
      : 'access points made for it';
  if (whose === account && whom === '*') return 'its own access points, one for each share';
  if (resource.startsWith(ledger)) return ledgerWords(resource.slice(ledger.length), account);
  if (resource === keyOf(source)) return 'its own key';
  if (stacks.some(({ resources }) => Object.keys(resources).some((each) => resource === arnToBe(each))))
    return 'its own key';
  if (resource === `arn:aws:kms:${zone.region}:*:key/*`) return 'any owner’s key that has a grant for it';
  if (resource === `arn:aws:kms:${zone.region}:${zone.accounts.zone}:key/*`)
    return 'the operator’s key of the ledger';
  return code(resource);
}

function ledgerWords(path: string, account: string): string {
  if (path === '') return 'the ledger’s bucket';
  return path === `/receipts/${account}/*`
    ? 'its own receipts in the ledger'
    : 'the public parts of the ledger';
}
