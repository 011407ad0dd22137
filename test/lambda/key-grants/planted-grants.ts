/** Grants that somebody has made: each part right for some share, or wrong in one way. */
import type { ListedShare } from '../../../lib/wire';
import type { StoredGrant } from './memory-kms';
import { RIGHT } from './world';

/** A grant that is there before the run: each part right for some share, or wrong. */
export interface Planted {
  readonly of: number;
  readonly fault: (typeof FAULTS)[number];
}

export const FAULTS = [
  'none',
  'operations',
  'context',
  'subset',
  'more-context',
  'retiring',
  'grantee',
  'name',
  'no-name',
  'like-a-service',
  'service',
  'service-principal',
  'service-linked',
] as const;
/** Those of AWS services, which nobody is to touch. */
export const SERVICES: readonly string[] = ['service', 'service-principal', 'service-linked'];

/** A grant of a share, or one that is wrong. */
export function grantWith(
  about: ListedShare,
  fault: Planted['fault'],
): Omit<StoredGrant, 'GrantId' | 'CreationDate'> {
  const right = { ...RIGHT, Name: about.share, GranteePrincipal: about.grantee };
  const context = RIGHT.Constraints.EncryptionContextEquals;
  switch (fault) {
    case 'none':
      return right;
    case 'operations':
      return { ...right, Operations: ['Decrypt', 'DescribeKey', 'CreateGrant'] };
    case 'context':
      return { ...right, Constraints: { EncryptionContextEquals: { 'aws:s3:arn': 'arn:aws:s3:::other' } } };
    case 'subset':
      return { ...right, Constraints: { EncryptionContextSubset: context } };
    case 'more-context':
      return { ...right, Constraints: { EncryptionContextEquals: { ...context, more: 'x' } } };
    case 'retiring':
      return { ...right, RetiringPrincipal: about.grantee };
    case 'grantee':
      return { ...right, GranteePrincipal: 'arn:aws:iam::999999999999:user/eve' };
    case 'name':
      return { ...right, Name: 'another' };
    case 'no-name':
      return { ...right, Name: undefined };
    case 'like-a-service':
      return { ...right, GranteePrincipal: 'arn:aws:iam::999999999999:role/dynamodb.amazonaws.com' };
    case 'service':
      return { ...right, GranteePrincipal: undefined, GranteeServicePrincipal: 'ec2.amazonaws.com' };
    case 'service-principal':
      return { ...right, Name: undefined, GranteePrincipal: 'dynamodb.eu-west-2.amazonaws.com' };
    case 'service-linked':
      return {
        ...right,
        GranteePrincipal:
          'arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      };
  }
}
