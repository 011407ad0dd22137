/** What is needed in and of the account of a member: by those who deposit, collect and stop, and by what guards its data. */
import type { OrganisationFacts } from '../../../assembly';
import { type Asking, ELSEWHERE, type Need } from './asking';
import { deploymentSteps } from './of-deployment';

const CLEAN = {
  's3:existingobjecttag/guarddutymalwarescanstatus': 'NO_THREATS_FOUND',
  's3:existingobjecttag/concordat-gate': 'released',
};
/** A member that the register does not name: guardrails name none. */
const ANOTHER_MEMBER = '100000000099';
/** Where a key has to come from, by the kind of custody. */
const ORIGINS: Readonly<Record<string, string>> = {
  account: 'AWS_KMS',
  imported: 'EXTERNAL',
  cloudhsm: 'AWS_CLOUDHSM',
  external: 'EXTERNAL_KEY_STORE',
};

/** Everything of one member. @param externals those outside the AWS organisation that may collect */
export function needsOfMember(
  asking: Asking,
  member: OrganisationFacts,
  externals: readonly OrganisationFacts[],
): Need[] {
  const { account } = member;
  const { things } = asking;
  return [
    ...collecting(asking, account, ANOTHER_MEMBER),
    ...externals.flatMap((each) => collecting(asking, account, each.account, ELSEWHERE)),
    ...asking.receipts(account),
    ...['deposit', 'collect', 'receipts', 'stop', 'lift'].flatMap((each) =>
      asking.ask(
        asking.role(account, 'people'),
        account,
        'sts:AssumeRole',
        `arn:aws:iam::${account}:role/concordat/concordat-${each}`,
      ),
    ),
    ...depositing(asking, member),
    ...guarding(asking, member),
    ...asking.purposes(account, member, [
      'stop',
      'lift',
      'malware-scan',
      'grant-broker',
      'release-gate',
      'gate-machine',
    ]),
    ...asking.ofService(
      'events.amazonaws.com',
      account,
      'sqs:SendMessage',
      things.queues(account)[0] ?? '',
      account,
    ),
    ...asking.ofService(
      'config.amazonaws.com',
      account,
      's3:PutObject',
      `${things.configBucket(account)}/any1`,
      account,
    ),
    ...deploymentSteps(asking, account),
  ];
}

/** A bucket of shared data, an object in it, its key, and what a policy sees of such a key. */
function dataOf({ register: { zone }, things }: Asking, account: string) {
  const bucket = `arn:aws:s3:::${zone.namePrefix}-exchange-${account}-${zone.region}-an`;
  const [key = ''] = things.keys(account);
  const ofKey: Need['context'] = { 'aws:ResourceTag/concordat:key-purpose': 'shared-data' };
  return { bucket, object: `${bucket}/agreements/any1`, key, ofKey };
}

/** What a policy sees as a member’s bucket has something encrypted. */
function encrypting(asking: Asking, { account, custody }: OrganisationFacts): Need['context'] {
  const { bucket, ofKey } = dataOf(asking, account);
  const origin = custody === undefined ? undefined : ORIGINS[custody.kind];
  return {
    ...ofKey,
    'kms:EncryptionContext:aws:s3:arn': bucket,
    ...(origin !== undefined && { 'kms:KeyOrigin': origin }),
  };
}

function collecting(asking: Asking, owner: string, reader: string, awsOrganization?: string): Need[] {
  const { bucket, object, key, ofKey } = dataOf(asking, owner);
  const collector = asking.own(reader, 'collect');
  return [
    ...asking.ask(collector, owner, 's3:GetObject', object, CLEAN, awsOrganization),
    ...asking.ask(collector, owner, 's3:ListBucket', bucket, {}, awsOrganization),
    ...asking.ask(collector, owner, 'kms:Decrypt kms:DescribeKey', key, ofKey, awsOrganization),
  ];
}

function depositing(asking: Asking, member: OrganisationFacts): Need[] {
  const { account, custody } = member;
  const { bucket, object, key } = dataOf(asking, account);
  const depositor = asking.own(account, 'deposit');
  const encrypts = asking.ask(
    depositor,
    account,
    'kms:Decrypt kms:GenerateDataKey',
    key,
    encrypting(asking, member),
  );
  return [
    ...asking.ask(
      depositor,
      account,
      's3:PutObject s3:AbortMultipartUpload s3:DeleteObject s3:GetObjectTagging',
      object,
    ),
    ...asking.ask(depositor, account, 's3:ListBucket', bucket),
    ...(custody === undefined ? encrypts : encrypts.map((each) => ({ ...each, custody: custody.kind }))),
  ];
}

/** The scan, the grant broker and the release gate. */
function guarding(asking: Asking, member: OrganisationFacts): Need[] {
  const { account } = member;
  const { bucket, object, key, ofKey } = dataOf(asking, account);
  const by = (purpose: string, actions: string, resource: string, context?: Need['context']) =>
    asking.ask(asking.own(account, purpose), account, actions, resource, context);
  return [
    ...by(
      'malware-scan',
      's3:GetObject s3:GetObjectVersion s3:PutObjectTagging s3:PutObjectVersionTagging s3:PutObject',
      object,
    ),
    ...by('malware-scan', 's3:PutBucketNotification', bucket),
    ...by('malware-scan', 'kms:Decrypt', key, ofKey),
    ...by('grant-broker', 'kms:CreateGrant kms:ListGrants kms:RevokeGrant', key, {
      ...ofKey,
      'kms:GrantIsForAWSResource': 'false',
    }),
    ...by(
      'release-gate',
      's3:GetObjectVersion s3:GetObjectVersionTagging s3:PutObjectVersionTagging',
      object,
    ),
    ...by('release-gate', 's3:ListBucketVersions', bucket),
    ...by('release-gate', 's3:PutObject s3:GetObject', `${bucket}/reports/any1`),
    ...by('release-gate', 'kms:Decrypt kms:GenerateDataKey', key, encrypting(asking, member)),
  ];
}
