/** That keys of the landing zone change by its deployment alone, and that none but an organisation’s own ends by its administrators. */

import { KEY_PURPOSE_TAG, type KeyPurpose } from '../../names';
import type { ServiceControlStatement } from '../document';
import { KEY_DELETION_DAYS } from '../key-policy';
import { askedByAllBut, CLOUD_FORMATION, GRANT_BROKER } from './spared';

const PURPOSE = `aws:ResourceTag/${KEY_PURPOSE_TAG}` as const;
const SHARED_DATA = { [PURPOSE]: 'shared-data' satisfies KeyPurpose } as const;
const OURS = { [PURPOSE]: 'false' } as const;

/**
 * The statements on keys. Administrators of an organisation’s key for shared data keep what is theirs: to disable it, to end
 * its grants, to ask for its end in thirty days. Of all other keys nobody may: alerts, logs and ledger would fall silent.
 */
export function ownKeys(): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyChangingKeys',
      Effect: 'Deny',
      Action: [
        'kms:DisableKeyRotation',
        'kms:EnableKeyRotation',
        'kms:PutKeyPolicy',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:UpdateKeyDescription',
      ],
      Resource: '*',
      Condition: { ...askedByAllBut(CLOUD_FORMATION), Null: OURS },
    },
    {
      Sid: 'DenyEndingKeysThatHoldNoSharedData',
      Effect: 'Deny',
      Action: ['kms:DisableKey', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion'],
      Resource: '*',
      Condition: { Null: OURS, StringNotEquals: SHARED_DATA },
    },
    {
      Sid: 'DenyGrantsOnSharedDataByAllButTheBroker',
      Effect: 'Deny',
      Action: ['kms:CreateGrant'],
      Resource: '*',
      Condition: { ...askedByAllBut(GRANT_BROKER), StringEquals: SHARED_DATA },
    },
    {
      Sid: 'DenyMovingNamesOfKeys',
      Effect: 'Deny',
      Action: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'],
      Resource: ['arn:aws:kms:*:*:alias/concordat-*'],
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
    {
      // A request that names no number of days gets thirty.
      Sid: 'DenyDeletingKeysInLessThanThirtyDays',
      Effect: 'Deny',
      Action: ['kms:ScheduleKeyDeletion'],
      Resource: '*',
      Condition: {
        NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(KEY_DELETION_DAYS) },
      },
    },
  ];
}
