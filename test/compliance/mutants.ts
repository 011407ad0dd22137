/** For each check, changes of the sample’s assembly that it must find. */
import type { JudgedAssembly } from '../../lib/compliance/check';
import { type Json, withFile, withRegister, withTemplate } from './judged-sample';
import { add, allow, documentOf, drop, of, statement, whole } from './template-edits';

/** A change, the check that must find it, and those that see it as well. */
export interface Mutant {
  readonly check: string;
  readonly how: string;
  readonly make: (assembly: JudgedAssembly) => JudgedAssembly;
  /** Checks that find it besides, since they ask something that no longer holds either. */
  readonly also: readonly string[];
}

const mutants: Mutant[] = [];
let subject = { check: '', stack: '' };

/** Says of which check, and by changing which stack, the next mutants are. */
function on(check: string, stack: string): void {
  subject = { check, stack };
}

function mutant(how: string, edit: (template: Json) => void, ...also: string[]): void {
  const { check, stack } = subject;
  mutants.push({ check, how, make: (assembly) => withTemplate(assembly, stack, edit), also });
}

function other(check: string, how: string, make: Mutant['make'], ...also: string[]): void {
  mutants.push({ check, how, make, also });
}

const DWP = 'Organisation-dwp';
const BUCKET = 'AWS::S3::Bucket';
const POLICY = 'AWS::S3::BucketPolicy';
const POINT = 'AWS::S3::AccessPoint';
const KEY = 'AWS::KMS::Key';
const ROLE = 'AWS::IAM::Role';
const ALARM = 'AWS::CloudWatch::Alarm';
const FUNCTION = 'AWS::Lambda::Function';
const ROOT = { AWS: 'arn:aws:iam::100000000011:root' };
const bucketPolicy = (t: Json) => documentOf(of(t, POLICY));
const keyPolicy = (t: Json) => documentOf(of(t, KEY, 'Encryption'));
const pointPolicy = (t: Json) => documentOf(of(t, POINT));
const collect = (t: Json) => documentOf(of(t, ROLE, 'Collect'));

on('S3-XACCT', DWP);
mutant('an access point is for nobody’s share', (t) => {
  of(t, POINT).Name = '000000000000--leeds';
});
mutant('an access point is missing', (t) => {
  delete t.Resources[Object.keys(t.Resources).find((id) => id.startsWith('Share')) as string];
});
mutant('another organisation reads', (t) => {
  statement(pointPolicy(t), 'Get').Condition.ArnEquals['aws:PrincipalArn'] =
    'arn:aws:iam::100000000023:role/concordat/concordat-collect';
});
mutant('another role of the recipient reads', (t) => {
  statement(pointPolicy(t), 'Get').Condition.ArnEquals['aws:PrincipalArn'] =
    'arn:aws:iam::100000000021:role/somebody';
});
mutant('the whole account of the recipient reads', (t) => {
  delete statement(pointPolicy(t), 'Get').Condition.ArnEquals;
});
mutant('all agreements are read', (t) => {
  statement(pointPolicy(t), 'Get').Resource = statement(pointPolicy(t), 'Get').Resource.replace(
    'benefit-rates',
    '*',
  );
});
mutant('all names are listed', (t) => {
  delete statement(pointPolicy(t), 'List').Condition.StringLike;
});
mutant('the bucket lets a registered account in past access points', (t) =>
  allow(bucketPolicy(t), {
    Principal: { AWS: '100000000021' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::concordat-exchange-100000000011-eu-west-2-an/*',
  }),
);
other(
  'S3-XACCT',
  'an agreement has ended, and its access points stay',
  (a) =>
    withRegister(a, {
      ...a.register,
      agreements: a.register.agreements.filter(({ id }) => id !== 'benefit-rates'),
    }),
  'KMS-READERS',
);

on('S3-XACTIONS', DWP);
mutant('a recipient may write', (t) => statement(pointPolicy(t), 'Get').Action.push('s3:PutObject'));
mutant('a recipient may do everything', (t) => {
  statement(pointPolicy(t), 'Get').Action = '*';
});
on('SHARE-DAYS', DWP);
mutant('access has no end', (t) => {
  delete statement(pointPolicy(t), 'Get').Condition.DateLessThan;
});
mutant('access ends a day late', (t) => {
  statement(pointPolicy(t), 'List').Condition.DateLessThan['aws:CurrentTime'] = '2030-10-01T23:00:00Z';
});
mutant('access begins early', (t) => {
  statement(pointPolicy(t), 'Get').Condition.DateGreaterThanEquals['aws:CurrentTime'] =
    '2020-01-01T00:00:00Z';
});
on('SHARE-LINE', DWP);
mutant('nothing says where it comes from', (t) => {
  delete whole(t, POINT).Metadata;
});
mutant('it says another agreement', (t) => {
  whole(t, POINT).Metadata.Concordat.agreement = 'air-quality-readings';
});
on('GATE-READ', DWP);
mutant('what was not scanned is read', (t) => {
  delete statement(pointPolicy(t), 'Get').Condition.StringEquals;
});
mutant('what has malware is read', (t) => {
  statement(pointPolicy(t), 'Get').Condition.StringEquals['s3:ExistingObjectTag/GuardDutyMalwareScanStatus'] =
    'THREATS_FOUND';
});
mutant('what the gate rejected is read', (t) => {
  statement(pointPolicy(t), 'Get').Condition.StringEquals['s3:ExistingObjectTag/concordat-gate'] = 'rejected';
});
mutant('what the gate has not decided on is read', (t) => {
  delete statement(pointPolicy(t), 'Get').Condition.StringEquals['s3:ExistingObjectTag/concordat-gate'];
});

const sse = (t: Json) =>
  of(t, BUCKET).BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault;
on('S3-KMS', 'Zone');
mutant('S3 encrypts with its own key', (t) => {
  of(
    t,
    BUCKET,
    'LogArchive',
  ).BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault = {
    SSEAlgorithm: 'AES256',
  };
});
on('S3-OWNKEY', DWP);
mutant(
  'the bucket uses the key of alerts',
  (t) => {
    sse(t).KMSMasterKeyID = { 'Fn::GetAtt': ['SecurityAlertsKeyF8195497', 'Arn'] };
  },
  'S3-DENYKEY',
);
mutant(
  'the bucket uses another organisation’s key',
  (t) => {
    sse(t).KMSMasterKeyID = 'arn:aws:kms:eu-west-2:100000000012:key/00000000-0000-4000-8000-000000000012';
  },
  'S3-DENYKEY',
);
mutant(
  'the organisation has another bucket',
  (t) => add(t, BUCKET, { ...of(t, BUCKET), BucketName: 'elsewhere' }),
  'S3-TLS',
  'S3-TLS12',
  'S3-LOG',
  'S3-LOCK',
  'S3-RETAIN',
  'AUDIT-APPEND',
);
on('S3-DENYKEY', DWP);
for (const sid of [
  'DenyEncryptionOtherThanKms',
  'DenyAnyOtherKey',
  'DenyTheKeyThatAwsManages',
  'DenyKeysThatTheCallerBrings',
  'DenyMovingObjects',
])
  mutant(`${sid} is gone`, (t) => drop(bucketPolicy(t), sid));
mutant('another key is let in', (t) => {
  statement(bucketPolicy(t), 'DenyAnyOtherKey').Condition.ArnNotEquals[
    's3:x-amz-server-side-encryption-aws-kms-key-id'
  ] = 'arn:aws:kms:eu-west-2:100000000011:key/*';
});

on('KMS-CUSTODY', DWP);
mutant('somebody else ends the key', (t) => {
  statement(keyPolicy(t), 'MayEndTheKey').Condition.ArnEquals['aws:PrincipalArn'] = [
    'arn:aws:iam::100000000011:role/somebody',
  ];
});
mutant('the operator changes the key’s policy', (t) =>
  allow(keyPolicy(t), { Principal: { AWS: '100000000002' }, Action: 'kms:PutKeyPolicy', Resource: '*' }),
);
other('KMS-CUSTODY', 'somebody else ends a key that was brought', (a) =>
  withFile(a, /key-policy-hmcts/, (policy) => {
    statement(policy, 'MayEndTheKey').Condition.ArnEquals['aws:PrincipalArn'] = [
      'arn:aws:iam::100000000012:role/somebody',
    ];
  }),
);
on('KMS-SEP', 'Zone');
mutant('whoever reads log files also ends their key', (t) =>
  allow(documentOf(of(t, KEY, 'LogArchive')), {
    ...statement(documentOf(of(t, KEY, 'LogArchive')), 'TheTransferAuditReads'),
    Sid: 'Mutant',
    Action: ['kms:ScheduleKeyDeletion'],
  }),
);
on('KMS-SEP', DWP);
mutant(
  'administrators decrypt',
  (t) => statement(keyPolicy(t), 'AdministratorsRunTheKey').Action.push('kms:Decrypt'),
  'KMS-READERS',
);
on('KMS-READERS', DWP);
mutant(
  'the whole account decrypts',
  (t) =>
    allow(keyPolicy(t), {
      Principal: ROOT,
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:ViaService': 's3.eu-west-2.amazonaws.com',
          'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::concordat-exchange-100000000011-eu-west-2-an',
        },
      },
    }),
  'KMS-SEP',
);
mutant('the deposit role decrypts in any bucket', (t) => {
  delete statement(keyPolicy(t), 'DepositRole').Condition.StringEquals['kms:EncryptionContext:aws:s3:arn'];
});
mutant('the malware scan no longer decrypts', (t) => drop(keyPolicy(t), 'MalwareScan'));
other('KMS-READERS', 'a grant is for somebody without an agreement', (a) =>
  withFile(a, /grants\.json/, (list) =>
    list.shares.push({
      share: '000000000000--fife',
      grantee: 'arn:aws:iam::100000000023:role/concordat/concordat-collect',
    }),
  ),
);
other('KMS-READERS', 'a grant is missing', (a) => withFile(a, /grants\.json/, (list) => list.shares.pop()));
other('KMS-READERS', 'somebody decrypts with a key that was brought', (a) =>
  withFile(a, /key-policy-hmcts/, (policy) => {
    statement(policy, 'DepositRole').Condition.ArnEquals['aws:PrincipalArn'] =
      'arn:aws:iam::100000000012:role/somebody';
  }),
);
on('KMS-GRANT', DWP);
mutant('the broker grants encryption', (t) =>
  statement(keyPolicy(t), 'LetsCollectRolesRead').Condition['ForAllValues:StringEquals'][
    'kms:GrantOperations'
  ].push('Encrypt'),
);
mutant('the broker grants to any role', (t) => {
  statement(keyPolicy(t), 'LetsCollectRolesRead').Condition.StringLike['kms:GranteePrincipal'] = '*';
});
mutant('the broker grants for any bucket', (t) => {
  delete statement(keyPolicy(t), 'LetsCollectRolesRead').Condition.StringEquals[
    'kms:EncryptionContext:aws:s3:arn'
  ];
});
on('KMS-GRANT', 'Zone');
mutant('anybody in the zone grants', (t) => {
  delete statement(documentOf(of(t, KEY, 'Staging')), 'DynamoDbKeeps').Condition.Bool;
});
on('KMS-IAM', DWP);
mutant(
  'the collect role decrypts with any key',
  (t) => {
    statement(collect(t), 'Decrypt').Resource = ['*'];
  },
  'IAM-WILD',
);
mutant(
  'the collect role decrypts with keys outside the AWS organisation',
  (t) => {
    delete statement(collect(t), 'Decrypt').Condition.StringEquals['aws:ResourceOrgID'];
  },
  'IAM-WILD',
);
on('KMS-ROT', DWP);
mutant('the key is not rotated', (t) => {
  of(t, KEY).EnableKeyRotation = false;
});
mutant('the key is rotated every seven years', (t) => {
  of(t, KEY).RotationPeriodInDays = 2560;
});
on('KMS-SPEC', 'Zone');
mutant('the signing key encrypts', (t) => {
  of(t, KEY, 'Signing').KeyUsage = 'ENCRYPT_DECRYPT';
});
on('KMS-SPEC', DWP);
mutant(
  'the key may be copied to other Regions',
  (t) => {
    of(t, KEY).MultiRegion = true;
  },
  'TPL-REGION',
);
on('KMS-WINDOW', DWP);
mutant('the key is gone in a week', (t) => {
  of(t, KEY).PendingWindowInDays = 7;
});
on('KMS-ORIGIN', DWP);
mutant('the key’s material is imported', (t) => {
  of(t, KEY).Origin = 'EXTERNAL';
});
on('KMS-NOWILD', DWP);
mutant('everybody may describe the key', (t) =>
  allow(documentOf(of(t, KEY, 'SecurityAlerts')), {
    Principal: '*',
    Action: 'kms:DescribeKey',
    Resource: '*',
  }),
);
mutant('any organisation may', (t) =>
  allow(documentOf(of(t, KEY, 'SecurityAlerts')), {
    Principal: '*',
    Action: 'kms:DescribeKey',
    Resource: '*',
    Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } },
  }),
);
on('KMS-THROUGH', DWP);
mutant('use past S3 is not denied', (t) => drop(keyPolicy(t), 'UnlessThroughS3'));
mutant('use from outside is not denied', (t) => drop(keyPolicy(t), 'OutsideTheOrganisation'));
mutant('use from an account without an agreement is let through', (t) => {
  statement(keyPolicy(t), 'OutsideTheOrganisation').Condition.StringNotEquals['aws:PrincipalAccount'] = [
    '900000000061',
  ];
});

on('GATE-LOCK', DWP);
for (const sid of [
  'DenyTaggingByAll',
  'DenyRemovingOrReplicatingTags',
  'WhereMalwareVerdictIsNotClean',
  'ChangingTheMalwareVerdict',
  'ChangingItsDecision',
  'AnythingButADecision',
  'DenyReleasingByAllBut',
  'DenyWritingReportsByAllBut',
])
  mutant(`${sid} is gone`, (t) => drop(bucketPolicy(t), sid));
mutant('the deposit role tags', (t) =>
  statement(bucketPolicy(t), 'DenyTaggingByAll').Condition.ArnNotEquals['aws:PrincipalArn'].push(
    'arn:aws:iam::100000000011:role/concordat/concordat-deposit',
  ),
);
mutant('the deposit role writes reports', (t) => {
  statement(bucketPolicy(t), 'DenyWritingReports').Condition.ArnNotEquals['aws:PrincipalArn'] = [
    'release-gate',
    'deposit',
  ].map((each) => `arn:aws:iam::100000000011:role/concordat/concordat-${each}`);
});
on('GATE-WAKE', DWP);
const RULE = 'AWS::Events::Rule';
const GATE_RULE = 'ReleaseGateRule';
mutant('clean verdicts are not heard of', (t) => {
  of(t, RULE, GATE_RULE).EventPattern.detail.scanResultDetails.scanResultStatus = ['THREATS_FOUND'];
});
mutant('another bucket’s verdicts are heard of', (t) => {
  of(t, RULE, GATE_RULE).EventPattern.detail.s3ObjectDetails.bucketName = ['another'];
});
mutant('only some verdicts are heard of', (t) => {
  of(t, RULE, GATE_RULE).EventPattern.detail.s3Throttled = ['false'];
});
mutant('the rule is off', (t) => {
  of(t, RULE, GATE_RULE).State = 'DISABLED';
});
mutant('the queue of verdicts wakes nobody', (t) => {
  of(t, 'AWS::Lambda::EventSourceMapping', 'ReleaseGate').Enabled = false;
});
mutant('one verdict that fails takes others with it', (t) => {
  delete of(t, 'AWS::Lambda::EventSourceMapping', 'ReleaseGate').FunctionResponseTypes;
});
mutant('nothing has it sweep', (t) => {
  of(t, RULE, 'ReleaseGateSweep').ScheduleExpression = 'rate(30 days)';
});
on('GATE-ALARM', DWP);
for (const name of ['failing', 'silent', 'waiting', 'late', 'dead-letters'])
  mutant(
    `the alarm concordat-gate-${name} tells nobody`,
    (t) => {
      const alarms: Json[] = Object.values<Json>(t.Resources).filter(
        (each: Json) => each.Properties?.AlarmName === `concordat-gate-${name}`,
      );
      for (const each of alarms) each.Properties.AlarmActions = [];
    },
    'ALM-ORG',
    ...(name === 'failing' ? ['LAM-DLQ'] : name === 'dead-letters' ? ['SQS-DLQ'] : []),
  );
on('GATE-PLAN', DWP);
mutant('there is no plan', (t) => {
  delete t.Resources[Object.keys(t.Resources).find((id) => id.startsWith('MalwareProtectionPlan')) as string];
});
mutant('only some is scanned', (t) => {
  of(t, 'AWS::GuardDuty::MalwareProtectionPlan').ProtectedResource.S3Bucket.ObjectPrefixes = [
    'agreements/benefit-rates/',
  ];
});
mutant('verdicts are not written', (t) => {
  of(t, 'AWS::GuardDuty::MalwareProtectionPlan').Actions.Tagging.Status = 'DISABLED';
});

on('S3-BPA', DWP);
mutant('a bucket may be public', (t) => {
  of(t, BUCKET).PublicAccessBlockConfiguration.RestrictPublicBuckets = false;
});
mutant('an access point may be public', (t) => {
  delete of(t, POINT).PublicAccessBlockConfiguration;
});
on('S3-NOPUBLIC', 'Zone');
mutant('everybody reads the ledger', (t) => {
  delete statement(documentOf(of(t, POLICY, 'Ledger')), 'OrganisationsReadTheirOwn').Condition.StringEquals;
});
on('S3-ACL', DWP);
mutant('lists count', (t) => {
  of(t, BUCKET).OwnershipControls.Rules[0].ObjectOwnership = 'ObjectWriter';
});
on('S3-DEPUTY', 'Zone');
mutant('any trail writes log files', (t) => {
  delete statement(documentOf(of(t, POLICY, 'LogArchive')), 'TheTrailWrites').Condition.ArnEquals;
});
mutant('any account’s alarms publish', (t) => {
  delete statement(documentOf(of(t, 'AWS::SNS::TopicPolicy')), 'Alarms').Condition;
});
on('S3-DEPUTY', DWP);
mutant('any rule calls the function', (t) => {
  delete of(t, 'AWS::Lambda::Permission').SourceArn;
});
mutant('GuardDuty scans for anybody', (t) => {
  delete of(t, ROLE, 'MalwareProtection').AssumeRolePolicyDocument.Statement[0].Condition;
});
on('LAM-PUBLIC', DWP);
mutant('everybody calls the function', (t) => {
  of(t, 'AWS::Lambda::Permission').Principal = '*';
});
mutant('the function has an open address', (t) => add(t, 'AWS::Lambda::Url', { AuthType: 'NONE' }));
on('SQS-PUBLIC', 'Zone');
mutant('everybody sends messages', (t) =>
  allow(documentOf(of(t, 'AWS::SQS::QueuePolicy')), {
    Principal: '*',
    Action: 'sqs:SendMessage',
    Resource: '*',
  }),
);
on('EVB-POLICY', DWP);
mutant('everybody sends events', (t) =>
  add(t, 'AWS::Events::EventBusPolicy', { StatementId: 'x', Principal: '*' }),
);

on('S3-TLS', DWP);
mutant('plain HTTP is let in', (t) => drop(bucketPolicy(t), 'DenyRequestsWithoutTls'));
mutant('plain HTTP is denied on the bucket, not on objects', (t) =>
  statement(bucketPolicy(t), 'DenyRequestsWithoutTls').Resource.pop(),
);
mutant('plain HTTP is denied to one account', (t) => {
  statement(bucketPolicy(t), 'DenyRequestsWithoutTls').Principal = ROOT;
});
on('S3-TLS12', DWP);
mutant('old TLS is let in', (t) => drop(bucketPolicy(t), 'DenyTlsBelow'));
mutant('TLS 1.1 is let in', (t) => {
  statement(bucketPolicy(t), 'DenyTlsBelow').Condition.NumericLessThan['s3:TlsVersion'] = '1.1';
});
on('SQS-TLS', 'Zone');
mutant('plain HTTP is let in', (t) =>
  drop(documentOf(of(t, 'AWS::SQS::QueuePolicy')), 'DenyRequestsWithoutTls'),
);
on('SNS-SEC', DWP);
mutant('the topic is not encrypted', (t) => {
  delete of(t, 'AWS::SNS::Topic').KmsMasterKeyId;
});
mutant('another account publishes', (t) =>
  allow(documentOf(of(t, 'AWS::SNS::TopicPolicy')), {
    Principal: { AWS: '100000000012' },
    Action: 'sns:Publish',
    Resource: '*',
  }),
);
mutant('plain HTTP is let in', (t) =>
  drop(documentOf(of(t, 'AWS::SNS::TopicPolicy')), 'DenyPublishingWithoutTls'),
);
on('DDB-KMS', 'Zone');
mutant('AWS’s own key encrypts the table', (t) => {
  delete of(t, 'AWS::DynamoDB::Table').SSESpecification.KMSMasterKeyId;
});
on('SQS-SSE', 'Zone');
mutant('the queue is not encrypted', (t) => {
  of(t, 'AWS::SQS::Queue').SqsManagedSseEnabled = false;
});
on('LOG-KMS', DWP);
mutant('the log is not encrypted', (t) => {
  delete of(t, 'AWS::Logs::LogGroup').KmsKeyId;
});
on('CT-KMS', 'Trail');
mutant('log files are not encrypted', (t) => {
  delete of(t, 'AWS::CloudTrail::Trail').KMSKeyId;
});

on('IAM-TRUST', DWP);
mutant('somebody who is not declared deposits', (t) =>
  of(t, ROLE, 'Deposit').AssumeRolePolicyDocument.Statement[0].Condition.ArnEquals['aws:PrincipalArn'].push(
    'arn:aws:iam::100000000011:role/somebody',
  ),
);
mutant('the whole account collects', (t) => {
  delete of(t, ROLE, 'Collect').AssumeRolePolicyDocument.Statement[0].Condition;
});
mutant('another account collects', (t) => {
  of(t, ROLE, 'Collect').AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '100000000021' };
});
mutant('people take on the broker’s role', (t) =>
  allow(of(t, ROLE, 'KeyGrants').AssumeRolePolicyDocument, { Principal: ROOT, Action: 'sts:AssumeRole' }),
);
mutant('an identity provider hands out the role', (t) =>
  allow(of(t, ROLE, 'Collect').AssumeRolePolicyDocument, {
    Principal: { Federated: 'accounts.example' },
    Action: 'sts:AssumeRoleWithWebIdentity',
  }),
);
on('IAM-ADMIN', DWP);
mutant(
  'a role may do everything',
  (t) => allow(collect(t), { Action: ['*'], Resource: ['*'] }),
  'IAM-FULL',
  'KMS-IAM',
  'DDB-APPEND',
);
mutant(
  'a role may do everything but',
  (t) =>
    allow(collect(t), {
      NotAction: ['iam:*'],
      Resource: ['arn:aws:s3:::concordat-exchange-100000000011-eu-west-2-an'],
    }),
  'IAM-FULL',
  'KMS-IAM',
  'IAM-BOUND',
);
on('IAM-FULL', DWP);
mutant('a role has all of S3', (t) => {
  statement(collect(t), 'List').Action = ['s3:*'];
});
on('IAM-WILD', DWP);
mutant('a pattern of actions', (t) => {
  statement(collect(t), 'List').Action = ['s3:List*'];
});
mutant('any bucket', (t) => {
  statement(documentOf(of(t, ROLE, 'Deposit')), 'SeeTheVerdict').Resource = ['arn:aws:s3:::*/agreements/*'];
});
mutant('access points outside the AWS organisation', (t) => {
  delete statement(collect(t), 'List').Condition.StringEquals;
});
mutant('any table', (t) =>
  allow(collect(t), {
    Action: ['dynamodb:GetItem'],
    Resource: ['arn:aws:dynamodb:eu-west-2:100000000011:table/*'],
  }),
);
on('IAM-AWSMAN', DWP);
mutant('AWS writes a role’s policy', (t) => {
  of(t, ROLE).ManagedPolicyArns = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
});
on('IAM-NOUSER', DWP);
mutant('there is a user', (t) => add(t, 'AWS::IAM::User', {}));
mutant('there is an access key', (t) => add(t, 'AWS::IAM::AccessKey', { UserName: 'somebody' }));
on('IAM-INLINE', DWP);
mutant('a policy stands apart', (t) =>
  add(t, 'AWS::IAM::Policy', { PolicyDocument: { Statement: [] }, Roles: ['concordat-collect'] }),
);
mutant('a role has a policy from elsewhere', (t) => {
  of(t, ROLE).ManagedPolicyArns = ['arn:aws:iam::100000000011:policy/elsewhere'];
});
on('IAM-BOUND', DWP);
mutant('a role changes roles', (t) =>
  allow(collect(t), {
    Action: ['iam:PutRolePolicy'],
    Resource: ['arn:aws:iam::100000000011:role/concordat/concordat-collect'],
  }),
);
mutant('a role takes on another', (t) =>
  allow(collect(t), {
    Action: ['sts:AssumeRole'],
    Resource: ['arn:aws:iam::100000000011:role/concordat/concordat-deposit'],
  }),
);
mutant('the grant broker takes on a role', (t) =>
  allow(documentOf(of(t, ROLE, 'Broker')), {
    Action: ['sts:AssumeRole'],
    Resource: ['arn:aws:iam::100000000011:role/concordat/concordat-deposit'],
  }),
);
mutant('the grant broker puts a policy on its own role', (t) =>
  allow(documentOf(of(t, ROLE, 'Broker')), {
    Action: ['iam:PutRolePolicy'],
    Resource: ['arn:aws:iam::100000000011:role/concordat/concordat-grant-broker'],
  }),
);
on('IAM-CAP', DWP);
mutant('a role has no boundary', (t) => {
  delete of(t, ROLE, 'Collect').PermissionsBoundary;
});
mutant('a role has a boundary that AWS writes', (t) => {
  of(t, ROLE, 'Broker').PermissionsBoundary = 'arn:aws:iam::aws:policy/AdministratorAccess';
});
mutant('a role has the boundary of the operator’s', (t) => {
  of(t, ROLE, 'Broker').PermissionsBoundary =
    'arn:aws:iam::100000000011:policy/concordat-zone-roles-boundary';
});
on('IAM-SESSION', DWP);
mutant('a session lasts half a day', (t) => {
  of(t, ROLE).MaxSessionDuration = 43200;
});

on('LAM-RUNTIME', DWP);
mutant('an old runtime', (t) => {
  of(t, FUNCTION).Runtime = 'nodejs16.x';
});
other(
  'LAM-RUNTIME',
  'the runtime’s day has passed',
  (a) => ({ ...a, asOf: '2028-05-01' }),
  'TPL-EXCEPT',
  'S3-XACCT',
  'KMS-READERS',
  'KMS-THROUGH',
  'SHARE-DAYS',
);
on('LAM-DLQ', DWP);
mutant('failures go unnoticed', (t) => {
  delete t.Resources[Object.keys(t.Resources).find((id) => id.includes('failing')) as string];
});
mutant(
  'the alarm tells nobody',
  (t) => {
    of(t, ALARM, 'failing').AlarmActions = [];
  },
  'ALM-ORG',
);
on('LAM-ENV', DWP);
mutant('a secret by its name', (t) => {
  of(t, FUNCTION).Environment.Variables.API_TOKEN = 'x';
});
mutant('a secret by its look', (t) => {
  of(t, FUNCTION).Environment.Variables.OTHER = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD';
});
mutant('an API key of GOV.UK Notify', (t) => {
  of(t, FUNCTION).Environment.Variables.OTHER =
    'live-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0';
});
mutant('a secret that CloudFormation puts in', (t) => {
  of(t, FUNCTION).Environment.Variables.OTHER =
    '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3}}';
});
mutant('a secret behind an ARN', (t) => {
  of(t, FUNCTION).Environment.Variables.SECRET_ARN =
    'arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3 hunter2';
});
on('LAM-LOG', DWP);
mutant('plain text', (t) => {
  of(t, FUNCTION).LoggingConfig.LogFormat = 'Text';
});
mutant('Lambda’s own log group', (t) => {
  delete of(t, FUNCTION).LoggingConfig.LogGroup;
});
on('LAM-CODE', DWP);
mutant('code from elsewhere', (t) => {
  of(t, FUNCTION).Code.S3Key = `${'0'.repeat(64)}.zip`;
});
mutant('code in the template', (t) => {
  of(t, FUNCTION).Code = { ZipFile: 'exports.handler = () => {}' };
});
mutant('a layer from elsewhere', (t) => {
  of(t, 'AWS::Lambda::LayerVersion').Content.S3Key = 'grants.zip';
});
on('LAM-CONC', 'Zone');
mutant('nothing bounds it', (t) => {
  delete of(t, 'AWS::Lambda::EventSourceMapping').ScalingConfig;
});

const trail = (t: Json) => of(t, 'AWS::CloudTrail::Trail');
on('CT-DATA', 'Trail');
mutant('access points are not recorded', (t) => trail(t).AdvancedEventSelectors.splice(2, 1));
mutant('writes alone are recorded', (t) =>
  trail(t).AdvancedEventSelectors[2].FieldSelectors.push({ Field: 'readOnly', Equals: ['false'] }),
);
on('CT-KMSEV', 'Trail');
mutant('KMS is left out', (t) =>
  trail(t).AdvancedEventSelectors[0].FieldSelectors.push({
    Field: 'eventSource',
    NotEquals: ['kms.amazonaws.com'],
  }),
);
mutant('management events are left out', (t) => trail(t).AdvancedEventSelectors.shift());
on('CT-ORG', 'Trail');
for (const flag of ['IsOrganizationTrail', 'IsMultiRegionTrail', 'IncludeGlobalServiceEvents', 'IsLogging'])
  mutant(`${flag} is off`, (t) => {
    trail(t)[flag] = false;
  });
on('CT-VALID', 'Trail');
mutant('there are no digests', (t) => {
  trail(t).EnableLogFileValidation = false;
});
on('S3-LOG', 'Trail');
mutant(
  'one organisation is recorded',
  (t) => {
    trail(t).AdvancedEventSelectors[1].FieldSelectors[2].StartsWith = [
      'arn:aws:s3:::concordat-exchange-100000000011-',
    ];
  },
  'CT-DATA',
);
on('S3-EVT', 'Zone');
mutant('nobody is told of log files', (t) => {
  delete of(t, BUCKET, 'LogArchive').NotificationConfiguration;
});
mutant('nobody reads the queue', (t) => {
  of(t, 'AWS::Lambda::EventSourceMapping').Enabled = false;
});

on('S3-VER', DWP);
mutant('versions are suspended', (t) => {
  of(t, BUCKET).VersioningConfiguration.Status = 'Suspended';
});
on('S3-LOCK', 'Zone');
mutant('the lock is short', (t) => {
  of(t, BUCKET, 'Ledger').ObjectLockConfiguration.Rule.DefaultRetention.Years = 6;
});
mutant('the lock can be lifted', (t) => {
  of(t, BUCKET, 'LogArchive').ObjectLockConfiguration.Rule.DefaultRetention.Mode = 'GOVERNANCE';
});
on('S3-LIFE', DWP);
mutant('old versions go at once', (t) => {
  of(t, BUCKET).LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration.NoncurrentDays = 1;
});
mutant('what is shared goes by its age', (t) => {
  of(t, BUCKET).LifecycleConfiguration.Rules.push({ Status: 'Enabled', ExpirationInDays: 400 });
});
mutant('nothing is let go', (t) => {
  delete of(t, BUCKET).LifecycleConfiguration;
});
on('S3-COPY', DWP);
mutant('objects are copied elsewhere', (t) => {
  of(t, BUCKET).ReplicationConfiguration = { Rules: [] };
});
on('S3-RETAIN', DWP);
mutant('the key goes with the stack', (t) => {
  whole(t, KEY).DeletionPolicy = 'Delete';
});
mutant('the bucket goes when it is replaced', (t) => {
  delete whole(t, BUCKET).UpdateReplacePolicy;
});
on('AUDIT-APPEND', 'Zone');
mutant('the ledger can be deleted', (t) => drop(documentOf(of(t, POLICY, 'Ledger')), 'DenyDeletion'));
mutant('the ledger can be deleted from by most', (t) => {
  statement(documentOf(of(t, POLICY, 'Ledger')), 'DenyDeletion').Condition = {
    ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::100000000002:role/somebody' },
  };
});
mutant('anybody writes log files', (t) => drop(documentOf(of(t, POLICY, 'LogArchive')), 'DenyWritingToAll'));
on('LOG-RET', DWP);
mutant('the log is kept for a week', (t) => {
  of(t, 'AWS::Logs::LogGroup').RetentionInDays = 7;
});
on('DDB-PITR', 'Zone');
mutant('the table cannot be restored', (t) => {
  delete of(t, 'AWS::DynamoDB::Table').PointInTimeRecoverySpecification;
});
on('DDB-DEL', 'Zone');
mutant('the table can be deleted', (t) => {
  of(t, 'AWS::DynamoDB::Table').DeletionProtectionEnabled = false;
});
on('DDB-APPEND', 'Zone');
mutant('the audit removes entries', (t) =>
  statement(documentOf(of(t, ROLE, 'TransferAudit')), 'StageEntries').Action.push('dynamodb:DeleteItem'),
);
mutant('entries expire', (t) => {
  of(t, 'AWS::DynamoDB::Table', 'Staging').TimeToLiveSpecification = { AttributeName: 'x', Enabled: true };
});

const rule = (t: Json) => of(t, 'AWS::Events::Rule', 'SecurityChanges');
on('ALM-SEC', DWP);
mutant('the rule is off', (t) => {
  rule(t).State = 'DISABLED';
});
mutant('it is not told of key policies', (t) => {
  rule(t).EventPattern.detail.eventName = rule(t).EventPattern.detail.eventName.filter(
    (each: string) => each !== 'PutKeyPolicy',
  );
});
mutant('it passes over somebody', (t) =>
  rule(t).EventPattern.detail.userIdentity.sessionContext.sessionIssuer.arn[0]['anything-but'].push(
    'arn:aws:iam::100000000011:role/somebody',
  ),
);
mutant('it passes over users and root', (t) =>
  rule(t).EventPattern.detail.userIdentity.sessionContext.sessionIssuer.arn.pop(),
);
mutant('it sees one Region’s requests only', (t) => {
  rule(t).EventPattern.detail.sourceIPAddress = ['192.0.2.1'];
});
mutant('no alarm goes off', (t) => {
  of(t, ALARM, 'securitychanges').Threshold = 1000;
});
mutant('it is not told of new grants', (t) => {
  rule(t).EventPattern.detail.eventName = rule(t).EventPattern.detail.eventName.filter(
    (each: string) => each !== 'CreateGrant',
  );
});
mutant(
  'the alarm waits for a queue that is idle',
  (t) => {
    Object.assign(of(t, ALARM, 'securitychanges'), {
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [{ Name: 'QueueName', Value: 'concordat-security-changes' }],
    });
  },
  'SQS-DLQ',
);
on('ALM-ORG', DWP);
mutant('somebody else is told', (t) => {
  of(t, 'AWS::SNS::Topic').Subscription[0].Endpoint = 'somebody@elsewhere.example';
});
mutant('somebody else is told as well', (t) =>
  of(t, 'AWS::SNS::Topic').Subscription.push({ Endpoint: 'somebody@elsewhere.example' }),
);
mutant('an alarm tells nobody', (t) => {
  delete of(t, ALARM, 'silent').AlarmActions;
});
on('SQS-DLQ', 'Zone');
mutant('what cannot be read is lost', (t) => {
  delete of(t, 'AWS::SQS::Queue', 'LogArchiveQueue').RedrivePolicy;
});
mutant('nobody is told of what could not be read', (t) => {
  delete t.Resources.Alarmconcordatlogsdeadletters;
});
on('EVB-DLQ', DWP);
mutant('events vanish', (t) => {
  delete t.Resources[Object.keys(t.Resources).find((id) => id.includes('changesunkept')) as string];
});
on('TPL-DETECT', DWP);
mutant('GuardDuty is off', (t) => add(t, 'AWS::GuardDuty::Detector', { Enable: false }));
on('TPL-DETECT', 'Access-analyzer');
mutant('an analyzer of one account', (t) => {
  of(t, 'AWS::AccessAnalyzer::Analyzer').Type = 'ACCOUNT';
});

on('TPL-REGION', DWP);
mutant('a resource in another Region', (t) => {
  of(t, ALARM).OKActions = ['arn:aws:sns:us-east-1:100000000011:elsewhere'];
});
mutant('a table in many Regions', (t) => add(t, 'AWS::DynamoDB::GlobalTable', {}));
other('TPL-REGION', 'a stack goes to Ireland', (a) => ({
  ...a,
  stacks: a.stacks.map((each) => (each.name === 'Trail' ? { ...each, region: 'eu-west-1' } : each)),
}));
on('TPL-ISOLATE', DWP);
mutant('a resource of another organisation', (t) => {
  of(t, FUNCTION).Tags[0].Value = 'hmcts';
});
mutant('a resource of nobody', (t) => {
  of(t, FUNCTION).Tags = [];
});
mutant('a value from another stack', (t) => {
  of(t, FUNCTION).Description = { 'Fn::ImportValue': 'elsewhere' };
});
on('TPL-EXTERNAL', DWP);
mutant('an account that nobody registered', (t) => {
  of(t, FUNCTION).Environment.Variables.OTHER = 'arn:aws:iam::999999999999:root';
});
other('TPL-HASH', 'a byte of a template is flipped', (a) => ({
  ...a,
  stacks: a.stacks.map((each) => (each.name === DWP ? { ...each, sha256: '0'.repeat(64) } : each)),
}));
other('TPL-REGISTER', 'the register is another', (a) =>
  withFile(a, /concordat\.json/, (origin) => {
    origin.registerDigest = '0'.repeat(64);
  }),
);
on('TPL-SECRETS', DWP);
mutant('an access key', (t) => {
  of(t, FUNCTION).Description = 'AKIAIOSFODNN7EXAMPLE';
});
mutant('an open parameter', (t) => {
  t.Parameters = { Password: { Type: 'String' } };
});
mutant('a parameter that takes more than the ARN of a key', (t) => {
  t.Parameters = {
    Key: { Type: 'String', AllowedPattern: '^(arn:aws:kms:eu-west-2:100000000002:key/[0-9a-f-]{36}|.*)$' },
  };
});
other('TPL-TERM', 'a stack is not protected', (a) => ({
  ...a,
  stacks: a.stacks.map((each) => (each.name === DWP ? { ...each, terminationProtection: false } : each)),
}));
on('TPL-PERSONAL', DWP);
mutant('a name in a tag', (t) => of(t, FUNCTION).Tags.push({ Key: 'owner', Value: 'Jo Bloggs' }));
mutant('a mailbox in a description', (t) => {
  of(t, FUNCTION).Description = 'ask jo.bloggs@dwp.example';
});
mutant('a National Insurance number in a name', (t) => {
  of(t, ALARM).AlarmDescription = 'QQ 12 34 56 C has AB123456C';
});
/** The agreement that has ended asks for a declaration, some days after its last, and nothing follows it. */
const declaredWithin = (disposeWithin: string) => (a: JudgedAssembly) =>
  withRegister(a, {
    ...a.register,
    agreements: a.register.agreements.map(({ supersedes: _, ...each }) =>
      each.id === 'housing-benefit-pilot'
        ? { ...each, retention: { ...each.retention, disposeWithin } }
        : each,
    ),
  });
other('AGR-DISPOSED', 'a declaration of disposal is late', declaredWithin('P30D'));
const suppressed = (report: Json) => report.pluginReports[0].suppressedViolations[0];
other('TPL-EXCEPT', 'an exception is past its day', (a) =>
  withFile(a, /validation-report/, (r) => {
    suppressed(r).reason = suppressed(r).reason.replace('2028', '2026');
  }),
);
other('TPL-EXCEPT', 'an exception has no owner', (a) =>
  withFile(a, /validation-report/, (r) => {
    suppressed(r).reason = 'Because I say so, and that is enough.';
  }),
);
other('TPL-EXCEPT', 'an exception has a bare rule id', (a) =>
  withFile(a, /validation-report/, (r) => {
    suppressed(r).acknowledgedId = 'AwsSolutions-S1';
  }),
);
other('TPL-EXCEPT', 'a finding is open', (a) =>
  withFile(a, /validation-report/, (r) =>
    r.pluginReports[0].violations.push({ ruleName: 'AwsSolutions-S2' }),
  ),
);
other('TPL-EXCEPT', 'there is no report', (a) => ({
  ...a,
  files: new Map([...a.files].filter(([name]) => name !== 'validation-report.json')),
}));

export const MUTANTS: readonly Mutant[] = mutants;
