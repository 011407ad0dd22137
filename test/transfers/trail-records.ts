/** Records of CloudTrail as AWS writes them, for a small exchange: DWP shares benefit awards with Leeds and Camden. */
import { reportKeys } from '../../lib/names';
import type { AuditIndex } from '../../lib/wire';

export const DWP = '100000000011';
export const LEEDS = '100000000022';
export const CAMDEN = '100000000033';
/** An account that is no organisation’s. */
export const STRANGER = '999999999999';
export const BUCKET = `concordat-exchange-${DWP}-eu-west-2-an`;
export const KEY = 'agreements/benefit-awards/2026-10-01.csv';
export const TO_LEEDS = '0123456789ab--leeds';
export const TO_CAMDEN = '0123456789ab--camden';
const KMS_KEY = `arn:aws:kms:eu-west-2:${DWP}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
/** A day in force. */
const NOON = '2026-10-01T12:00:00Z';

/** The index of the exchange. The agreement is in force from April 2026 to the end of March 2027. */
export const INDEX: AuditIndex = {
  form: 'concordat-index/v1',
  register: 'ab'.repeat(32),
  region: 'eu-west-2',
  bucketPrefix: 'concordat-exchange-',
  roles: {
    deposit: '/concordat/concordat-deposit',
    collect: '/concordat/concordat-collect',
    'malware-scan': '/concordat/concordat-malware-scan',
    'release-gate': '/concordat/concordat-release-gate',
  },
  organisations: [
    { id: 'camden', account: CAMDEN, bucket: `concordat-exchange-${CAMDEN}-eu-west-2-an` },
    { id: 'dwp', account: DWP, bucket: BUCKET },
    { id: 'leeds', account: LEEDS, bucket: `concordat-exchange-${LEEDS}-eu-west-2-an` },
  ],
  agreements: [
    {
      id: 'benefit-awards',
      owner: 'dwp',
      collectWithinDays: 3,
      shares: [TO_CAMDEN, TO_LEEDS].map((share) => ({
        share,
        recipient: share.slice(14),
        spans: [{ from: '2026-03-31T23:00:00Z', until: '2027-03-31T23:00:00Z' }],
      })),
    },
  ],
};

export type Record = { readonly [key: string]: unknown };

let count = 0;

/** An id like CloudTrail’s. */
export function newId(): string {
  count += 1;
  return `${count.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

/** Whoever takes on a role in an account; the session has the name of a person. */
export function assumed(account: string, role: string, session = 'jane.doe@example.gov.uk'): Record {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEEXAMPLE${account.slice(-2)}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROAEXAMPLEEXAMPLE${account.slice(-2)}`,
        arn: `arn:aws:iam::${account}:role/concordat/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: '2026-10-01T11:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}

/** As the owner’s copy shows a caller from another account. */
export function otherAccount(account: string): Record {
  return {
    type: 'AWSAccount',
    principalId: `AROAEXAMPLEEXAMPLE${account.slice(-2)}:jane.doe`,
    accountId: account,
  };
}

const RESOURCES = (bucket: string, key: string, share?: string) => [
  { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${key}` },
  { accountId: bucket.split('-')[2], type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
  ...(share === undefined
    ? []
    : [
        {
          accountId: bucket.split('-')[2],
          type: 'AWS::S3::AccessPoint',
          ARN: `arn:aws:s3:eu-west-2:${bucket.split('-')[2]}:accesspoint/${share}`,
        },
      ]),
];

/** A record with all that every record has. */
export function record(change: Record): Record {
  return {
    eventVersion: '1.11',
    userIdentity: assumed(DWP, 'concordat-deposit'),
    eventTime: NOON,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-2',
    sourceIPAddress: '203.0.113.7',
    userAgent: '[aws-sdk-js/3.1164.0]',
    requestParameters: null,
    responseElements: null,
    requestID: 'A1B2C3D4E5F6',
    eventID: newId(),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: DWP,
    eventCategory: 'Data',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      keyExchange: 'X25519MLKEM768',
    },
    ...change,
  };
}

/** What can be said of an event on an object. */
export interface On {
  readonly key?: string;
  readonly bucket?: string;
  readonly time?: string;
  readonly by?: Record;
  readonly share?: string | undefined;
  readonly error?: string;
  readonly id?: string;
  readonly shared?: string;
  readonly version?: string;
  /** The delete marker that a recall makes. */
  readonly marker?: string;
  readonly bytesIn?: number;
}

function onObject(
  eventName: string,
  { key = KEY, bucket = BUCKET, share, ...on }: On,
  change: Record = {},
): Record {
  const { time = NOON, by, error, id, shared, bytesIn } = on;
  return record({
    eventName,
    eventTime: time,
    ...(by && { userIdentity: by }),
    ...(id !== undefined && { eventID: id }),
    ...(shared !== undefined && { sharedEventID: shared }),
    ...(error !== undefined && { errorCode: error, errorMessage: 'Access Denied' }),
    requestParameters: {
      bucketName:
        share === undefined ? bucket : `arn:aws:s3:eu-west-2:${bucket.split('-')[2]}:accesspoint/${share}`,
      Host: `${bucket}.s3.eu-west-2.amazonaws.com`,
      key,
    },
    resources: RESOURCES(bucket, key, share),
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      ...(bytesIn !== undefined && { bytesTransferredIn: bytesIn }),
      AuthenticationMethod: 'AuthHeader',
      'x-amz-id-2': 'Zm9v',
      bytesTransferredOut: 0,
    },
    ...change,
  });
}

/** A deposit by the owner. */
export function deposit(on: On = {}): Record {
  const { version = '3sL4kqtJlcpXroDTDmJ' } = on;
  return onObject('PutObject', on, {
    readOnly: false,
    responseElements: { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-version-id': version },
  });
}

/** The verdict of the malware scan. */
export function verdict(value: string, on: On = {}): Record {
  return onObject(
    'PutObjectTagging',
    { by: assumed(DWP, 'concordat-malware-scan', 'GuardDuty'), ...on },
    {
      readOnly: false,
      requestParameters: {
        bucketName: BUCKET,
        key: on.key ?? KEY,
        tagging: '',
        Tagging: { TagSet: { Tag: { Key: 'GuardDutyMalwareScanStatus', Value: value } } },
      },
    },
  );
}

/** The gate writes the page of its decision. */
export function gatePage(
  decision: 'released' | 'rejected',
  { contract = 'cd'.repeat(32), ...on }: On & { readonly contract?: string } = {},
): Record {
  const { version = '3sL4kqtJlcpXroDTDmJ', key = KEY } = on;
  const page = reportKeys({ key, version }).forPeople(
    decision,
    contract === '' ? undefined : contract,
    'html',
  );
  return onObject(
    'PutObject',
    { by: assumed(DWP, 'concordat-release-gate', 'gate'), ...on, key: page },
    { readOnly: false, responseElements: { 'x-amz-version-id': 'the-report' } },
  );
}

/** The gate writes its tag beside the verdict. `shown` is whether CloudTrail shows the tags. */
export function gateTag(
  decision: string,
  { version = '3sL4kqtJlcpXroDTDmJ', shown = true, ...on }: On & { readonly shown?: boolean } = {},
): Record {
  const tags = [
    { Key: 'GuardDutyMalwareScanStatus', Value: 'NO_THREATS_FOUND' },
    { Key: 'concordat-gate', Value: decision },
  ];
  return onObject(
    'PutObjectTagging',
    { by: assumed(DWP, 'concordat-release-gate', 'gate'), ...on },
    {
      readOnly: false,
      requestParameters: {
        bucketName: BUCKET,
        key: on.key ?? KEY,
        tagging: '',
        versionId: version,
        ...(shown && { Tagging: { TagSet: { Tag: tags } } }),
      },
    },
  );
}

/** A read by Leeds through its access point, in the copy of Leeds’s own account. */
export function collect(on: On = {}): Record {
  return onObject(
    'GetObject',
    { by: assumed(LEEDS, 'concordat-collect'), share: TO_LEEDS, ...on },
    {
      recipientAccountId: LEEDS,
    },
  );
}

/** A read by anybody, in any way. */
export function read(on: On): Record {
  return onObject('GetObject', on);
}

/**
 * The owner takes a deposit back: in a versioned bucket S3 makes a delete marker, and answers with the version of that.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 * @see https://docs.quilt.bio/ its EventBridge.md takes both from `responseElements`
 */
export function recall(on: On = {}): Record {
  const marker = on.marker ?? newId();
  return onObject('DeleteObject', on, {
    readOnly: false,
    responseElements: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker },
  });
}

/** A deletion that names a version: of an object, which is then gone, or of a marker, which S3 answers alike but for this. */
export function deletionOf(
  version: string,
  { marker = false, ...on }: Omit<On, 'marker'> & { marker?: boolean } = {},
): Record {
  const { requestParameters, ...rest } = onObject('DeleteObject', on, { readOnly: false });
  return {
    ...rest,
    requestParameters: { ...(requestParameters as Record), versionId: version },
    responseElements: { ...(marker && { 'x-amz-delete-marker': 'true' }), 'x-amz-version-id': version },
  };
}

/**
 * Several objects are deleted by one request, as the console does it: CloudTrail writes one event for all, which does not say
 * which, and one for each.
 * @see https://aws.amazon.com/about-aws/whats-new/2025/06/aws-cloudtrail-logging-amazon-s3-deleteobjects-api/
 * @see https://stratus-red-team.cloud/attack-techniques/AWS/aws.impact.s3-ransomware-deleteobjects/ for the first
 */
export function deletionOfSeveral(keys: readonly string[], { bucket = BUCKET, ...on }: On = {}): Record[] {
  const { requestParameters: _, ...whole } = onObject(
    'DeleteObjects',
    { ...on, bucket },
    { readOnly: false },
  );
  return [
    {
      ...whole,
      requestParameters: {
        bucketName: bucket,
        Host: `${bucket}.s3.eu-west-2.amazonaws.com`,
        delete: '',
        'x-id': 'DeleteObjects',
      },
      resources: [
        { type: 'AWS::S3::Object', ARNPrefix: `arn:aws:s3:::${bucket}/` },
        { accountId: bucket.split('-')[2], type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
      ],
    },
    ...keys.map((key) => recall({ ...on, bucket, key, id: newId() })),
  ];
}

/**
 * A copy out of the exchange: CloudTrail names what is copied into, and the source as the caller wrote it.
 * @see https://stratus-red-team.cloud/attack-techniques/AWS/aws.impact.s3-ransomware-client-side-encryption/
 */
export function copy(source: string, { bucket = 'my-own-bucket', key = 'copy.csv', ...on }: On = {}): Record {
  return onObject(
    'CopyObject',
    { ...on, bucket, key },
    {
      readOnly: false,
      requestParameters: {
        bucketName: bucket,
        Host: `${bucket}.s3.eu-west-2.amazonaws.com`,
        'x-amz-copy-source': source,
        'x-amz-tagging-directive': 'REPLACE',
        key,
        'x-id': 'CopyObject',
      },
    },
  );
}

/**
 * The alias of an access point: AWS keeps up to 20 characters of the name, and adds 34 letters and digits and the suffix.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 */
export function aliasOf(point: string): string {
  return `${point.slice(0, 20)}-md1q8psqrzwimo4sq81rnkh1eqmb4euw2a-s3alias`;
}

/** A call of KMS on the owner’s key. */
export function onKey(eventName: string, requestParameters: Record, change: Record = {}): Record {
  return record({
    eventSource: 'kms.amazonaws.com',
    eventName,
    readOnly: false,
    managementEvent: true,
    eventCategory: 'Management',
    userIdentity: assumed(DWP, 'concordat-grant-broker', 'concordat-grant-broker'),
    requestParameters: { keyId: KMS_KEY, ...requestParameters },
    resources: [{ accountId: DWP, type: 'AWS::KMS::Key', ARN: KMS_KEY }],
    ...change,
  });
}

/** The grant that Leeds’s share gives. */
export const GRANT: Record = {
  name: TO_LEEDS,
  granteePrincipal: `arn:aws:iam::${LEEDS}:role/concordat/concordat-collect`,
  retiringPrincipal: `arn:aws:iam::${DWP}:role/concordat/concordat-grant-broker`,
  operations: ['Decrypt', 'DescribeKey'],
  constraints: { encryptionContextEquals: { 'aws:s3:arn': `arn:aws:s3:::${BUCKET}` } },
};

/** What most of a log is: calls that are none of the zone’s business. */
export function noise(eventSource = 'sts.amazonaws.com', eventName = 'AssumeRole'): Record {
  return record({
    eventSource,
    eventName,
    managementEvent: true,
    eventCategory: 'Management',
    userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
    requestParameters: {
      roleArn: `arn:aws:iam::${LEEDS}:role/service/worker`,
      roleSessionName: 'worker-"7"\\',
    },
    responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLE', expiration: 'Oct 1, 2026, 1:00:00 PM' } },
  });
}
