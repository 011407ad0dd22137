/** What to look at twice, in plain words. */
import { type Sentence, say, type Words } from '../../words';
import type { KeyAttention, Protection, Sid, StatementAttention, StrayAttention } from '../attention';
import type { AccountNames, Who } from '../who';
import { conditionWords } from './condition-words';
import { told, whoWords } from './who-words';

/** Of a key, or of no one key. */
export function attentionWords(what: KeyAttention | StrayAttention, accounts: AccountNames): Sentence {
  const who = (each: Who) => whoWords(each, accounts);
  switch (what.kind) {
    case 'keyInAnotherAccount':
      return say`the key lies in account ${what.account}, the bucket in account ${what.bucketAccount}`;
    case 'bucketNotByKms':
      return say`the bucket encrypts with ${what.algorithm ?? 'nothing that it says'}, not with aws:kms`;
    case 'noBucketKey':
      return say`the bucket uses no Bucket Key, so the bucket in the conditions below is not what KMS is given`;
    case 'moreEncryptionRules':
      return say`the bucket has more than one rule of encryption; only the first is told here`;
    case 'keyUnclear':
      return say`the bucket’s key, ${what.text}, is not understood${what.byName ? ': an alias or a bare id is looked up in the account of whoever asks' : ''}; do not rely on this`;
    case 'noClaim':
      return say`what the register claims of the key is not known`;
    case 'claimedNotMade':
      return say`the register claims ${what.claimed}, but the template makes no such key`;
    case 'originUnclear':
      return say`the key’s origin, ${what.found}, is not understood; do not rely on this`;
    case 'originDiffers':
      return say`the template makes a key of origin ${what.origin}, the register claims ${what.claimed}`;
    case 'notRotated':
      return say`the key is not rotated`;
    case 'soonGone':
      return say`the key can be gone ${String(what.days)} days after it was asked for`;
    case 'notKept':
      return say`the key goes when its stack is deleted or CloudFormation replaces it, and with it all data`;
    case 'multiRegion':
      return say`the key is multi-Region, so its material can leave the United Kingdom`;
    case 'madeSwitchedOff':
      return say`the key is made switched off`;
    case 'otherSetting':
      return say`the key’s ${what.setting} is ${what.found}, not ${what.expected}`;
    case 'settingUnclear':
      return say`the key has a setting that is not understood: ${what.setting} ${what.found}; do not rely on this`;
    case 'listForOtherBucket':
      return say`the layer ${what.layer} carries a list of grants for another bucket: ${what.bucket}`;
    case 'numberOfLists':
      return say`${what.lists} lists of grants are deployed for this bucket, where there must be one; which grants there will be is not known`;
    case 'noListIn':
      return say`the layer ${what.layer} carries no list of grants that can be read; what it carries is not known`;
    case 'listRefused':
      return say`the list in ${what.layer} is one that the broker refuses: ${what.problem}`;
    case 'noAskedPolicy':
      return say`no file ${what.file} says which policy the organisation is asked to set; who can use the key is not known`;
    case 'askedPolicyNotJson':
      return say`${what.file} is not JSON, or has a member twice; who can use the key is not known`;
    case 'unprotected':
      return 'sid' in what
        ? say`${sidWords(what.sid)}: ${PROTECTIONS[what.protection]}`
        : say`${PROTECTIONS[what.protection]}`;
    case 'inStatement':
      return say`${sidWords(what.sid)}: ${statementAttentionWords(what.what, accounts)}`;
    case 'managedPolicy':
      return say`${who(what.who)}: it carries the managed policy ${what.policy}, which this statement cannot read; do not rely on what it says of this role`;
    case 'inOwnPolicy':
      return say`${who(what.who)}, by its own policy, ${sidWords(what.sid)}: ${statementAttentionWords(what.what, accounts)}`;
    case 'inTrust': {
      const of: Words =
        what.of.kind === 'grantee' ? `the holder of the grant ${what.of.share}` : who(what.of);
      return say`who takes on ${of}, ${sidWords(what.sid)}: ${statementAttentionWords(what.what, accounts)}`;
    }
    case 'copiedKey':
      return say`${what.place} is a copy of a key of another Region; this statement does not cover it`;
    case 'strayKey':
      return say`the key ${what.place} is tagged for shared data, but encrypts no bucket of shared data here`;
  }
}

const PROTECTIONS: Readonly<Record<Protection, string>> = {
  useThroughS3: 'nothing denies the use of the key other than through Amazon S3 in its Region',
  useFromOneOrganisation:
    'nothing denies the use of the key to callers outside one AWS organisation and named accounts',
  useByNamedRole: 'it holds the use of the key to no named role',
  useThroughS3Alone: 'it does not hold the use of the key to Amazon S3',
  useForOneBucket: 'it does not hold the use of the key to the one bucket',
  useAsRecipientsRead:
    'it lets the key be used with an encryption context of more than the bucket, and what is encrypted so no recipient can read',
  grantsByNamedRole: 'it lets no named role alone make grants',
  grantsOfReadingOnly: 'it lets grants give more than reading',
  grantsForOneBucket: 'it does not hold grants to the one bucket',
  grantsToOneRole: 'it does not hold grants to one role of each account',
  grantsRetiredByOwner: 'it does not say that a role of the owner retires each grant',
  noCopies: 'it lets the key be copied to another Region',
};

/** Of one statement of a policy. */
export function statementAttentionWords(what: StatementAttention, accounts: AccountNames): Sentence {
  switch (what.kind) {
    case 'policyUnclear':
      return say`the policy is not understood: ${what.found}; do not rely on this`;
    case 'policyVersion':
      return say`the policy’s version is ${what.found}, not 2012-10-17; do not rely on this`;
    case 'policyPart':
      return say`the policy has a part that is not understood: ${what.found}; do not rely on this`;
    case 'statementUnclear':
      return say`statement ${String(what.number)} is not understood: ${what.found}; do not rely on this`;
    case 'noEffect':
      return say`it neither allows nor denies, but ${what.found}`;
    case 'whoever':
      return whoeverWords(what.who, accounts);
    case 'ofAnotherAccount':
      return say`it speaks of another account: ${whoWords(what.who, accounts)}`;
    case 'callersByPattern':
      return say`it names callers by a pattern: ${what.arn}`;
    case 'callerElsewhere':
      return say`it names ${what.arn}, which is not in account ${what.account}, so nobody is meant`;
    case 'allowsAllBut':
      return say`it allows everything but what it names (NotAction)`;
    case 'noAction':
      return say`it names no action`;
    case 'everyResourceBut':
      return say`it speaks of every resource but those it names (NotResource)`;
    case 'actionsByPattern':
      return say`it names actions by a pattern: ${what.pattern}`;
    case 'unknownAction':
      return say`the action kms:${what.action} is not understood; do not rely on this`;
    case 'keyResource':
      return say`its resource is ${what.resources.join(', ') || 'missing'}, where a key’s policy has *`;
    case 'unresolved':
      return say`${what.text}; do not rely on this`;
    case 'conditionUnclear':
      return say`it has ${conditionWords(what.condition, accounts)}`;
    case 'allowsWithoutKey':
      return say`it also allows calls that do not carry ${what.key} at all (${what.operator})`;
    case 'deniesWithKeyOnly':
      return say`it denies only calls that carry ${what.key} (${what.operator})`;
    case 'unknownElement':
      return say`it has a part that is not understood: ${what.element}${what.found === undefined ? '' : ` ${what.found}`}`;
  }
}

function whoeverWords(who: Who, accounts: AccountNames): Sentence {
  switch (who.kind) {
    case 'allBut':
      return say`it lets in everybody but those it names (NotPrincipal)`;
    case 'federated':
      return say`people whom an outside identity provider vouches for are let in`;
    case 'namesNobody':
      return say`whom it speaks of is not understood: it names nobody; do not rely on this`;
    case 'notUnderstood':
      return say`whom it speaks of is not understood: ${told(who.found ?? '')}; do not rely on this`;
    default:
      return say`it speaks of ${whoWords(who, accounts)}`;
  }
}

/** What a statement is called: by its Sid, else by its number. */
export function sidWords(sid: Sid): string {
  if (sid === undefined) return 'unreadable';
  return typeof sid === 'string' ? sid : `statement ${sid}, without a Sid`;
}
