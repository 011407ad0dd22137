/** The operator’s own buckets and keys: what the register declares, and nothing else, is found to be allowed. */
import { all, changed, type Document, findings, type Json, type Statement } from './world';

const ZONE = '100000000002';
const ROGUE = { AWS: 'arn:aws:iam::100000000023:root' };

const policyOf = (resources: Record<string, Json>, bucket: 'logs' | 'ledger') =>
  all(resources, 'AWS::S3::BucketPolicy')
    .map(({ Properties }) => Properties.PolicyDocument as Document)
    .find((each) => JSON.stringify(each).includes(`:::concordat-${bucket}-`)) as Document;
const statement = (resources: Record<string, Json>, sid: string): Statement => {
  const documents = [
    ...all(resources, 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy as Document),
    ...(['logs', 'ledger'] as const).map((each) => policyOf(resources, each)),
  ];
  const [found, ...others] = documents.flatMap((each) => each.Statement.filter(({ Sid }) => Sid === sid));
  if (found === undefined || others.length > 0) throw new Error(`there is no one ${sid}`);
  return found;
};
const tableStatement = (resources: Record<string, Json>, table: string, sid: string): Statement => {
  const found = Object.entries(resources)
    .filter(([id, { Type }]) => Type === 'AWS::DynamoDB::Table' && id.includes(table))
    .flatMap(([, { Properties }]) => Properties.ResourcePolicy?.PolicyDocument.Statement ?? [])
    .find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`there is no ${sid}`);
  return found;
};
const unconditionally = (sid: string, operator: string) => (resources: Record<string, Json>) => {
  const { Condition } = statement(resources, sid);
  if (Condition?.[operator] === undefined) throw new Error(`${sid} has no ${operator}`);
  delete Condition[operator];
};

const CHANGES: readonly (readonly [string, (resources: Record<string, Json>) => void, RegExp])[] = [
  [
    'a rogue reader of the ledger',
    (resources) => {
      const { Statement: list } = policyOf(resources, 'ledger');
      list.push({
        Sid: 'Rogue',
        Effect: 'Allow',
        Principal: ROGUE,
        Action: ['s3:GetObject'],
        Resource: `${String(list[1]?.Resource)}/*`,
      });
    },
    /^extra: fife \(.* can read .* what is the zone’s[\s\S]*'Rogue' of 'Zone\/Ledger/,
  ],
  [
    'a rogue reader of log files',
    (resources) => {
      const { Statement: list } = policyOf(resources, 'logs');
      list.push({
        Sid: 'Rogue',
        Effect: 'Allow',
        Principal: ROGUE,
        Action: ['s3:GetObject'],
        Resource: `${String(list[0]?.Resource)}/*`,
      });
    },
    /^extra: fife \(.* can read .* what is the zone’s[\s\S]*'Rogue' of 'Zone\/LogArchive/,
  ],
  [
    'the receipts of others',
    (resources) => {
      const read = statement(resources, 'OrganisationsReadTheirOwnReceiptsAndTheHeads');
      read.Resource = (read.Resource as string[]).map((each) =>
        each.replace(/\$\{aws:PrincipalAccount\}/, '*'),
      );
    },
    /^extra: .*concordat-receipts.* can read [\s\S]*receipts\/[\s\S]*'OrganisationsReadTheirOwnReceipts/,
  ],
  [
    'receipts for roles of any name',
    unconditionally('OrganisationsReadTheirOwnReceiptsAndTheHeads', 'ArnLike'),
    /^extra: (?!.*concordat-receipts).* can read /,
  ],
  [
    'receipts outside the AWS organisation',
    unconditionally('OrganisationsReadTheirOwnReceiptsAndTheHeads', 'StringEquals'),
    /^extra: account 99999999999[78] \(role\/concordat\/concordat-receipts.* can read /,
  ],
  [
    'receipts that nobody can read',
    (resources) => {
      statement(resources, 'OrganisationsReadTheirOwnReceiptsAndTheHeads').Action = ['s3:GetObjectAcl'];
    },
    /^missing: leeds \(role\/concordat\/concordat-receipts\) cannot read [\s\S]*no yes from/,
  ],
  [
    'the ledger’s key without its bucket',
    (resources) => {
      const decrypt = statement(resources, 'OrganisationsDecryptTheirReceipts');
      delete decrypt.Condition?.StringEquals?.['kms:EncryptionContext:aws:s3:arn'];
    },
    /^extra: .*concordat-receipts.* can decrypt [\s\S]*'OrganisationsDecryptTheirReceipts'/,
  ],
  [
    'log files from any trail',
    unconditionally('TheTrailWritesLogFiles', 'ArnEquals'),
    /^extra: the AWS service cloudtrail.* can write /,
  ],
  [
    'log files that its own account writes',
    (resources) => {
      const policy = policyOf(resources, 'logs');
      policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== 'DenyWritingToAllButAwsServices');
    },
    /^extra: the zone \(.* can write /,
  ],
  [
    'deletions of what is locked',
    (resources) => {
      const policy = policyOf(resources, 'ledger');
      policy.Statement = policy.Statement.filter(({ Sid }) => !Sid.startsWith('DenyDeletion'));
    },
    /^extra: the zone \(.* can [\s\S]* on Zone\/LedgerBucket/,
  ],
  [
    'signatures in any way',
    unconditionally('TheSealerSignsCheckpoints', 'StringEquals'),
    /^extra: the zone \(role\/concordat\/concordat-ledger-seal\) can encrypt or sign \(kms:Sign\)/,
  ],
  [
    'tables’ key for other accounts',
    (resources) => {
      const use = statement(resources, 'TablesOfThisAccountAreEncrypted');
      use.Principal = '*';
      delete use.Condition?.StringEquals?.['kms:CallerAccount'];
    },
    /^extra: .* can decrypt .* what is the zone’s[\s\S]*'TablesOfThisAccountAreEncrypted'/,
  ],
  [
    'a stranger’s trail beside those of the management account',
    (resources) => {
      const like = statement(resources, 'TheTrailEncryptsItsLogFiles').Condition?.StringLike;
      const key = 'kms:EncryptionContext:aws:cloudtrail:arn';
      if (like?.[key] === undefined) throw new Error(`there is no ${key}`);
      like[key] = [like[key], 'arn:aws:cloudtrail:*:999999999999:trail/*'];
    },
    /^extra: the AWS service cloudtrail.* can encrypt or sign /,
  ],
  [
    'logs that cannot be encrypted',
    (resources) => {
      for (const { Properties } of all(resources, 'AWS::KMS::Key')) {
        const policy = Properties.KeyPolicy as Document;
        policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== 'LogsOfItsFunctionsAreEncrypted');
      }
    },
    /^missing: the AWS service logs\..* cannot /,
  ],
  [
    'the alerts’ key for alarms of any account',
    unconditionally('AlarmsOfThisAccountEncryptWhatTheyPublish', 'StringEquals'),
    /^extra: the AWS service cloudwatch.* can decrypt /,
  ],
  [
    'tables without a policy',
    (resources) => {
      for (const { Properties } of all(resources, 'AWS::DynamoDB::Table')) delete Properties.ResourcePolicy;
    },
    /^extra: the zone \(user\/.* can write \(dynamodb:\w+\) [\s\S]*on Zone\/LedgerStaging/,
  ],
  [
    'items that people delete',
    (resources) => {
      const other = tableStatement(resources, 'Staging', 'DenyOtherWaysToWrite');
      other.Action = other.Action.filter((each) => each !== 'dynamodb:DeleteItem');
    },
    /^extra: the zone .* can delete \(dynamodb:DeleteItem\) [\s\S]*on Zone\/LedgerStaging/,
  ],
  [
    'entries that the sealer cannot mark as sealed',
    (resources) => {
      delete tableStatement(resources, 'Staging', 'DenyWhatTheSealerWritesToAllButIt').Condition;
    },
    /^missing: the zone \(role\/concordat\/concordat-ledger-seal\) cannot write \(dynamodb:UpdateItem\)/,
  ],
  [
    'a table that its deployment cannot change',
    (resources) => {
      delete tableStatement(resources, 'Transfers', 'DenyChangingTheTableToAllButItsDeployment').Condition;
    },
    /^missing: the zone \(role\/cdk-concordat-cfn-exec-role-.* cannot /,
  ],
  [
    'a table for another account',
    (resources) => {
      const [table] = all(resources, 'AWS::DynamoDB::Table');
      table?.Properties.ResourcePolicy?.PolicyDocument.Statement.push({
        Sid: 'Rogue',
        Effect: 'Allow',
        Principal: ROGUE,
        Action: ['dynamodb:GetItem'],
        Resource: '*',
      });
    },
    /^extra: fife .* can read \(dynamodb:GetItem\) [\s\S]*on Zone\/LedgerStaging[\s\S]*'Rogue'/,
  ],
];

test.each(CHANGES)('%s: found, with who and by which statement', (_, change, expected) => {
  const found = findings(changed('Zone', change), ZONE);
  expect(found.filter((each) => expected.test(each)).length).toBeGreaterThan(0);
});
