/**
 * What must still be possible with every guardrail attached: what agreements give, what each role is there for, what AWS
 * services do for the landing zone, and what is spared for a deployment. Guardrails only take away, so what holds with all of
 * them holds at every stage.
 */

import type { OrganisationFacts, RegisterFacts, World } from '../../assembly';
import type { CallerInput, ContextValue } from '../../iam';
import { providerOf } from '../entitlement/signed-in';
import { operatorTellsBy } from '../inboxes';
import { claimsOf } from '../rights/claims';
import { instanceOf } from '../rights/requests';
import { hasLeft } from '../shares';
import { takenOn } from './taken-on';
import type { Things } from './things';

/** One request that must be possible. */
export interface Need {
  /** Undefined of a service. */
  readonly caller: CallerInput;
  /** The AWS organisation of whoever asks; undefined of services, and of an account in none. */
  readonly awsOrganization: string | undefined;
  readonly action: string;
  readonly resource: string;
  /** Whose the resource is. */
  readonly account: string;
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The unit of custody that it is asked in, where one counts. */
  readonly custody?: string;
  /** It is asked in the account of those who deploy. */
  readonly ofDeployers?: true;
}

const CLEAN = {
  's3:existingobjecttag/guarddutymalwarescanstatus': 'NO_THREATS_FOUND',
  's3:existingobjecttag/concordat-gate': 'released',
};
const GLOBAL = /^(?:account|budgets|cloudfront|iam|organizations):/;

/** Everything that is needed, for each kind of account; of external recipients, for each. */
export function needsOf(
  { register, asOf }: Pick<World, 'register' | 'asOf'>,
  member: OrganisationFacts | undefined,
  things: Things,
): Need[] {
  const { zone, organisations } = register;
  const { zone: operator, management } = zone.accounts;
  const within = zone.awsOrganizationId;
  const role = (account: string, name: string): CallerInput => ({
    type: 'role',
    arn: `arn:aws:iam::${account}:role/${name}`,
    session: 'session',
  });
  const own = (account: string, purpose: string) => role(account, `concordat/concordat-${purpose}`);
  const ask = (
    caller: CallerInput,
    account: string,
    actions: string,
    resource: string,
    context: Need['context'] = {},
    awsOrganization: string | null = within,
  ): Need[] =>
    actions.split(' ').map((action) => ({
      caller,
      awsOrganization: awsOrganization ?? undefined,
      action,
      resource,
      account,
      context: { ...connection(action, zone.region), ...context },
    }));
  const ofService = (
    service: string,
    account: string,
    actions: string,
    resource: string,
    forAccount: string,
  ) =>
    ask(
      { type: 'service', service },
      account,
      actions,
      resource,
      { 'aws:SourceAccount': forAccount, 'aws:SourceOrgID': within },
      null,
    );
  const ledger = `arn:aws:s3:::${zone.namePrefix}-ledger-${operator}-${zone.region}-an`;
  const logs = `arn:aws:s3:::${zone.namePrefix}-logs-${operator}-${zone.region}-an`;
  const [zoneKey = ''] = things.keys(operator);
  const purposes = (account: string, organisation: OrganisationFacts | undefined, names: readonly string[]) =>
    names.flatMap((name) =>
      claimsOf(`concordat/concordat-${name}`, { account, organisation, register, key: undefined })
        .filter(({ isNeeded }) => isNeeded)
        .flatMap(({ actions, resources, when }) =>
          resources
            .map((each) => instanceOf(each))
            .flatMap((each) =>
              ask(own(account, name), accountIn(each) ?? account, actions.join(' '), each, when),
            ),
        ),
    );
  const externals = organisations.filter(
    (each) => each.membership === 'external' && each.mayCollect.length > 0 && !hasLeft(each, asOf),
  );
  const receipts = (account: string, awsOrganization: string | null) => [
    ...ask(
      own(account, 'receipts'),
      operator,
      's3:GetObject',
      `${ledger}/receipts/any1`,
      {},
      awsOrganization,
    ),
    ...ask(own(account, 'receipts'), operator, 'kms:Decrypt', zoneKey, {}, awsOrganization),
  ];
  const signsIn = (organisation: OrganisationFacts): Need[] => {
    const { account, signIn } = organisation;
    const provider = providerOf(organisation);
    if (provider === undefined) return [];
    const lists = [
      ['deposit', signIn?.mayDeposit],
      ['collect', signIn?.mayCollect],
      ['receipts', signIn?.mayDeposit],
      ['receipts', signIn?.mayCollect],
    ] as const;
    return lists.flatMap(([purpose, who]) =>
      who === undefined
        ? []
        : ask(
            { type: 'federated', provider },
            account,
            `sts:AssumeRoleWithWebIdentity${who.appRoles === undefined ? '' : ' sts:TagSession'}`,
            `arn:aws:iam::${account}:role/concordat/concordat-${purpose}`,
            {},
            null,
          ),
    );
  };
  const ofMember = ({ account, custody }: OrganisationFacts): Need[] => {
    const bucket = `arn:aws:s3:::${zone.namePrefix}-exchange-${account}-${zone.region}-an`;
    const object = `${bucket}/agreements/any1`;
    const [key = ''] = things.keys(account);
    const ofKey: Need['context'] = { 'aws:ResourceTag/concordat:key-purpose': 'shared-data' };
    const collects = (from: string, awsOrganization: string | null) => [
      ...ask(own(from, 'collect'), account, 's3:GetObject', object, CLEAN, awsOrganization),
      ...ask(own(from, 'collect'), account, 's3:ListBucket', bucket, {}, awsOrganization),
      ...ask(own(from, 'collect'), account, 'kms:Decrypt kms:DescribeKey', key, ofKey, awsOrganization),
    ];
    const origin = custody === undefined ? undefined : ORIGINS[custody.kind];
    const deposited = ask(own(account, 'deposit'), account, 'kms:Decrypt kms:GenerateDataKey', key, {
      ...ofKey,
      'kms:EncryptionContext:aws:s3:arn': bucket,
      ...(origin !== undefined && { 'kms:KeyOrigin': origin }),
    });
    return [
      ...collects('100000000099', within),
      ...externals.flatMap((each) => collects(each.account, 'o-elsewhere00')),
      ...receipts(account, within),
      ...['deposit', 'collect', 'receipts', 'stop', 'lift'].flatMap((each) =>
        ask(
          role(account, 'people'),
          account,
          'sts:AssumeRole',
          `arn:aws:iam::${account}:role/concordat/concordat-${each}`,
        ),
      ),
      ...ask(
        own(account, 'deposit'),
        account,
        's3:PutObject s3:AbortMultipartUpload s3:DeleteObject s3:GetObjectTagging',
        object,
      ),
      ...ask(own(account, 'deposit'), account, 's3:ListBucket', bucket),
      ...(custody === undefined ? deposited : deposited.map((each) => ({ ...each, custody: custody.kind }))),
      ...ask(
        own(account, 'malware-scan'),
        account,
        's3:GetObject s3:GetObjectVersion s3:PutObjectTagging s3:PutObjectVersionTagging s3:PutObject',
        object,
      ),
      ...ask(own(account, 'malware-scan'), account, 's3:PutBucketNotification', bucket),
      ...ask(own(account, 'malware-scan'), account, 'kms:Decrypt', key, ofKey),
      ...ask(own(account, 'grant-broker'), account, 'kms:CreateGrant kms:ListGrants kms:RevokeGrant', key, {
        ...ofKey,
        'kms:GrantIsForAWSResource': 'false',
      }),
      ...ask(
        own(account, 'release-gate'),
        account,
        's3:GetObjectVersion s3:GetObjectVersionTagging s3:PutObjectVersionTagging',
        object,
      ),
      ...ask(own(account, 'release-gate'), account, 's3:ListBucketVersions', bucket),
      ...ask(own(account, 'release-gate'), account, 's3:PutObject s3:GetObject', `${bucket}/reports/any1`),
      ...ask(own(account, 'release-gate'), account, 'kms:Decrypt kms:GenerateDataKey', key, {
        ...ofKey,
        'kms:EncryptionContext:aws:s3:arn': bucket,
        ...(origin !== undefined && { 'kms:KeyOrigin': origin }),
      }),
      ...purposes(account, member, [
        'stop',
        'lift',
        'malware-scan',
        'grant-broker',
        'release-gate',
        'gate-machine',
      ]),
      ...ofService(
        'events.amazonaws.com',
        account,
        'sqs:SendMessage',
        things.queues(account)[0] ?? '',
        account,
      ),
      ...ofService(
        'config.amazonaws.com',
        account,
        's3:PutObject',
        `${things.configBucket(account)}/any1`,
        account,
      ),
      ...spared(account, things, (name) => role(account, name), zone.region).flatMap(
        ([caller, actions, resource]) => ask(caller, account, actions, resource),
      ),
    ];
  };
  const page = (account: string): Need[] => {
    const bucket = `arn:aws:s3:::${zone.namePrefix}-mailbox-${account}-${zone.region}-an`;
    const byCloudFront = (action: string, resource: string) =>
      ofService('cloudfront.amazonaws.com', account, action, resource, account);
    return [
      ...byCloudFront('s3:GetObject', `${bucket}/any1`),
      ...byCloudFront('kms:Decrypt', zoneKey),
      ...ask(own(account, 'page-release'), account, 's3:PutObject', `${bucket}/any1`),
      ...ask(own(account, 'page-release'), account, 'kms:GenerateDataKey', zoneKey),
      ...ask(
        role(account, `cdk-concordat-cfn-exec-role-${account}-${zone.region}`),
        account,
        `cloudfront:CreateDistribution cloudfront:UpdateDistribution cloudfront:DeleteDistribution
        cloudfront:TagResource cloudfront:CreateOriginAccessControl cloudfront:CreateResponseHeadersPolicy
        cloudfront:UpdateResponseHeadersPolicy`.replace(/\s+/g, ' '),
        '*',
      ),
      ...ask(role(account, 'people'), account, 'cloudfront:GetDistribution acm:DescribeCertificate', '*', {
        'aws:RequestedRegion': 'us-east-1',
      }),
    ];
  };
  return [
    ...(member === undefined ? [] : ofMember(member)),
    ...organisations.flatMap(signsIn),
    ...externals.flatMap(({ account }) => receipts(account, 'o-elsewhere00')),
    ...ofService('cloudtrail.amazonaws.com', operator, 's3:PutObject', `${logs}/AWSLogs/any1`, management),
    ...ofService(
      's3.amazonaws.com',
      operator,
      'sqs:SendMessage',
      things.noticesOfLogFiles(operator)[0] ?? '',
      operator,
    ),
    // A service need not say for whom it acts, and speaks to another within AWS.
    ...ask(
      { type: 'service', service: 'cloudtrail.amazonaws.com' },
      operator,
      's3:PutObject s3:GetBucketAcl',
      logs,
      { 'aws:SecureTransport': 'false', 's3:TlsVersion': '1.1' },
      null,
    ),
    ...ask(
      role(operator, `cdk-concordat-cfn-exec-role-${operator}-${zone.region}`),
      operator,
      'kms:CreateGrant',
      zoneKey,
      { 'kms:GrantIsForAWSResource': 'true', 'aws:ResourceTag/concordat:key-purpose': 'staged-entries' },
    ),
    ...ask(own(operator, 'transfer-audit'), operator, 's3:GetObject', `${logs}/AWSLogs/any1`),
    ...ask(own(operator, 'transfer-audit'), operator, 's3:PutObject s3:GetObject', `${ledger}/index/any1`),
    ...ask(own(operator, 'ledger-seal'), operator, 's3:PutObject s3:GetObject', `${ledger}/any1`),
    ...ask(own(operator, 'ledger-seal'), operator, 'kms:Sign kms:GetPublicKey', zoneKey),
    ...things
      .tablesOfTheLedger(operator)
      .flatMap((table) =>
        ['transfer-audit', 'ledger-seal'].flatMap((each) =>
          ask(own(operator, each), operator, 'dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query', table),
        ),
      ),
    ...(zone.mailbox?.served === undefined ? [] : page(operator)),
    ...purposes(operator, undefined, ['transfer-audit', 'ledger-seal', 'stop-all']),
    ...(operatorTellsBy(register) === undefined ? [] : purposes(operator, undefined, ['notices'])),
    ...spared(operator, things, (name) => role(operator, name), zone.region).flatMap(
      ([caller, actions, resource]) => ask(caller, operator, actions, resource),
    ),
    ...ask(
      role(operator, `cdk-concordat-cfn-exec-role-${operator}-${zone.region}`),
      operator,
      'lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping',
      '*',
      { 'lambda:FunctionArn': things.functions(operator)[0] ?? '' },
    ),
    ...deployments(register, member?.account ?? operator, ask),
  ];
}

const ORIGINS: Readonly<Record<string, string>> = {
  account: 'AWS_KMS',
  imported: 'EXTERNAL',
  cloudhsm: 'AWS_CLOUDHSM',
  external: 'EXTERNAL_KEY_STORE',
};

function accountIn(arn: string): string | undefined {
  return /:(\d{12}):/.exec(arn)?.[1];
}

/** How requests come: to the Region, over the TLS of today. */
function connection(action: string, region: string): Need['context'] {
  return {
    'aws:RequestedRegion': GLOBAL.test(action) ? 'us-east-1' : region,
    'aws:SecureTransport': 'true',
    ...(action.startsWith('s3:') && { 's3:TlsVersion': '1.3' }),
  };
}

type Spared = readonly [caller: CallerInput, actions: string, resource: string];

/** A deployment’s own steps on each kind of thing, by those who are spared for them. */
function spared(
  account: string,
  things: Things,
  role: (name: string) => CallerInput,
  region: string,
): Spared[] {
  const cfn = role(`cdk-concordat-cfn-exec-role-${account}-${region}`);
  const deploy = role(`cdk-concordat-deploy-role-${account}-${region}`);
  const publish = role(`cdk-concordat-file-publishing-role-${account}-${region}`);
  const stackSets = role('stacksets-exec-0123456789abcdef0123456789abcdef');
  const each = (caller: CallerInput, actions: string, resources: readonly string[]) =>
    resources.map((resource): Spared => [caller, actions, resource]);
  return [
    ...each(
      cfn,
      'lambda:CreateFunction lambda:UpdateFunctionCode lambda:InvokeFunction lambda:AddPermission',
      things.functions(account),
    ),
    ...each(cfn, 'lambda:PublishLayerVersion', things.layers(account)),
    ...each(cfn, 'cloudwatch:PutMetricAlarm cloudwatch:DeleteAlarms', things.alarms(account)),
    ...each(cfn, 'events:PutRule events:PutTargets events:DeleteRule', things.rules(account)),
    ...each(cfn, 'logs:CreateLogGroup logs:PutRetentionPolicy', things.logGroups(account)),
    ...each(cfn, 'sns:CreateTopic sns:SetTopicAttributes', things.topics(account)),
    ...each(cfn, 'sqs:CreateQueue sqs:SetQueueAttributes', things.queues(account)),
    ...each(
      cfn,
      'states:CreateStateMachine states:UpdateStateMachine states:DeleteStateMachine',
      things.machines(account),
    ),
    ...each(cfn, 'dynamodb:CreateTable dynamodb:UpdateTable', things.tables(account)),
    ...each(
      cfn,
      's3:CreateBucket s3:PutBucketPolicy s3:PutBucketNotification s3:PutBucketPublicAccessBlock s3:PutLifecycleConfiguration',
      things.buckets(account),
    ),
    ...each(
      cfn,
      's3:CreateAccessPoint s3:PutAccessPointPolicy s3:DeleteAccessPoint',
      things.accessPoints(account),
    ),
    ...each(cfn, 'iam:CreateRole iam:PutRolePolicy iam:DeleteRole iam:PassRole', things.ownRoles(account)),
    ...each(cfn, 'kms:CreateAlias kms:UpdateAlias', things.aliases(account)),
    ...each(cfn, 'kms:PutKeyPolicy kms:TagResource kms:EnableKeyRotation', things.keys(account)),
    ...each(
      deploy,
      'cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet cloudformation:UpdateStack',
      things.stacks(account),
    ),
    ...each(deploy, 'iam:PassRole', [
      `arn:aws:iam::${account}:role/cdk-concordat-cfn-exec-role-${account}-${region}`,
    ]),
    ...each(publish, 's3:PutObject', [`${things.assets(account)}/x.zip`]),
    ...each(stackSets, 'iam:CreateRole iam:PutRolePolicy', things.bootstrapRoles(account).slice(0, 4)),
    ...each(stackSets, 'iam:CreatePolicy iam:CreatePolicyVersion', things.boundaries(account)),
    ...each(stackSets, 'cloudformation:UpdateStack', things.baselineStacks(account)),
    ...each(stackSets, 's3:CreateBucket s3:PutBucketPolicy', [
      things.assets(account),
      things.configBucket(account),
    ]),
    ...each(stackSets, 'config:PutConfigurationRecorder config:PutConfigRule', ['*']),
  ];
}

type Ask = (caller: CallerInput, account: string, actions: string, resource: string) => Need[];

/** Everybody who takes on roles of each account’s bootstrap. */
function deployments({ zone }: RegisterFacts, account: string, ask: Ask): Need[] {
  return takenOn(zone, account).flatMap(({ by, role, ofDeployers }) =>
    ask({ type: 'role', arn: by, session: 'session' }, account, 'sts:AssumeRole', role).map(
      (each): Need => ({ ...each, ...(ofDeployers && { ofDeployers }) }),
    ),
  );
}
