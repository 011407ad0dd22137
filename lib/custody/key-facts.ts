/** What the template says of a key beside its policy: what it is, whose material it holds, and how it ends. */

import type { TemplateResource } from '../assembly';
import type { CustodyClaim, KeyOrigin } from '../wire';
import type { KeyAttention } from './attention';
import type { BucketKey } from './shared-buckets';

/** What a key is. */
export interface KeyFacts {
  /** Where its material comes from, or `unknown`. */
  readonly origin: KeyOrigin | 'unknown';
  /** Whether the template shows that origin, or the register only claims it. */
  readonly originShownBy: 'template' | 'claim';
  /** The ARN where the organisation brought the key. */
  readonly arn?: string;
  /** The logical id where the template makes the key. */
  readonly logicalId?: string;
  readonly clusterId?: string;
  readonly externalKeyId?: string;
  /** The last day of imported material in London, as the register claims it. */
  readonly materialExpires?: string;
  /** Given while the register says that the material is still to be imported for the first time. */
  readonly material?: 'awaited';
  /** Days between automatic rotations; absent where there are none. */
  readonly rotationDays?: number;
  /** Days between asking for deletion and the end, if the one who asks names none. */
  readonly deletionDays?: number;
  /** Whether the key stays when the stack is deleted, or when CloudFormation would replace it. */
  readonly kept?: boolean;
  /** Settings of the key that the statement does not turn into words. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly attention: readonly KeyAttention[];
}

/** The properties that are told in words elsewhere. */
const TOLD = new Set([
  'KeyPolicy',
  'Tags',
  'Description',
  'Origin',
  'EnableKeyRotation',
  'RotationPeriodInDays',
  'PendingWindowInDays',
]);
/** What KMS takes where the template is silent. */
const ROTATION_DAYS_BY_DEFAULT = 365;
const DELETION_DAYS_BY_DEFAULT = 30;
/** The settings that an organisation’s key is to have. */
const EXPECTED: Readonly<Record<string, unknown>> = {
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  MultiRegion: false,
};

/** The facts of a bucket’s key, with what the register claims of it. */
export function keyFacts(key: BucketKey, claim: CustodyClaim | undefined): KeyFacts {
  if (key.made === 'here') return madeHere(key.logicalId, key.resource, claim);
  const attention: KeyAttention[] = claim === undefined ? [{ kind: 'noClaim' }] : [];
  return {
    origin: key.made === 'unknown' ? 'unknown' : (claim?.origin ?? 'unknown'),
    originShownBy: 'claim',
    arn: key.arn,
    ...fromClaim(claim),
    settings: {},
    attention:
      claim && (claim.origin === 'AWS_KMS' || claim.origin === 'EXTERNAL')
        ? [...attention, { kind: 'claimedNotMade', claimed: claim.origin }]
        : attention,
  };
}

function madeHere(logicalId: string, resource: TemplateResource, claim: CustodyClaim | undefined): KeyFacts {
  const { Properties = {} } = resource;
  const { DeletionPolicy, UpdateReplacePolicy } = resource as {
    DeletionPolicy?: string;
    UpdateReplacePolicy?: string;
  };
  const { Origin = 'AWS_KMS', EnableKeyRotation, RotationPeriodInDays, PendingWindowInDays } = Properties;
  const origin = Origin === 'AWS_KMS' || Origin === 'EXTERNAL' ? Origin : 'unknown';
  // Where its very creation fails, an empty key may go: nothing was encrypted with it.
  const kept = /^Retain(?:ExceptOnCreate)?$/.test(DeletionPolicy ?? '') && UpdateReplacePolicy === 'Retain';
  const rotates = EnableKeyRotation === true;
  const deletionDays = numberOr(PendingWindowInDays, DELETION_DAYS_BY_DEFAULT);
  const settings = Object.fromEntries(Object.entries(Properties).filter(([name]) => !TOLD.has(name)));
  return {
    origin,
    originShownBy: 'template',
    logicalId,
    ...fromClaim(claim),
    ...(rotates && { rotationDays: numberOr(RotationPeriodInDays, ROTATION_DAYS_BY_DEFAULT) }),
    deletionDays,
    kept,
    settings,
    attention: [
      ...(origin === 'unknown' ? [{ kind: 'originUnclear', found: JSON.stringify(Origin) } as const] : []),
      ...(claim !== undefined && claim.origin !== origin
        ? [{ kind: 'originDiffers', origin, claimed: claim.origin } as const]
        : []),
      ...(origin === 'AWS_KMS' && !rotates ? [{ kind: 'notRotated' } as const] : []),
      ...(deletionDays < DELETION_DAYS_BY_DEFAULT ? [{ kind: 'soonGone', days: deletionDays } as const] : []),
      ...(kept ? [] : [{ kind: 'notKept' } as const]),
      ...Object.entries({ ...EXPECTED, ...settings }).flatMap(([name, value]) =>
        settingAttention(name, value),
      ),
    ],
  };
}

function settingAttention(name: string, value: unknown): KeyAttention[] {
  if (name === 'MultiRegion') return value === false ? [] : [{ kind: 'multiRegion' }];
  if (name in EXPECTED)
    return value === EXPECTED[name]
      ? []
      : [{ kind: 'otherSetting', setting: name, found: jsonOf(value), expected: jsonOf(EXPECTED[name]) }];
  if (name === 'Enabled') return value === true ? [] : [{ kind: 'madeSwitchedOff' }];
  return [{ kind: 'settingUnclear', setting: name, found: jsonOf(value) }];
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

function fromClaim(
  claim: CustodyClaim | undefined,
): Pick<KeyFacts, 'clusterId' | 'externalKeyId' | 'materialExpires' | 'material'> {
  if (claim === undefined) return {};
  const { origin, ...besides } = claim;
  return besides;
}

function numberOr(value: unknown, otherwise: number): number {
  return value === undefined ? otherwise : typeof value === 'number' ? value : Number.NaN;
}
