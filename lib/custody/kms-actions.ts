/**
 * What each action of AWS KMS lets its holder do, in a few powers that people ask about.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
import { actionElementOf, SaidOften, YES } from '../iam';

/** The powers over a key, in the order in which a statement gives them. */
export const POWERS = [
  'decrypt',
  'encrypt',
  'sign',
  'grant',
  'endGrants',
  'changePolicy',
  'copy',
  'material',
  'disable',
  'end',
  'administer',
  'look',
  'unknown',
] as const;
export type Power = (typeof POWERS)[number];

/** The powers that administer a key: none of them reads data. */
export const ADMINISTRATION = [
  'changePolicy',
  'copy',
  'material',
  'disable',
  'end',
  'administer',
  'endGrants',
  'look',
] as const satisfies readonly Power[];

/** The powers that use a key on data. */
export const USE = ['decrypt', 'encrypt', 'sign'] as const satisfies readonly Power[];

const BY_POWER: Readonly<Record<Exclude<Power, 'unknown'>, readonly string[]>> = {
  decrypt: ['Decapsulate', 'Decrypt', 'DeriveSharedSecret', 'ReEncryptFrom'],
  encrypt: [
    'Encapsulate',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptTo',
  ],
  sign: ['GenerateMac', 'GetPublicKey', 'Sign', 'Verify', 'VerifyMac'],
  grant: ['CreateGrant'],
  endGrants: ['RetireGrant', 'RevokeGrant'],
  changePolicy: ['PutKeyPolicy'],
  copy: ['ReplicateKey', 'SynchronizeMultiRegionKey', 'UpdatePrimaryRegion'],
  material: ['DeleteImportedKeyMaterial', 'GetParametersForImport', 'ImportKeyMaterial'],
  disable: ['DisableKey'],
  end: ['ScheduleKeyDeletion'],
  administer: [
    'CancelKeyDeletion',
    'ConnectCustomKeyStore',
    'CreateAlias',
    'CreateCustomKeyStore',
    'CreateKey',
    'DeleteAlias',
    'DeleteCustomKeyStore',
    'DisableKeyRotation',
    'DisconnectCustomKeyStore',
    'EnableKey',
    'EnableKeyRotation',
    'RotateKeyOnDemand',
    'TagResource',
    'UntagResource',
    'UpdateAlias',
    'UpdateCustomKeyStore',
    'UpdateKeyDescription',
  ],
  look: [
    'DescribeCustomKeyStores',
    'DescribeKey',
    'GenerateRandom',
    'GetKeyLastUsage',
    'GetKeyPolicy',
    'GetKeyRotationStatus',
    'ListAliases',
    'ListGrants',
    'ListKeyPolicies',
    'ListKeyRotations',
    'ListKeys',
    'ListResourceTags',
    'ListRetirableGrants',
  ],
};

const POWER_OF: ReadonlyMap<string, Power> = new Map(
  Object.entries(BY_POWER).flatMap(([power, names]) => names.map((name) => [name, power as Power] as const)),
);
/** Each known action by its name in small letters, since IAM makes no difference. */
const BY_SMALL_NAME = new Map([...POWER_OF.keys()].map((name) => [`kms:${name}`.toLowerCase(), name]));

/** Every action that is known, as `kms:Decrypt`. @internal Only tests import it. */
export const KMS_ACTIONS: readonly string[] = [...POWER_OF.keys()].map((name) => `kms:${name}`).sort();

/** What the actions of a statement come to: which known actions give which power. An unknown action is a power of its own. */
export type Powers = Readonly<Partial<Record<Power, readonly string[]>>>;

const POWERS_OF = new SaidOften<Powers>();

/**
 * The powers that action patterns give over a key; patterns of other services give none.
 * @param except whether the patterns say what is left out (`NotAction`), so that everything else is in
 */
export function powersOf(patterns: readonly string[], except = false): Powers {
  return POWERS_OF.of(JSON.stringify([except, patterns]), () => powersIn(patterns, except));
}

function powersIn(patterns: readonly string[], except: boolean): Powers {
  const powers: Partial<Record<Power, string[]>> = {};
  const add = (power: Power, action: string) => {
    const list = powers[power] ?? [];
    if (!list.includes(action)) powers[power] = [...list, action];
  };
  const matched = new Set(patterns.flatMap(actionsLike));
  for (const [name, power] of POWER_OF) if (matched.has(name) !== except) add(power, name);
  if (except) return powers;
  for (const pattern of patterns)
    if (actionsLike(pattern).length === 0 && !/^(?!kms:)[a-z0-9-]+:/i.test(pattern))
      add('unknown', pattern.replace(/^kms:/i, ''));
  return powers;
}

const LIKE = new Map<string, readonly string[]>();

/** Names of actions have no case. A pattern that AWS would refuse matches nothing that is known. Each is matched once. */
function actionsLike(pattern: string): readonly string[] {
  const found = LIKE.get(pattern) ?? matchedBy(pattern);
  LIKE.set(pattern, found);
  return found;
}

function matchedBy(pattern: string): readonly string[] {
  const name = BY_SMALL_NAME.get(pattern.toLowerCase());
  if (name !== undefined) return [name];
  const element = actionElementOf(pattern, false);
  return [...BY_SMALL_NAME].flatMap(([action, each]) => (element.matches(action) === YES ? [each] : []));
}
