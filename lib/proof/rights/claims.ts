/**
 * What each role is there to do beyond the buckets, keys, roles and tables that the proof asks about by themselves: to functions,
 * queues, rules, access points, stacks, records and logs, and to what is in other accounts. By the register and a role’s purpose
 * alone. Whatever else a role’s own policies let it do is more than it is there for.
 */
import type { OrganisationFacts, RegisterFacts } from '../../assembly';
import type { RolePurpose } from '../../names';
import { operatorsTopics, operatorTellsBy, toldInboxes } from '../inboxes';
import { byRole } from '../roles';

/** Some actions on some resources, under conditions that must all hold. */
export interface Claim {
  readonly actions: readonly string[];
  /** With wildcards as policies have them. */
  readonly resources: readonly string[];
  /** Values of condition keys, in lower case; a `*` at the end stands for any end. */
  readonly when: Readonly<Record<string, string>>;
  /** Whether the role must be able to; else it may. */
  readonly isNeeded: boolean;
}

/** Whose role it is. */
export interface Holder {
  readonly account: string;
  /** Undefined of the operator’s. */
  readonly organisation: OrganisationFacts | undefined;
  readonly register: RegisterFacts;
  /** The key of its own shared data, where it has a bucket. */
  readonly key: string | undefined;
}

const BROKER = 'concordat-grant-broker';
const GATE = 'concordat-release-gate';
const AUDIT = 'concordat-transfer-audit';
const SEALER = 'concordat-ledger-seal';
const NOTIFIER = 'concordat-notices';
/** What a function needs that reads a queue. */
const TAKES_MESSAGES = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];
const GUARDDUTY_RULE = 'DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3';

const CLAIMS = byRole<(holder: Holder) => readonly Claim[]>({
  deposit: () => [],
  collect: (holder) => {
    const { organisation, register } = holder;
    const points = `arn:aws:s3:${register.zone.region}:*:accesspoint/????????????--${organisation?.id}`;
    const inside = within(holder);
    // It is made before there is any share for it, and has to fit each that comes.
    return [
      must(['s3:GetObject'], [`${points}/object/agreements/*`], inside),
      must(['s3:ListBucket'], [points], { ...inside, 's3:prefix': 'agreements/*' }),
      must(['kms:Decrypt'], [`arn:aws:kms:${register.zone.region}:*:key/*`], {
        ...inside,
        'kms:viaservice': `s3.${register.zone.region}.amazonaws.com`,
      }),
    ];
  },
  receipts: ({ account, register: { zone } }) => {
    const ledger = `arn:aws:s3:::${zone.namePrefix}-ledger-${zone.accounts.zone}-${zone.region}-an`;
    const own = `receipts/${account}/*`;
    const proofs = ['checkpoint', 'checkpoints/*', 'keys/*', 'tile/?/*', 'timestamp/*'];
    return [
      must(
        ['s3:GetObject'],
        [own, ...proofs].map((each) => `${ledger}/${each}`),
      ),
      must(['s3:ListBucket'], [ledger], { 's3:prefix': own }),
      must(['kms:Decrypt'], [`arn:aws:kms:${zone.region}:${zone.accounts.zone}:key/*`], {
        'kms:viaservice': `s3.${zone.region}.amazonaws.com`,
        'kms:encryptioncontext:aws:s3:arn': ledger,
      }),
    ];
  },
  stop: (holder) => [must(['lambda:InvokeFunction'], [`${functionArn(holder, BROKER)}:stop`])],
  lift: (holder) => [must(['lambda:InvokeFunction'], [`${functionArn(holder, BROKER)}:lift`])],
  'stop-all': ({ register: { zone } }) => [
    must(['sts:AssumeRole'], ['arn:aws:iam::*:role/concordat/concordat-stop'], {
      'aws:resourceorgid': zone.awsOrganizationId,
    }),
  ],
  'malware-scan': (holder) => {
    const rules = [`${arn(holder, 'events')}:rule/${GUARDDUTY_RULE}*`];
    return [
      must(['events:DeleteRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'], rules, {
        'events:managedby': 'malware-protection-plan.guardduty.amazonaws.com',
      }),
      must(['events:DescribeRule', 'events:ListTargetsByRule'], rules),
      ...scanning(holder),
    ];
  },
  'release-gate': (holder) => {
    const byItself = { 'lambda:sourcefunctionarn': functionArn(holder, GATE) };
    return [
      must(TAKES_MESSAGES, [`${arn(holder, 'sqs')}:concordat-gate-verdicts`]),
      must(['sns:Publish'], [`${arn(holder, 'sns')}:concordat-security-alerts`], byItself),
      ...(holder.organisation === undefined ? [] : toldInboxes(holder.organisation, holder.register)).map(
        ({ topic }) => must(['sns:Publish'], [`${arn(holder, 'sns')}:${topic}`], byItself),
      ),
      must(['states:StartExecution'], [`${arn(holder, 'states')}:stateMachine:${GATE}`], byItself),
      ...ownLog(holder, GATE),
    ];
  },
  'gate-machine': (holder) => [must(['lambda:InvokeFunction'], [functionArn(holder, GATE)])],
  'grant-broker': (holder) => {
    const { account, organisation, register } = holder;
    const byItself = { 'lambda:sourcefunctionarn': functionArn(holder, BROKER) };
    const role = (purpose: string) => `arn:aws:iam::${account}:role/concordat/concordat-${purpose}`;
    const records = `${arn(holder, 'ssm')}:parameter/concordat/stops`;
    return [
      must(
        ['s3:GetAccessPointPolicy', 's3:PutAccessPointPolicy'],
        [`arn:aws:s3:${register.zone.region}:${account}:accesspoint/????????????--*`],
        byItself,
      ),
      must(['ssm:GetParametersByPath', 'ssm:PutParameter'], [records, `${records}/*`], byItself),
      must(
        ['cloudformation:DescribeStacks'],
        [`${arn(holder, 'cloudformation')}:stack/Organisation-${organisation?.id}/*`],
        byItself,
      ),
      must(['iam:PutRolePolicy'], [role('collect'), role('deposit'), role('receipts')], byItself),
      ...ownLog(holder, BROKER),
    ];
  },
  'transfer-audit': (holder) => [
    must(TAKES_MESSAGES, [`${arn(holder, 'sqs')}:concordat-log-files`]),
    must(['dynamodb:Query'], [`${arn(holder, 'dynamodb')}:table/concordat-transfers/index/due`], {
      'lambda:sourcefunctionarn': functionArn(holder, AUDIT),
    }),
    // DynamoDB offers no other of them on an index.
    may(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      [`${arn(holder, 'dynamodb')}:table/concordat-transfers/index/due`],
      { 'lambda:sourcefunctionarn': functionArn(holder, AUDIT) },
    ),
    ...ownLog(holder, AUDIT),
  ],
  // The bucket and the key of the page are asked about by themselves.
  'page-release': () => [],
  'ledger-seal': (holder) => {
    const index = [`${arn(holder, 'dynamodb')}:table/concordat-staging/index/unsealed`];
    const byItself = { 'lambda:sourcefunctionarn': functionArn(holder, SEALER) };
    return [
      must(['dynamodb:Query'], index, byItself),
      may(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], index, byItself),
      ...ownLog(holder, SEALER),
    ];
  },
  notices: (holder) => {
    const { notify } = holder.register.zone;
    if (operatorTellsBy(holder.register) === undefined) return [];
    const byItself = { 'lambda:sourcefunctionarn': functionArn(holder, NOTIFIER) };
    const unsent = [`${arn(holder, 'dynamodb')}:table/concordat-notices/index/unsent`];
    return [
      must(['dynamodb:Query'], [`${arn(holder, 'dynamodb')}:table/concordat-transfers/index/due`], byItself),
      must(['dynamodb:Query'], unsent, byItself),
      may(['dynamodb:PutItem', 'dynamodb:UpdateItem'], unsent, byItself),
      ...(notify === undefined ? [] : [must(['secretsmanager:GetSecretValue'], [notify.secret], byItself)]),
      ...operatorsTopics(holder.register).map(({ topic }) =>
        must(['sns:Publish'], [`${arn(holder, 'sns')}:${topic}`], byItself),
      ),
      ...ownLog(holder, NOTIFIER),
    ];
  },
} satisfies Record<RolePurpose, (holder: Holder) => readonly Claim[]>);

/**
 * Roles of which the proof does not ask at each bucket and key what their own policies give them: those of other accounts are
 * asked about there with every permission, and so are those of the account. All that these may do is claimed here.
 */
export const ASKED_HERE_ALONE: ReadonlySet<string> = new Set([
  'concordat/concordat-malware-scan',
  'concordat/concordat-receipts',
]);

/** What a role is there to do, by its path and name; nothing for one that has no purpose. */
export function claimsOf(role: string, holder: Holder): readonly Claim[] {
  return CLAIMS.get(role)?.(holder) ?? [];
}

type When = Claim['when'];

function must(actions: readonly string[], resources: readonly string[], when: When = {}): Claim {
  return { actions, resources, when, isNeeded: true };
}

function may(actions: readonly string[], resources: readonly string[], when: When = {}): Claim {
  return { actions, resources, when, isNeeded: false };
}

/** Whoever collects, from whichever AWS organisation, the owner of it is in that of the zone. */
function within({ register }: Holder): When {
  return { 'aws:resourceorgid': register.zone.awsOrganizationId };
}

function arn({ account, register }: Holder, service: string): string {
  return `arn:aws:${service}:${register.zone.region}:${account}`;
}

function functionArn(holder: Holder, name: string): string {
  return `${arn(holder, 'lambda')}:function:${name}`;
}

/**
 * What a scan needs of the bucket and of its key; else nothing that is deposited is ever released.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-iam-policy-prerequisite.html
 */
function scanning({ account, register: { zone }, key }: Holder): readonly Claim[] {
  const bucket = `arn:aws:s3:::${zone.namePrefix}-exchange-${account}-${zone.region}-an`;
  const objects = [`${bucket}/agreements/*`];
  return [
    must(
      ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
      objects,
    ),
    must(['s3:PutObjectTagging', 's3:PutObjectVersionTagging'], objects),
    must(['s3:GetBucketNotification', 's3:ListBucket', 's3:PutBucketNotification'], [bucket]),
    must(['s3:PutObject'], [`${bucket}/malware-protection-resource-validation-object`]),
    ...(key === undefined
      ? []
      : [
          must(['kms:Decrypt', 'kms:GenerateDataKey'], [key], {
            'kms:viaservice': `s3.${zone.region}.amazonaws.com`,
          }),
        ]),
  ];
}

function ownLog(holder: Holder, name: string): readonly Claim[] {
  const group = `${arn(holder, 'logs')}:log-group:/aws/lambda/${name}`;
  return [must(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${group}:log-stream:*`])];
}
