/** What administrators may still do to buckets, objects, access points and keys, and why. */
import { LEEDS, ZONE } from './asking';
import { ADDS, type Protected, RESTORES, TAGS } from './protected';
import { THE_ACCOUNT } from './reference';

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${LEEDS}:${rest}`;
const inZone = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${ZONE}:${rest}`;
const purpose = (of: string) => ({ 'aws:ResourceTag/concordat:key-purpose': of });
const BY_KEY_POLICY = 'the policy of the key names who may, and changes by the deployment alone';
const OWN_KEY =
  'the key is the organisation’s own: its administrators may use, rest or end it, and the ledger shows it';
const OWN_OBJECTS = {
  AbortMultipartUpload: 'ends an upload of which nothing can be read yet',
  'DeleteObject*':
    'the organisation takes back what is its own; the ledger shows it. Tags are the bucket policy’s matter',
  PutObject: 'a deposit; the bucket policy says under which key, and the gates stand before anybody reads it',
  'PutObject*Acl': 'the bucket has access control lists turned off',
  'PutObject*Tagging': 'the bucket policy leaves verdicts to the malware scan and the release gate',
  RestoreObject: 'nothing here is in an archive class',
} as const;
const BY_BUCKET_POLICY = {
  AbortMultipartUpload: 'ends an upload of which nothing can be read yet',
  'DeleteObject*Tagging': TAGS,
  DeleteObject: 'the bucket policy denies it to everybody',
  DeleteObjectVersion: 'the bucket policy denies it to everybody',
  PutObject: 'the bucket policy denies it to all but those who write there',
  'PutObject*Acl': 'the bucket has access control lists turned off',
  'PutObject*Tagging': TAGS,
  RestoreObject: 'nothing here is in an archive class',
} as const;
const OWN_KEY_ACTIONS = {
  '*crypt*': BY_KEY_POLICY,
  '*Mac': BY_KEY_POLICY,
  '*Alias': 'denied on the alias, which AWS asks as well',
  'GenerateDataKey*': BY_KEY_POLICY,
  CancelKeyDeletion: RESTORES,
  DeriveSharedSecret: BY_KEY_POLICY,
  EnableKey: RESTORES,
  Sign: BY_KEY_POLICY,
  SynchronizeMultiRegionKey: 'AWS KMS itself asks it, and no key here is of many Regions',
  Verify: BY_KEY_POLICY,
} as const;

/** Buckets, objects, access points and keys. */
export const DATA_VERDICTS: readonly Protected[] = [
  {
    kind: ['s3', 'bucket'],
    who: 'administrator',
    resource: `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an`,
    let: {},
  },
  {
    kind: ['s3', 'bucket'],
    who: 'administrator',
    resource: `arn:aws:s3:::cdk-concordat-assets-${LEEDS}-eu-west-2-an`,
    let: {},
  },
  {
    kind: ['s3', 'bucket'],
    who: 'operator',
    resource: `arn:aws:s3:::concordat-ledger-${ZONE}-eu-west-2-an`,
    let: {},
  },
  {
    kind: ['s3', 'object'],
    who: 'administrator',
    resource: `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an/agreements/x`,
    let: OWN_OBJECTS,
  },
  {
    kind: ['s3', 'object'],
    who: 'operator',
    resource: `arn:aws:s3:::concordat-ledger-${ZONE}-eu-west-2-an/x`,
    let: BY_BUCKET_POLICY,
  },
  {
    kind: ['s3', 'object'],
    who: 'operator',
    resource: `arn:aws:s3:::concordat-logs-${ZONE}-eu-west-2-an/x`,
    let: BY_BUCKET_POLICY,
  },
  {
    kind: ['s3', 'object'],
    who: 'administrator',
    resource: `arn:aws:s3:::cdk-concordat-assets-${LEEDS}-eu-west-2-an/x.json`,
    let: {},
  },
  {
    kind: ['s3', 'object'],
    who: 'administrator',
    resource: `arn:aws:s3:::concordat-config-${LEEDS}-eu-west-2-an/x.json`,
    let: {},
  },
  {
    kind: ['s3', 'accesspoint'],
    who: 'administrator',
    resource: at('s3', 'accesspoint/0123456789ab--leeds'),
    let: {},
  },
  {
    kind: ['s3', 'accesspointobject'],
    who: 'administrator',
    resource: at('s3', 'accesspoint/0123456789ab--leeds/object/agreements/x'),
    let: OWN_OBJECTS,
  },
  {
    kind: ['s3', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*StorageLens*': 'counts objects, and changes none',
      CreateJob: 'a job works as a role that is passed to it, and is refused what that role is refused',
    },
  },
  {
    kind: ['kms', 'key'],
    who: 'keyAdministrator',
    resource: at('kms', 'key/1234abcd'),
    context: purpose('shared-data'),
    let: {
      ...OWN_KEY_ACTIONS,
      '*KeyMaterial': OWN_KEY,
      DisableKey: OWN_KEY,
      RevokeGrant: OWN_KEY,
      RotateKeyOnDemand: OWN_KEY,
      ScheduleKeyDeletion: OWN_KEY,
    },
  },
  {
    kind: ['kms', 'key'],
    who: 'operator',
    resource: inZone('kms', 'key/1234abcd'),
    context: purpose('ledger-signature'),
    let: {
      ...OWN_KEY_ACTIONS,
      '*KeyMaterial': 'AWS KMS makes the material of these keys, and takes no other',
      RotateKeyOnDemand:
        'changes the material for what is written from then on; the old goes on to open what it closed',
    },
  },
  { kind: ['kms', 'alias'], who: 'operator', resource: inZone('kms', 'alias/concordat-log-files'), let: {} },
  {
    kind: ['kms', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*CustomKeyStore': 'the store of an organisation that keeps its own key is its own to run',
      CreateKey: `${ADDS}; where a unit holds one custody, its guardrail says of which origin`,
      GenerateRandom: 'uses no key',
    },
  },
];
