/** That the zone records everything, keeps it, seals it, tells of what is wrong, and holds and decrypts nobody’s data. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment as parseSealer } from '../../lambda/ledger-seal/environment';
import { parseEnvironment as parseAudit } from '../../lambda/transfer-audit/environment';
import type { AssemblyStack, TemplateResource } from '../../lib/assembly';
import { waitedFor } from '../../lib/assembly/waits';
import { FUNCTION_METRICS } from '../../lib/names/metrics';
import { canonicalRegister, digestOf } from '../../lib/register/canonical';
import { parseAuditIndex } from '../../lib/wire';
import { listed } from '../policy/decision';
import { letters, NOTIFY, SERVES } from '../register/letters';
import { type Edit, edited, SAMPLE, set } from '../register/samples';
import { ofType, only, type Sample, synthesised } from './sample-assembly';
import { OWN_KEY, policiesIn } from './template-policies';

let sample: Sample;
let zone: AssemblyStack;
beforeAll(() => {
  sample = synthesised();
  zone = sample.zone;
});

const functionCalled = (name: string, stack = zone): TemplateResource => {
  const found = ofType(stack, 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties?.FunctionName === name,
  );
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found;
};

const variablesOf = ({ Properties }: TemplateResource) =>
  (Properties as { Environment: { Variables: Record<string, unknown> } }).Environment.Variables;

/** The environment of a function as it will be once deployed. */
function environmentOf(name: string): Record<string, string> {
  const Variables = variablesOf(functionCalled(name));
  return {
    AWS_REGION: 'eu-west-2',
    AWS_LAMBDA_FUNCTION_NAME: name,
    ...Object.fromEntries(
      Object.entries(Variables).map(([key, value]) => [key, typeof value === 'string' ? value : OWN_KEY]),
    ),
  };
}

const withPostQuantum = () =>
  synthesised({
    files: edited(
      SAMPLE,
      set('zone.yaml', {
        ledger: { secondSignature: 'ml-dsa-44', timestampAuthority: 'https://timestamp.example/tsa' },
      }),
    ),
  }).zone;

const trail = () => {
  const stack = sample.stacks.find(({ name }) => name === 'Trail');
  if (stack === undefined) throw new Error('there is no stack of the trail');
  return stack;
};

describe('the trail', () => {
  it('is made in the management account, by a stack that needs nothing there, after the zone’s', () => {
    const { artifacts } = JSON.parse(readFileSync(join(sample.folder, 'manifest.json'), 'utf8')) as {
      artifacts: Record<string, { dependencies?: string[] }>;
    };
    expect(trail().account).toBe(sample.register.zone.accounts.management);
    expect(artifacts.Trail?.dependencies).toContain('Zone');
    expect(Object.keys(artifacts)).not.toContain('Trail.assets');
    const alias = only(zone, 'AWS::KMS::Alias').Properties;
    expect(alias).toMatchObject({ AliasName: 'alias/concordat-log-files' });
  });

  it('is of the whole AWS organisation, in all Regions, validated, encrypted, and on', () => {
    expect(only(trail(), 'AWS::CloudTrail::Trail').Properties).toMatchObject({
      EnableLogFileValidation: true,
      IncludeGlobalServiceEvents: true,
      IsLogging: true,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: true,
      KMSKeyId: { Ref: 'LogFilesKey' },
      S3BucketName: bucketNamed('logs'),
    });
  });

  it('is told the ARN of the zone’s key: S3 takes no alias of a key in another account', () => {
    const { LogFilesKey } = (trail().parameters ?? {}) as Record<string, Record<string, unknown>>;
    const { zone: account } = sample.register.zone.accounts;
    const key = '0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';
    const takes = (arn: string) => new RegExp(String(LogFilesKey?.AllowedPattern)).test(arn);
    expect(takes(`arn:aws:kms:eu-west-2:${account}:key/${key}`)).toBe(true);
    for (const other of [
      `arn:aws:kms:eu-west-2:${account}:alias/concordat-log-files`,
      `arn:aws:kms:eu-west-2:${sample.register.zone.accounts.management}:key/${key}`,
      `arn:aws:kms:eu-west-1:${account}:key/${key}`,
      `arn:aws:kms:eu-west-2:${account}:key/${key}/`,
      key,
    ])
      expect([other, takes(other)]).toEqual([other, false]);
    expect(LogFilesKey).not.toHaveProperty('Default');
  });

  it('records management events, reads and writes in organisations’ buckets and through access points, not in its own, and who calls their brokers', () => {
    const { AdvancedEventSelectors = [] } = only(trail(), 'AWS::CloudTrail::Trail').Properties as {
      AdvancedEventSelectors?: {
        FieldSelectors: { Field: string; Equals?: string[]; StartsWith?: string[]; EndsWith?: string[] }[];
      }[];
    };
    const fields = AdvancedEventSelectors.map(({ FieldSelectors }) =>
      Object.fromEntries(
        FieldSelectors.map((each) => [each.Field, each.EndsWith ?? (each.Equals ?? each.StartsWith)?.[0]]),
      ),
    );
    expect(fields).toEqual([
      { eventCategory: 'Management' },
      {
        eventCategory: 'Data',
        'resources.type': 'AWS::S3::Object',
        'resources.ARN': 'arn:aws:s3:::concordat-exchange-',
      },
      { eventCategory: 'Data', 'resources.type': 'AWS::S3::AccessPoint' },
      {
        eventCategory: 'Data',
        'resources.type': 'AWS::Lambda::Function',
        'resources.ARN': ['', ':stop', ':lift'].map((alias) => `:function:concordat-grant-broker${alias}`),
      },
    ]);
    for (const stack of sample.organisations)
      for (const { Properties } of ofType(stack, 'AWS::S3::Bucket'))
        expect(Properties?.BucketName).toMatch(/^concordat-exchange-/);
    for (const which of ['logs', 'ledger']) expect(bucketNamed(which)).not.toMatch(/^concordat-exchange-/);
  });
});

function bucketNamed(which: string): string {
  return `concordat-${which}-${sample.register.zone.accounts.zone}-eu-west-2-an`;
}

describe.each(['logs', 'ledger'])('the bucket for %s', (which) => {
  const bucket = () =>
    ofType(zone, 'AWS::S3::Bucket').find(({ Properties }) => Properties?.BucketName === bucketNamed(which));

  it('is locked for as long as the register says, encrypted with a key of the zone, versioned and closed', () => {
    expect(bucket()).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 7 } } },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    expect(JSON.stringify(bucket()?.Properties?.BucketEncryption)).toContain('"SSEAlgorithm":"aws:kms"');
  });

  it('has no Bucket Key where CloudTrail writes, which would then ask for a right to decrypt', () => {
    const text = JSON.stringify(bucket()?.Properties?.BucketEncryption);
    expect(text).toContain(`"BucketKeyEnabled":${which === 'ledger'}`);
    const trusted = ofType(zone, 'AWS::KMS::Key').filter(({ Properties }) =>
      JSON.stringify(Properties?.KeyPolicy).includes('cloudtrail.amazonaws.com'),
    );
    expect(trusted).toHaveLength(1);
  });

  it('is locked in governance mode for a day where a rehearsal asks for that', () => {
    const rehearsal = synthesised({
      files: edited(SAMPLE, set('zone.yaml', { auditRetention: { mode: 'governance', period: 'P1D' } })),
    });
    for (const { Properties } of ofType(rehearsal.zone, 'AWS::S3::Bucket'))
      expect(Properties?.ObjectLockConfiguration).toMatchObject({
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } },
      });
  });
});

it('tells the queue of every file of the trail; what fails five times is kept for somebody to look at', () => {
  const queues = ofType(zone, 'AWS::SQS::Queue').map(({ Properties }) => Properties ?? {});
  const [main] = queues.filter(({ QueueName }) => QueueName === 'concordat-log-files');
  expect(main).toMatchObject({ RedrivePolicy: { maxReceiveCount: 5 }, SqsManagedSseEnabled: true });
  const timeout = Number(functionCalled('concordat-transfer-audit').Properties?.Timeout);
  expect(Number(main?.VisibilityTimeout)).toBeGreaterThanOrEqual(6 * timeout);
  for (const { MessageRetentionPeriod } of queues) expect(MessageRetentionPeriod).toBe(14 * 24 * 3600);
  const [archive] = ofType(zone, 'AWS::S3::Bucket').filter(
    ({ Properties }) => Properties?.NotificationConfiguration,
  );
  expect(archive?.Properties?.NotificationConfiguration).toMatchObject({
    QueueConfigurations: [
      { Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'AWSLogs/' }] } } },
    ],
  });
  expect(only(zone, 'AWS::Lambda::EventSourceMapping').Properties).toMatchObject({
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

it('wakes nothing before all else is there: what the ledger locks could not be taken back if the deployment failed', () => {
  for (const { resources } of [zone, synthesised({ files: letters(...SERVES, NOTIFY) }).zone]) {
    const ids = Object.keys(resources);
    const isWoken = (id: string) =>
      resources[id]?.Type === 'AWS::Lambda::EventSourceMapping' ||
      resources[id]?.Properties?.ScheduleExpression !== undefined;
    const rest = ids.filter((id) => !isWoken(id) && resources[id]?.Type !== 'AWS::Lambda::Permission');
    const wakers = ids.filter(isWoken);
    expect(wakers.length).toBeGreaterThan(2);
    for (const waker of wakers) {
      const before = waitedFor({ resources }, waker);
      expect([waker, rest.filter((id) => !before.has(id))]).toEqual([waker, []]);
    }
  }
});

describe('the functions', () => {
  it('take the environment that they are given', () => {
    expect(parseAudit(environmentOf('concordat-transfer-audit'))).toMatchObject({
      stagingTable: 'concordat-staging',
      transfersTable: 'concordat-transfers',
      ledgerBucket: bucketNamed('ledger'),
    });
    expect(parseSealer(environmentOf('concordat-ledger-seal'))).toMatchObject({
      table: 'concordat-staging',
      bucket: bucketNamed('ledger'),
      origin: `concordat-ledger-${sample.register.zone.accounts.zone}`,
      mlDsaKeyArn: undefined,
      timestampUrl: undefined,
    });
  });

  it('have the register’s index beside them, as it stands, and the audit reads it', () => {
    const { Content } = only(zone, 'AWS::Lambda::LayerVersion').Properties as { Content: { S3Key: string } };
    const { S3Key } = Content;
    const path = join(sample.folder, `asset.${S3Key.replace('.zip', '')}`, 'index.json');
    expect(existsSync(path)).toBe(true);
    const text = readFileSync(path);
    // Known at synth, so that another in its place is refused.
    expect(parseAudit(environmentOf('concordat-transfer-audit')).indexSha256).toBe(
      createHash('sha256').update(text).digest('hex'),
    );
    const index = parseAuditIndex(text.toString('utf8'));
    expect(index.register).toBe(digestOf(canonicalRegister(sample.register)));
    expect(index.organisations).toHaveLength(sample.register.organisations.length);
  });

  it('are called on time: the sealer each minute, the sweep each hour', () => {
    const timed = ofType(zone, 'AWS::Events::Rule').filter((rule) => rule.Properties?.ScheduleExpression);
    const rules = timed.map(({ Properties }) => {
      const { ScheduleExpression, Targets } = Properties as {
        ScheduleExpression: string;
        Targets: { Input: string }[];
      };
      return [ScheduleExpression, Targets[0]?.Input ?? ''];
    });
    expect(rules.sort()).toEqual([
      ['rate(1 hour)', '{"action":"sweep"}'],
      ['rate(1 minute)', '{}'],
    ]);
  });
});

describe('the tables', () => {
  it('hold what the functions write, encrypted with the zone’s key, and can be restored', () => {
    for (const table of ofType(zone, 'AWS::DynamoDB::Table')) {
      expect(table).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        },
      });
    }
    expect(
      ofType(zone, 'AWS::DynamoDB::Table')
        .map(({ Properties }) => Properties?.TableName)
        .sort(),
    ).toEqual(['concordat-staging', 'concordat-transfers']);
  });
});

describe('the signature', () => {
  const signing = (stack: AssemblyStack) =>
    ofType(stack, 'AWS::KMS::Key')
      .filter(({ Properties }) => Properties?.KeyUsage === 'SIGN_VERIFY')
      .map(({ Properties }) => Properties?.KeySpec);

  it('is Ed25519, which openssl and other people’s verifiers check', () => {
    expect(signing(zone)).toEqual(['ECC_NIST_EDWARDS25519']);
  });

  it('is doubled by ML-DSA-44, and stamped, where the register asks for that', () => {
    const stack = withPostQuantum();
    expect(signing(stack).sort()).toEqual(['ECC_NIST_EDWARDS25519', 'ML_DSA_44']);
    expect(variablesOf(functionCalled('concordat-ledger-seal', stack))).toMatchObject({
      ML_DSA_KEY_ARN: expect.anything(),
      TIMESTAMP_URL: 'https://timestamp.example/tsa',
    });
  });
});

it('may decrypt nothing of any organisation: its roles and keys name the zone’s own account only', () => {
  const { accounts } = sample.register.zone;
  const others = sample.register.organisations.map(({ account }) => account);
  for (const { kind, where, policy } of policiesIn(zone))
    for (const statement of policy.Statement) {
      const text = JSON.stringify(statement);
      const named = others.filter((account) => text.includes(account));
      // Declared externals are let in to their receipts, by name.
      const externals = /^(?:DeclaredExternals)/.test(statement.Sid);
      expect([where, statement.Sid, externals ? [] : named]).toEqual([where, statement.Sid, []]);
      if (kind === 'identity' && statement.Effect === 'Allow')
        // To stop sharing it takes on a role of each owner, and that is all that it may do elsewhere.
        for (const resource of listed(statement.Resource ?? []))
          expect(
            resource === OWN_KEY ||
              resource.includes(accounts.zone) ||
              (resource === 'arn:aws:iam::*:role/concordat/concordat-stop' &&
                statement.Action.join() === 'sts:AssumeRole'),
          ).toBe(true);
    }
});

it('does not grow with organisations and agreements', () => {
  const fewer: Edit = (files) => {
    for (const path of [...files.keys()]) if (/^(?:agreements|approvals)\//.test(path)) files.delete(path);
  };
  const shape = (stack: AssemblyStack) =>
    Object.entries(stack.resources).map(([id, { Type, Properties }]) => {
      const text = JSON.stringify(Properties).replaceAll(/[0-9a-f]{64}/g, 'asset');
      return [id, Type, text];
    });
  expect(shape(synthesised({ files: edited(SAMPLE, fewer) }).zone)).toEqual(shape(zone));
});

describe('the alarms', () => {
  const alarms = () => ofType(zone, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties ?? {});

  it('tell of a damaged ledger at once: by one look, of one minute, at one report', () => {
    const damaged = alarms().filter(({ AlarmName }) => AlarmName === 'concordat-ledger-damaged');
    expect(damaged).toMatchObject([
      {
        Namespace: 'Concordat/Ledger',
        MetricName: 'Damaged',
        Statistic: 'Sum',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Period: 60,
        EvaluationPeriods: 1,
      },
    ]);
  });

  it('tell which account is refused very often, by one query of the dimension that the audit reports', () => {
    const [{ Metrics, Threshold, TreatMissingData } = {}] = alarms().filter(
      ({ AlarmName }) => AlarmName === 'concordat-audit-many-refusals',
    );
    expect(queryIn(Metrics)).toMatch(
      /FROM SCHEMA\("Concordat\/Audit", "FunctionName", "Account"\) GROUP BY "Account"/,
    );
    expect([Threshold, TreatMissingData]).toEqual([1_000, 'notBreaching']);
  });

  it('quote every name in a query: CloudWatch reserves hundreds of words, Account among them, and refuses the alarm', () => {
    for (const { Metrics } of alarms())
      expect(queryIn(Metrics).replaceAll(/"[^"]*"/g, '')).toMatch(
        /^(?:SELECT SUM\(\) FROM SCHEMA\(, , \) GROUP BY {2}ORDER BY SUM\(\) DESC)?$/,
      );
  });

  it('are on metrics that are reported, and tell the operator', () => {
    const [topic] = Object.entries(zone.resources).find(([, { Type }]) => Type === 'AWS::SNS::Topic') ?? [];
    const reported: Record<string, readonly string[]> = {
      'Concordat/Audit': Object.keys(FUNCTION_METRICS['concordat-transfer-audit'].units),
      'Concordat/Ledger': Object.keys(FUNCTION_METRICS['concordat-ledger-seal'].units),
      'AWS/SQS': [
        'NumberOfMessagesSent',
        'ApproximateAgeOfOldestMessage',
        'ApproximateNumberOfMessagesVisible',
      ],
      'AWS/Events': ['FailedInvocations', 'Invocations'],
    };
    for (const { Namespace, MetricName, Metrics, AlarmActions } of alarms()) {
      const [, metric, of] = /^SELECT SUM\("(\w+)"\) FROM SCHEMA\("([\w/]+)",/.exec(queryIn(Metrics)) ?? [];
      expect(reported[String(Namespace ?? of)]).toContain(MetricName ?? metric);
      expect(AlarmActions).toEqual([{ Ref: topic }]);
    }
    expect(only(zone, 'AWS::SNS::Topic').Properties?.Subscription).toEqual([
      { Protocol: 'email', Endpoint: sample.register.zone.alertAddress },
    ]);
  });

  it('cover violations, dead letters, unreadable files, gaps in digests, late sealing, and a trail or sealer gone silent', () => {
    const names = alarms().map(({ AlarmName }) => AlarmName);
    expect(names).toEqual(
      expect.arrayContaining([
        'concordat-audit-violations',
        'concordat-audit-unreadable',
        'concordat-audit-digest-gap',
        'concordat-audit-not-collected',
        'concordat-ledger-late',
        'concordat-ledger-silent',
        'concordat-logs-dead-letters',
        'concordat-logs-trail-stopped',
      ]),
    );
    for (const name of ['concordat-ledger-silent', 'concordat-logs-trail-stopped'])
      expect(alarms().find(({ AlarmName }) => AlarmName === name)).toMatchObject({
        TreatMissingData: 'breaching',
      });
  });

  it('are beside a dashboard of the same metrics', () => {
    const { DashboardBody } = only(zone, 'AWS::CloudWatch::Dashboard').Properties as {
      DashboardBody: string;
    };
    const { widgets } = JSON.parse(DashboardBody) as {
      widgets: { properties: { metrics: string[][]; region: string } }[];
    };
    for (const { properties } of widgets) expect(properties.region).toBe('eu-west-2');
    const shown = widgets.flatMap(({ properties }) => properties.metrics.map(([, name]) => name));
    expect(shown).toEqual(
      expect.arrayContaining(['Violations', 'Sealed', 'SealingLagSeconds', 'DigestGaps']),
    );
  });
});

/** The query of an alarm on one, or nothing. */
function queryIn(metrics: unknown): string {
  const [first] = Array.isArray(metrics) ? (metrics as readonly { readonly Expression?: string }[]) : [];
  return first?.Expression ?? '';
}
