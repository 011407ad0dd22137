/** What a member’s account and the operator’s have alike: the topic of alerts, its key, and events that people hear of. */
import type { ToldInbox } from '../inboxes';
import { type Expected, type Place, queueArn, roleArn, topicArn } from './expected';
import { ANYTHING, between, unlessGiven, type Wanted, type WantedGroup } from './wanted';

/** The longest that SQS keeps a message, in seconds, and that KMS keeps a key that is to be deleted, in days. */
const LONGEST = 1_209_600;
/** At so many goes of 5400 s a message would still be set aside before SQS drops it after 14 days. */
const MOST_RECEIVED = 100;
const DELETION_DAYS = 30;

/** A key, whose policy is asked about by itself. */
export function keyOf(place: Place, purpose: string, settings: WantedGroup): Expected {
  return {
    account: place.account,
    type: 'AWS::KMS::Key',
    name: `the key of ${purpose}`,
    stays: true,
    settings: {
      KeyPolicy: ANYTHING,
      Enabled: unlessGiven(true),
      MultiRegion: unlessGiven(false),
      PendingWindowInDays: unlessGiven(DELETION_DAYS),
      ...settings,
    },
  };
}

/** Settings of a key that encrypts, and whose material KMS makes anew each year. */
export const ENCRYPTS: WantedGroup = {
  KeySpec: unlessGiven('SYMMETRIC_DEFAULT'),
  KeyUsage: unlessGiven('ENCRYPT_DECRYPT'),
  EnableKeyRotation: true,
  RotationPeriodInDays: unlessGiven(365),
};

/** A role, whose policies are asked about by themselves. @param boundary what caps it, where a baseline makes it */
export function roleOf(
  place: Place,
  purpose: string,
  boundary: string | undefined,
  seconds = 3600,
): Expected {
  return {
    account: place.account,
    type: 'AWS::IAM::Role',
    name: `concordat-${purpose}`,
    settings: {
      RoleName: `concordat-${purpose}`,
      Path: '/concordat/',
      AssumeRolePolicyDocument: ANYTHING,
      Policies: ANYTHING,
      ...(boundary !== undefined && {
        PermissionsBoundary: `arn:aws:iam::${place.account}:policy/concordat-${boundary}-roles-boundary`,
      }),
      MaxSessionDuration: unlessGiven(seconds),
    },
  };
}

/** A queue that keeps messages as long as SQS does, and its policy, which is asked about by itself. */
export function queueWithPolicy(place: Place, name: string, settings: WantedGroup = {}): Expected[] {
  const { account } = place;
  return [
    {
      account,
      type: 'AWS::SQS::Queue',
      name,
      stays: true,
      settings: {
        QueueName: name,
        MessageRetentionPeriod: LONGEST,
        SqsManagedSseEnabled: true,
        ...settings,
      },
    },
    {
      account,
      type: 'AWS::SQS::QueuePolicy',
      name: `the queue ${name}`,
      settings: { Queues: [`the queue ${name}`], PolicyDocument: ANYTHING },
    },
  ];
}

/**
 * How a queue gives its messages to a function that has 900 s: six times that from one go to the next, as AWS advises, so that none
 * is read twice at once and none waits for half a day; and after some goes it sets a message aside.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function givenToFunction(place: Place, setAsideIn: string, leastGoes: number): WantedGroup {
  return {
    VisibilityTimeout: 5400,
    RedrivePolicy: {
      deadLetterTargetArn: queueArn(place, setAsideIn),
      maxReceiveCount: between(leastGoes, MOST_RECEIVED),
    },
  };
}

/** A bucket’s settings that are the same for all: closed, versioned, in its account’s own namespace, lists of access off. */
export function bucketSettings(name: string, key: Wanted, hasBucketKey: boolean): WantedGroup {
  return {
    BucketName: name,
    BucketNamespace: 'account-regional',
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: hasBucketKey,
          BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
        },
      ],
    },
    ObjectLockEnabled: true,
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: CLOSED,
    VersioningConfiguration: { Status: 'Enabled' },
  };
}

/** What the answer of a bucket may let a page read. */
const EXPOSED = [
  ...['content-range', 'etag', 'x-amz-version-id'],
  ...['crc32', 'crc32c', 'crc64nvme', 'md5', 'sha1', 'type'].map((each) => `x-amz-checksum-${each}`),
  ...['sha256', 'sha512', 'xxhash128', 'xxhash3', 'xxhash64'].map((each) => `x-amz-checksum-${each}`),
];
/** What a page may ask with. None of them says who may have an object, under which key or with which tags. */
const ASKED_WITH = [
  ...['authorization', 'if-match', 'range'],
  ...['checksum-mode', 'content-sha256', 'date', 'security-token'].map((each) => `x-amz-${each}`),
];
const WRITTEN_WITH = [
  ...['content-type', 'if-none-match', 'x-amz-meta-sha256'],
  ...['algorithm', 'crc64nvme', 'type'].map((each) => `x-amz-checksum-${each}`),
];

/** How browsers may speak to a bucket: from one page alone, and only as that page needs. */
export function answersToPage(origin: string, writes: boolean): WantedGroup {
  const rule = {
    Id: ANYTHING,
    AllowedOrigins: [origin],
    AllowedMethods: writes ? ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] : ['GET', 'HEAD'],
    AllowedHeaders: writes ? [...ASKED_WITH, ...WRITTEN_WITH] : ASKED_WITH,
    ExposedHeaders: EXPOSED,
    MaxAge: between(1, 7200),
  };
  return { CorsConfiguration: { CorsRules: [rule] } };
}

/** Block Public Access, all four. */
const CLOSED: WantedGroup = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

/** The policy of a bucket, which is asked about by itself. */
export function policyOfBucket({ account }: Place, name: string): Expected {
  return {
    account,
    type: 'AWS::S3::BucketPolicy',
    name,
    stays: true,
    settings: { Bucket: name, PolicyDocument: ANYTHING },
  };
}

/**
 * The topic that every alarm of an account tells, with the mailbox that reads it.
 * @param mailbox undefined in an assembly that does not say it
 */
export function alertsTo(place: Place, mailbox: string | undefined): Expected[] {
  const { account } = place;
  return [
    keyOf(place, 'alerts-and-logs', ENCRYPTS),
    {
      account,
      type: 'AWS::SNS::Topic',
      name: 'concordat-security-alerts',
      settings: {
        TopicName: 'concordat-security-alerts',
        KmsMasterKeyId: 'the key of alerts-and-logs',
        Subscription: mailbox === undefined ? ANYTHING : [{ Protocol: 'email', Endpoint: mailbox }],
      },
    },
    {
      account,
      type: 'AWS::SNS::TopicPolicy',
      name: topicArn(place),
      settings: { Topics: [topicArn(place)], PolicyDocument: ANYTHING },
    },
  ];
}

/** A topic by which a team is told of messages, whose mailbox reads it and nobody else. */
export function topicOfMailbox(place: Place, { topic, notices }: ToldInbox): Expected[] {
  const { account } = place;
  return [
    {
      account,
      type: 'AWS::SNS::Topic',
      name: topic,
      settings: {
        TopicName: topic,
        KmsMasterKeyId: 'the key of alerts-and-logs',
        Subscription: [{ Protocol: 'email', Endpoint: notices }],
      },
    },
    {
      account,
      type: 'AWS::SNS::TopicPolicy',
      name: topicArn(place, topic),
      settings: { Topics: [topicArn(place, topic)], PolicyDocument: ANYTHING },
    },
  ];
}

/** A rule that sees events, and the queue that keeps them for people. */
export function heardEvents(
  place: Place,
  name: string,
  pattern: WantedGroup,
  message: WantedGroup = {},
): Expected[] {
  return [
    ...queueWithPolicy(place, name),
    {
      account: place.account,
      type: 'AWS::Events::Rule',
      name,
      settings: {
        Name: name,
        State: unlessGiven('ENABLED'),
        EventPattern: pattern,
        Targets: [{ Arn: queueArn(place, name), Id: ANYTHING, ...message }],
      },
    },
  ];
}

/** Calls by which somebody could let in, shut out, carry off, lose, or stop the record, each by its name in CloudTrail. */
const CHANGES = {
  'cloudtrail.amazonaws.com': ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'],
  'kms.amazonaws.com': [
    'CreateGrant',
    'DeleteImportedKeyMaterial',
    'DisableKey',
    'PutKeyPolicy',
    'ScheduleKeyDeletion',
  ],
  'lambda.amazonaws.com': [
    'AddPermission20150331v2',
    'DeleteFunction20150331',
    'UpdateFunctionCode20150331v2',
    'UpdateFunctionConfiguration20150331v2',
  ],
  's3.amazonaws.com': [
    'CreateAccessPoint',
    'DeleteAccessPoint',
    'DeleteAccessPointPolicy',
    'DeleteAccountPublicAccessBlock',
    'DeleteBucketEncryption',
    'DeleteBucketPolicy',
    'DeleteBucketPublicAccessBlock',
    'PutAccessPointPolicy',
    'PutAccountPublicAccessBlock',
    'PutBucketEncryption',
    'PutBucketLifecycle',
    'PutBucketNotification',
    'PutBucketOwnershipControls',
    'PutBucketPolicy',
    'PutBucketPublicAccessBlock',
    'PutBucketReplication',
    'PutBucketVersioning',
  ],
};

/** Hears of changes by anybody but a deployment and the grant broker; users and root have no session’s issuer. */
export function securityChanges(place: Place): Expected[] {
  const { account, region } = place;
  const expected = [
    `arn:aws:iam::${account}:role/cdk-concordat-cfn-exec-role-${account}-${region}`,
    roleArn(place, 'grant-broker'),
  ];
  return heardEvents(place, 'concordat-security-changes', {
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: Object.keys(CHANGES),
      eventName: Object.values(CHANGES).flat(),
      userIdentity: {
        sessionContext: { sessionIssuer: { arn: [{ 'anything-but': expected }, { exists: false }] } },
      },
    },
  });
}
