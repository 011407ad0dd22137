/** What is needed in the operator’s account: by what records and seals transfers, and by the mailbox’s page. */
import { operatorTellsBy } from '../../inboxes';
import type { Asking, Need } from './asking';
import { deploymentSteps } from './of-deployment';

/** Everything of the operator. */
export function needsOfOperator(asking: Asking): Need[] {
  const { register, things, zoneKey } = asking;
  const { zone } = register;
  const { zone: operator } = zone.accounts;
  return [
    ...recording(asking),
    ...asking.ask(asking.deploying(operator), operator, 'kms:CreateGrant', zoneKey, {
      'kms:GrantIsForAWSResource': 'true',
      'aws:ResourceTag/concordat:key-purpose': 'staged-entries',
    }),
    ...sealing(asking),
    ...(zone.mailbox?.served === undefined ? [] : servingPage(asking)),
    ...asking.purposes(operator, undefined, ['transfer-audit', 'ledger-seal', 'stop-all']),
    ...(operatorTellsBy(register) === undefined ? [] : asking.purposes(operator, undefined, ['notices'])),
    ...deploymentSteps(asking, operator),
    ...asking.ask(
      asking.deploying(operator),
      operator,
      'lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping',
      '*',
      { 'lambda:FunctionArn': things.functions(operator)[0] ?? '' },
    ),
  ];
}

function logsOf({ register: { zone } }: Asking): string {
  return `arn:aws:s3:::${zone.namePrefix}-logs-${zone.accounts.zone}-${zone.region}-an`;
}

/** CloudTrail writes log files, and S3 tells of them. */
function recording(asking: Asking): Need[] {
  const { zone: operator, management } = asking.register.zone.accounts;
  const logs = logsOf(asking);
  return [
    ...asking.ofService(
      'cloudtrail.amazonaws.com',
      operator,
      's3:PutObject',
      `${logs}/AWSLogs/any1`,
      management,
    ),
    ...asking.ofService(
      's3.amazonaws.com',
      operator,
      'sqs:SendMessage',
      asking.things.noticesOfLogFiles(operator)[0] ?? '',
      operator,
    ),
    // A service need not say for whom it acts, and speaks to another within AWS.
    ...asking.ask(
      { type: 'service', service: 'cloudtrail.amazonaws.com' },
      operator,
      's3:PutObject s3:GetBucketAcl',
      logs,
      { 'aws:SecureTransport': 'false', 's3:TlsVersion': '1.1' },
      null,
    ),
  ];
}

/** The audit reads log files, and the sealer makes the ledger of what it found. */
function sealing(asking: Asking): Need[] {
  const { things, ledger, zoneKey } = asking;
  const { zone: operator } = asking.register.zone.accounts;
  const by = (purpose: string, actions: string, resource: string) =>
    asking.ask(asking.own(operator, purpose), operator, actions, resource);
  return [
    ...by('transfer-audit', 's3:GetObject', `${logsOf(asking)}/AWSLogs/any1`),
    ...by('transfer-audit', 's3:PutObject s3:GetObject', `${ledger}/index/any1`),
    ...by('ledger-seal', 's3:PutObject s3:GetObject', `${ledger}/any1`),
    ...by('ledger-seal', 'kms:Sign kms:GetPublicKey', zoneKey),
    ...things
      .tablesOfTheLedger(operator)
      .flatMap((table) =>
        ['transfer-audit', 'ledger-seal'].flatMap((each) =>
          by(each, 'dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query', table),
        ),
      ),
  ];
}

/** CloudFront serves the mailbox’s page, which is made in the one Region of certificates. */
function servingPage(asking: Asking): Need[] {
  const { zone } = asking.register;
  const { zone: operator } = zone.accounts;
  const { zoneKey } = asking;
  const files = `arn:aws:s3:::${zone.namePrefix}-mailbox-${operator}-${zone.region}-an/any1`;
  const release = asking.own(operator, 'page-release');
  return [
    ...asking.ofService('cloudfront.amazonaws.com', operator, 's3:GetObject', files, operator),
    ...asking.ofService('cloudfront.amazonaws.com', operator, 'kms:Decrypt', zoneKey, operator),
    ...asking.ask(release, operator, 's3:PutObject', files),
    ...asking.ask(release, operator, 'kms:GenerateDataKey', zoneKey),
    ...asking.ask(
      asking.deploying(operator),
      operator,
      [
        'cloudfront:CreateDistribution cloudfront:UpdateDistribution cloudfront:DeleteDistribution',
        'cloudfront:TagResource cloudfront:CreateOriginAccessControl cloudfront:CreateResponseHeadersPolicy',
        'cloudfront:UpdateResponseHeadersPolicy',
      ].join(' '),
      '*',
    ),
    ...asking.ask(
      asking.role(operator, 'people'),
      operator,
      'cloudfront:GetDistribution acm:DescribeCertificate',
      '*',
      { 'aws:RequestedRegion': 'us-east-1' },
    ),
  ];
}
