/** Changes that checks must find: of whose keys things are encrypted with, and who may use and administer these. */
import { type Json, withFile } from '../judged-sample';
import { add, allow, documentOf, drop, of, statement } from '../template-edits';
import { writing } from './mutant';
import { BUCKET, bucketPolicy, collect, DWP, KEY, keyPolicy, ROOT } from './sample-parts';

const { mutant, mutants, on, other } = writing();

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
        'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['aws:s3:arn'] },
        Null: { 'kms:EncryptionContextKeys': 'false' },
      },
    }),
  'KMS-SEP',
);
mutant('the deposit role decrypts in any bucket', (t) => {
  delete statement(keyPolicy(t), 'DepositRole').Condition.StringEquals['kms:EncryptionContext:aws:s3:arn'];
});
mutant('the deposit role encrypts with a context that no grant has', (t) => {
  delete statement(keyPolicy(t), 'DepositRole').Condition['ForAllValues:StringEquals'];
});
mutant('the release gate reads whether or not it is told the context', (t) => {
  delete statement(keyPolicy(t), 'ReleaseGateReads').Condition.Null;
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
mutant('the broker grants with a context of more than the bucket', (t) => {
  delete statement(keyPolicy(t), 'LetsCollectRolesRead').Condition['ForAllValues:StringEquals'][
    'kms:EncryptionContextKeys'
  ];
});
mutant('the broker grants without a context', (t) => {
  delete statement(keyPolicy(t), 'LetsCollectRolesRead').Condition.Null['kms:EncryptionContextKeys'];
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

export const KEYS = mutants;
