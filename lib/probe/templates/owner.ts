/** The owner’s stack: a key, a bucket that leaves reading to access points, and one access point for the recipient’s readers. */
import { MALWARE_CLEAN, MALWARE_TAG, PROBE, PROBE_PATH, probeAccessPointArn, probeBucket } from '../../names';
import type { Sandbox } from '../sandbox';
import { bucket, byTlsAlone } from './bucket';
import {
  attribute,
  document,
  KEY_DAYS,
  ofItsAccount,
  type ProbeTemplate,
  ref,
  resource,
  template,
} from './template';

/** The parameter by which the access point is closed: `open` or `closed`. */
export const READING = 'Reading';
/** The output with the ARN of the owner’s key. */
export const OWNER_KEY = 'KeyArn';

export function ownerTemplate({ accounts: { owner, recipient }, region }: Sandbox): ProbeTemplate {
  const name = probeBucket('shared', region, owner);
  const arn = `arn:aws:s3:::${name}`;
  const objects = `${probeAccessPointArn(region, owner)}/object/*`;
  const readers = {
    Principal: { AWS: `arn:aws:iam::${recipient}:root` },
    Action: 's3:GetObject',
    Resource: objects,
  };
  const theirRoles = { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${recipient}:role${PROBE_PATH}*` } };
  return template('a key, a bucket and an access point, as an owner has them', {
    Parameters: { [READING]: { Type: 'String', Default: 'open' } },
    Conditions: { Closed: { 'Fn::Equals': [ref(READING), 'closed'] } },
    Resources: {
      Key: resource('AWS::KMS::Key', {
        Description: 'Concordat probe: encrypts the shared objects',
        PendingWindowInDays: KEY_DAYS,
        KeyPolicy: document(ofItsAccount(owner), {
          // Whatever rights of its own a profile has, as the Allow of an organisation’s key refuses by.
          Sid: 'OneEncryptionContextAlone',
          Effect: 'Deny',
          Principal: { AWS: `arn:aws:iam::${owner}:root` },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: '*',
          Condition: { 'ForAnyValue:StringNotEquals': { 'kms:EncryptionContextKeys': ['aws:s3:arn'] } },
        }),
      }),
      Bucket: bucket(name, attribute('Key', 'Arn'), { bucketKey: true }),
      BucketPolicy: resource('AWS::S3::BucketPolicy', {
        Bucket: ref('Bucket'),
        PolicyDocument: document(byTlsAlone(arn), {
          Sid: 'AccessPointsOfThisAccountDecideOnReading',
          Effect: 'Allow',
          Principal: '*',
          Action: ['s3:GetObject', 's3:ListBucket'],
          Resource: [arn, `${arn}/*`],
          Condition: { StringEquals: { 's3:DataAccessPointAccount': owner } },
        }),
      }),
      AccessPoint: resource(
        'AWS::S3::AccessPoint',
        {
          Name: PROBE,
          Bucket: ref('Bucket'),
          Policy: document(
            {
              Sid: 'ReadersGetWhatWasFoundClean',
              Effect: 'Allow',
              ...readers,
              Condition: {
                ...theirRoles,
                StringEquals: { [`s3:ExistingObjectTag/${MALWARE_TAG}`]: MALWARE_CLEAN },
              },
            },
            {
              'Fn::If': [
                'Closed',
                { Sid: 'TheAccessPointIsClosed', Effect: 'Deny', ...readers, Condition: theirRoles },
                ref('AWS::NoValue'),
              ],
            },
          ),
        },
        'BucketPolicy',
      ),
    },
    Outputs: { [OWNER_KEY]: { Value: attribute('Key', 'Arn') } },
  });
}
