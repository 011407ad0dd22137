/** Requests that the perimeter, and the guardrail on the origin of keys, must deny, and those that they must let be. */
import { LEEDS, ORGANISATION, type Row, type Table, ZONE } from './asking';

const BUCKET = `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an`;
const OBJECT = `${BUCKET}/agreements/x`;
const KEY = `arn:aws:kms:eu-west-2:${LEEDS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const QUEUE = `arn:aws:sqs:eu-west-2:${ZONE}:concordat-log-files`;
const TABLE = `arn:aws:dynamodb:eu-west-2:${ZONE}:table/concordat-staging`;
const BUS = `arn:aws:events:eu-west-2:${ZONE}:event-bus/default`;
const LOG = `arn:aws:logs:eu-west-2:${ZONE}:log-group:/aws/lambda/concordat-ledger-seal`;
const role = (rest: string) => `arn:aws:iam::${LEEDS}:role/${rest}`;
const DEPLOY = role(`cdk-concordat-deploy-role-${LEEDS}-eu-west-2`);
const BROKER = role('concordat/concordat-grant-broker');
const FOR_US = { 'aws:SourceAccount': LEEDS, 'aws:SourceOrgID': ORGANISATION };
const FOR_OTHERS = { 'aws:SourceAccount': '999999999999', 'aws:SourceOrgID': 'o-elsewhere00' };
const FOR_NOBODYS = { 'aws:SourceAccount': '999999999999' };
const PLAIN = { 'aws:SecureTransport': 'false' };
const OLD_TLS = { 's3:TlsVersion': '1.1' };
const NOT_FOR_A_SERVICE = { 'kms:GrantIsForAWSResource': 'false' };
const WHATEVER = { 'aws:SecureTransport': undefined, 's3:TlsVersion': undefined };

/** By the statement’s Sid. */
export const PERIMETER_TABLES: Readonly<Record<string, Table>> = {
  DenySharedDataToAllButTheOrganisationAndDeclaredExternals: {
    deny: [
      ['stranger', 's3:GetObject s3:PutObject s3:DeleteObject', OBJECT],
      ['stranger', 'kms:Decrypt kms:GenerateDataKey kms:DescribeKey', KEY],
      ['strangerAlone', 's3:GetObject', OBJECT],
      ['strangerAlone', 'kms:Decrypt', KEY],
      ['anonymous', 's3:GetObject s3:ListBucket', OBJECT],
      ['lookalike', 's3:GetObject', OBJECT],
    ],
    allow: [
      ['collect', 's3:GetObject', OBJECT],
      ['otherMember', 's3:GetObject', OBJECT],
      ['otherMember', 'kms:Decrypt', KEY],
      ['external', 's3:GetObject', OBJECT],
      ['external', 'kms:Decrypt', KEY],
      ['externalAlone', 's3:GetObject', OBJECT],
      ['cloudTrail', 's3:PutObject', OBJECT, { 'aws:SourceAccount': ZONE, 'aws:SourceOrgID': ORGANISATION }],
    ],
  },
  DenyTheRestToAllButTheOrganisation: {
    deny: [
      ['stranger', 'sqs:SendMessage sqs:ReceiveMessage', QUEUE],
      ['stranger', 'sts:AssumeRole', DEPLOY],
      ['strangerAlone', 'sts:AssumeRole', DEPLOY],
      ['external', 'sqs:SendMessage', QUEUE],
      ['external', 'sts:AssumeRole', BROKER],
    ],
    allow: [
      ['deployer', 'sts:AssumeRole', DEPLOY],
      ['otherMember', 'sqs:SendMessage', QUEUE],
      ['lambda', 'sts:AssumeRole', BROKER, FOR_US],
      ['cloudFormationItself', 'sts:AssumeRole', role(`cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`)],
      // Who signs in by IAM Identity Center comes with tags, where the operator has it pass attributes on.
      [
        'saml',
        'sts:AssumeRoleWithSAML sts:TagSession sts:SetSourceIdentity',
        role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Analyst_1'),
      ],
      ['people', 'sts:AssumeRoleWithWebIdentity sts:TagSession', role('pipeline')],
    ],
  },
  DenyServicesThatActForOthers: {
    deny: [
      ['cloudTrail', 's3:PutObject', OBJECT, FOR_OTHERS],
      ['cloudTrail', 'kms:GenerateDataKey', KEY, FOR_OTHERS],
      ['s3', 'sqs:SendMessage', QUEUE, FOR_OTHERS],
      ['lambda', 'sts:AssumeRole sts:TagSession sts:SetSourceIdentity', BROKER, FOR_OTHERS],
      // An account of no organisation: the key of the organisation is absent, and must count as another’s.
      ['cloudTrail', 's3:PutObject', OBJECT, FOR_NOBODYS],
      ['s3', 'sqs:SendMessage', QUEUE, FOR_NOBODYS],
    ],
    allow: [
      ['cloudTrail', 's3:PutObject', OBJECT, FOR_US],
      ['s3', 'sqs:SendMessage', QUEUE, FOR_US],
      ['lambda', 'sts:AssumeRole', BROKER, FOR_US],
      // A service that says nothing of whom it acts for.
      ['cloudTrail', 's3:PutObject', OBJECT],
      ['cloudFormationItself', 'sts:AssumeRole', role(`cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`)],
      // Somebody of ours, by way of a service that says so.
      ['collect', 's3:GetObject', OBJECT, FOR_OTHERS],
      ['serviceLinked', 's3:PutObject', OBJECT, FOR_OTHERS],
    ],
  },
  DenyFederatedSessionsOfOurRoles: {
    deny: [
      ['saml', 'sts:AssumeRoleWithSAML sts:AssumeRoleWithWebIdentity', BROKER],
      ['saml', 'sts:AssumeRoleWithSAML', DEPLOY],
    ],
    allow: [
      [
        'saml',
        'sts:AssumeRoleWithSAML sts:AssumeRoleWithWebIdentity',
        role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Analyst_1'),
      ],
      ['deployer', 'sts:AssumeRole', DEPLOY],
    ],
  },
  DenyGrantsByAllButServicesAndTheBroker: {
    deny: [
      ['administrator', 'kms:CreateGrant', KEY, NOT_FOR_A_SERVICE],
      ['otherMember', 'kms:CreateGrant', KEY, NOT_FOR_A_SERVICE],
      ['administrator', 'kms:CreateGrant', KEY],
      ['external', 'kms:CreateGrant', KEY, NOT_FOR_A_SERVICE],
    ],
    allow: [
      ['broker', 'kms:CreateGrant', KEY, NOT_FOR_A_SERVICE],
      ['administrator', 'kms:CreateGrant', KEY, { 'kms:GrantIsForAWSResource': 'true' }],
      ['broker', 'kms:RevokeGrant kms:ListGrants', KEY],
      ['administrator', 'kms:RevokeGrant', KEY],
    ],
  },
  DenyRequestsWithoutTls: {
    deny: [
      ['collect', 's3:GetObject', OBJECT, PLAIN],
      ['collect', 'kms:Decrypt', KEY, PLAIN],
      ['administrator', 'sqs:SendMessage', QUEUE, PLAIN],
      ['deployer', 'sts:AssumeRole sts:TagSession sts:SetSourceIdentity', DEPLOY, PLAIN],
      ['external', 's3:GetObject', OBJECT, PLAIN],
      ['anonymous', 's3:GetObject', OBJECT, PLAIN],
    ],
    allow: [
      ['collect', 's3:GetObject', OBJECT],
      ['collect', 's3:GetObject', OBJECT, WHATEVER],
      // AWS leaves out how its services reach one another, or says no.
      ['cloudTrail', 's3:PutObject', OBJECT, { ...FOR_US, ...PLAIN }],
      ['s3', 'sqs:SendMessage', QUEUE, { ...FOR_US, ...PLAIN }],
    ],
  },
  DenyTablesEventsAndLogsToAllButTheOrganisation: {
    deny: [
      ['stranger', 'dynamodb:GetItem dynamodb:Scan', TABLE],
      ['external', 'dynamodb:GetItem', TABLE],
      ['stranger', 'events:PutEvents events:PutRule', BUS],
      ['external', 'events:PutEvents', BUS],
      ['strangerAlone', 'logs:GetLogEvents logs:PutSubscriptionFilter', LOG],
      ['anonymous', 'logs:GetLogEvents', LOG],
    ],
    allow: [
      ['operator', 'dynamodb:GetItem', TABLE],
      ['sealer', 'dynamodb:PutItem', TABLE],
      ['operator', 'logs:GetLogEvents', LOG],
      ['otherMember', 'events:PutEvents', BUS],
      ['s3', 'events:PutEvents', BUS],
    ],
  },
  DenyTablesEventsAndLogsToServicesThatActForOthers: {
    deny: [
      ['s3', 'dynamodb:GetItem', TABLE, FOR_OTHERS],
      ['s3', 'events:PutEvents', BUS, FOR_OTHERS],
      ['cloudTrail', 'logs:CreateLogStream', LOG, FOR_OTHERS],
      ['cloudTrail', 'logs:CreateLogStream', LOG, FOR_NOBODYS],
    ],
    allow: [
      ['s3', 'dynamodb:GetItem', TABLE, FOR_US],
      ['s3', 'events:PutEvents', BUS, FOR_US],
      ['cloudTrail', 'logs:DescribeLogStreams', LOG, FOR_US],
      ['cloudTrail', 'logs:DescribeLogStreams', LOG],
      ['operator', 'dynamodb:GetItem', TABLE, FOR_OTHERS],
    ],
  },
  DenyTablesEventsAndLogsWithoutTls: {
    deny: [
      ['operator', 'dynamodb:GetItem', TABLE, PLAIN],
      ['operator', 'events:PutEvents', BUS, PLAIN],
      ['operator', 'logs:GetLogEvents', LOG, PLAIN],
    ],
    allow: [
      ['operator', 'dynamodb:GetItem', TABLE],
      ['operator', 'logs:GetLogEvents', LOG, WHATEVER],
      ['s3', 'events:PutEvents', BUS, { ...FOR_US, ...PLAIN }],
    ],
  },
  DenyTlsBelowOnePointTwo: {
    deny: [
      ['collect', 's3:GetObject', OBJECT, OLD_TLS],
      ['external', 's3:GetObject', OBJECT, OLD_TLS],
      ['anonymous', 's3:GetObject', OBJECT, OLD_TLS],
    ],
    allow: [
      ['collect', 's3:GetObject', OBJECT, { 's3:TlsVersion': '1.2' }],
      ['cloudTrail', 's3:PutObject', OBJECT, { ...FOR_US, ...OLD_TLS }],
    ],
  },
};

const origin = (of: string, more: Row[3] = {}): Row[3] => ({ 'kms:KeyOrigin': of, ...more });
const THROUGH_S3 = { 'kms:EncryptionContext:aws:s3:arn': BUCKET };

/** For the unit of imported keys. */
export const CUSTODY_TABLES: Readonly<Record<string, Table>> = {
  DenyMakingKeysOfAnotherOrigin: {
    deny: [
      ['administrator', 'kms:CreateKey', '*', origin('AWS_KMS')],
      ['cloudFormation', 'kms:CreateKey', '*', origin('AWS_KMS')],
      [
        'cloudFormation',
        'kms:CreateKey',
        '*',
        origin('AWS_KMS', { 'aws:RequestTag/concordat:key-purpose': 'shared-data' }),
      ],
      ['administrator', 'kms:CreateKey', '*'],
    ],
    allow: [
      ['cloudFormation', 'kms:CreateKey', '*', origin('EXTERNAL')],
      [
        'cloudFormation',
        'kms:CreateKey',
        '*',
        origin('AWS_KMS', { 'aws:RequestTag/concordat:key-purpose': 'alerts-and-logs' }),
      ],
    ],
  },
  DenyDepositsUnderKeysOfAnotherOrigin: {
    deny: [
      ['deposit', 'kms:GenerateDataKey', KEY, origin('AWS_KMS', THROUGH_S3)],
      ['deposit', 'kms:GenerateDataKey', KEY, THROUGH_S3],
      [
        'deposit',
        'kms:GenerateDataKey',
        KEY,
        origin('AWS_KMS', { 'kms:EncryptionContext:aws:s3:arn': OBJECT }),
      ],
    ],
    allow: [
      ['deposit', 'kms:GenerateDataKey', KEY, origin('EXTERNAL', THROUGH_S3)],
      ['collect', 'kms:Decrypt', KEY, origin('AWS_KMS', THROUGH_S3)],
      ['administrator', 'kms:GenerateDataKey', KEY, origin('AWS_KMS')],
    ],
  },
};
