/** The custody of a key as a page that an information-governance officer and an assessor can read. */
import { arnToBe } from '../../assembly';
import { dayWords } from '../../register/calendar';
import { andList, capital, code, type Item, type Sentence, say, type Words } from '../../words';
import { giving, type KeyCustody } from '../key-custody';
import type { KeyFacts } from '../key-facts';
import { ADMINISTRATION, POWERS, type Power, USE } from '../kms-actions';
import type { CustodyStatement } from '../statement';
import type { AccountNames } from '../who';
import { attentionWords, sidWords } from './attention-words';
import { changeSection, endSection, operatorSection } from './change-and-end';
import { shortSection } from './in-short';
import type { Page, Section } from './page';
import { grantDays, ownPolicyWords, permissionWords, trustWords } from './permission-words';
import { sealedSections } from './sealed-agreements';
import { interruptionSection } from './who-interrupts';
import { whoWords } from './who-words';

/** One page for each key, in the order of the statement. */
export function statementPages(statement: CustodyStatement): Page[] {
  return statement.keys.map((key) => keyPage(key, statement));
}

function keyPage(key: KeyCustody, { asOf, registerDigest, attention, accounts }: CustodyStatement): Page {
  const made =
    asOf === undefined
      ? ''
      : say` They were made for ${dayWords(asOf)}, from the register with SHA-256 ${code(registerDigest ?? '')}.`;
  return {
    title: `The key of ${titleOf(key)}`,
    text: [
      say`Everything on this page is read from the synthesised templates, not from what made them.${made} It says what the templates will do once deployed, not what is deployed.`,
      ...(key.policyFrom.shownBy === 'template' ? [] : [requestWords(key)]),
      'The name in brackets after a sentence is that of the policy statement it comes from.',
    ],
    sections: [
      shortSection(key, accounts),
      attentionSection([...key.attention, ...attention].map((each) => attentionWords(each, accounts))),
      heldSection(key),
      administrationSection(key, accounts),
      useSection(key, accounts),
      ...sealedSections(key),
      grantSection(key, accounts),
      denySection(key, accounts),
      roleSection(key, accounts),
      changeSection(key, accounts),
      endSection(key, accounts),
      operatorSection(key, accounts),
      interruptionSection(key, accounts),
    ],
  };
}

/** `Leeds City Council (leeds)`. */
export function titleOf({ name, organisation }: KeyCustody): string {
  return name === organisation ? organisation : `${name} (${organisation})`;
}

function requestWords({ policyFrom }: KeyCustody): Words {
  const file = policyFrom.shownBy === 'request' ? policyFrom.file : '';
  return say`No template makes this key, so none shows its policy. ${code(file)}, beside the templates, holds the policy that the organisation is asked to set, and this page says what that policy means. Whether the organisation has set it, no template can show: ask for the answer of ${code('aws kms get-key-policy')} and compare. What AWS KMS says of the key’s account and origin, the grant broker compares at every run.`;
}

function attentionSection(attention: readonly Sentence[]): Section {
  return attention.length === 0
    ? {
        heading: 'What to look at twice',
        text: [
          'Nothing: every statement was understood, and none is wider than a key of shared data should have.',
        ],
      }
    : { heading: 'What to look at twice', items: attention.map((each) => say`${capital(each)}.`) };
}

function heldSection({ account, organisation, region, key, bucket, stack }: KeyCustody): Section {
  return {
    heading: 'Where it is held',
    facts: [
      ['Account', say`${account} (${organisation}), Region ${region}`],
      ['Key material', materialWords(key)],
      [
        'Shown by',
        key.originShownBy === 'template'
          ? 'the template, which makes the key'
          : 'the register’s claim only. At every run the grant broker compares the claim with what AWS KMS says of the key; where they differ it alarms and makes no new grant. Ask for its log.',
      ],
      [
        'Key',
        key.arn === undefined
          ? say`${code(key.logicalId ?? '')} in the stack ${code(stack)}; AWS gives it its ARN at deployment`
          : say`${code(key.arn)}, which the organisation brought`,
      ],
      ['Encrypts', say`everything in the bucket ${code(bucket)}`],
      ['New material', renewalWords(key)],
    ],
  };
}

function materialWords(key: KeyFacts): Words {
  switch (key.origin) {
    case 'AWS_KMS':
      return 'made by AWS KMS inside its hardware security modules. By its documentation nobody can take it out, neither the organisation nor AWS';
    case 'EXTERNAL':
      return key.material === 'awaited'
        ? 'to be made by the organisation and imported into AWS KMS. By the register it is not there yet: until then nothing can be encrypted, and there is no malware scan'
        : 'made by the organisation and imported into AWS KMS, which cannot give it back. The organisation keeps the original';
    case 'AWS_CLOUDHSM':
      return say`in the organisation’s own CloudHSM cluster, ${code(key.clusterId ?? '')}. AWS KMS asks the cluster for each use`;
    case 'EXTERNAL_KEY_STORE':
      return say`outside AWS, in the organisation’s own key manager under ${code(key.externalKeyId ?? '')}. AWS KMS asks it for each use, and it can refuse`;
    case 'unknown':
      return 'not known; do not rely on this page';
  }
}

function renewalWords({ origin, rotationDays, materialExpires }: KeyFacts): Words {
  if (rotationDays !== undefined)
    return say`by itself every ${String(rotationDays)} days; older material is kept, so that older data can still be read`;
  if (origin === 'EXTERNAL')
    return materialExpires === undefined
      ? 'never by itself; when the material expires is not known'
      : say`never by itself. By the register’s claim the material expires at the end of ${dayWords(materialExpires)}; from then on nothing can be read until it is imported again`;
  return origin === 'AWS_KMS' ? 'never' : 'as the organisation decides; AWS KMS does not renew it';
}

function administrationSection({ policy }: KeyCustody, accounts: AccountNames): Section {
  const without = giving(policy, ADMINISTRATION).filter(
    (each) => !gives(each.powers, [...USE, 'grant', 'unknown']),
  );
  return {
    heading: 'Who administers it',
    text: [
      without.length === giving(policy, ADMINISTRATION).length
        ? 'None of these statements lets anybody read or encrypt data, or make a grant.'
        : 'Some of these statements also let somebody read or encrypt data, or make grants: see below.',
    ],
    items: permissionItems(policy, ADMINISTRATION, accounts),
  };
}

function useSection({ policy }: KeyCustody, accounts: AccountNames): Section {
  return {
    heading: 'Who can decrypt and encrypt',
    text: [
      'Besides these, only the holders of the grants further below. A role needs the yes of this policy and of its own, which “The roles” gives.',
    ],
    items: permissionItems(policy, USE, accounts),
  };
}

function grantSection({ policy, grants, bucket }: KeyCustody, accounts: AccountNames): Section {
  const held = grants.map(
    (grant): Item => ({
      text: say`${capital(whoWords(grant.holder, accounts))} holds the grant ${code(grant.share)} for the agreement ${code(grant.agreement)}, ${grantDays(grant)}.`,
      more:
        grant.takenOnBy === undefined
          ? ['No template here makes this role: ask its organisation who takes it on.']
          : grant.takenOnBy.map((each) => say`Taken on by: ${trustWords(each, accounts)}`),
    }),
  );
  return {
    heading: 'Who can grant, and who holds grants',
    text: [
      say`The grant broker is told to keep ${grants.length === 0 ? 'no grant' : grants.length === 1 ? 'this one grant' : say`these ${grants.length} grants`}, and to end every other. A grant here lets its holder read what lies in ${code(bucket)}, if the access point of its share says yes as well. A grant that somebody makes by hand shows in no template; the broker’s log shows it.`,
    ],
    items: [...permissionItems(policy, ['grant'], accounts), ...held],
  };
}

function denySection({ policy }: KeyCustody, accounts: AccountNames): Section {
  const denies = policy.filter(({ effect }) => effect === 'Deny');
  return {
    heading: 'What is denied, whatever else allows it',
    text: ['A deny also binds the holders of grants.'],
    items:
      denies.length === 0
        ? ['Nothing is denied.']
        : denies.map((each) => permissionWords(each, POWERS, accounts)),
  };
}

function roleSection({ identities, account, key }: KeyCustody, accounts: AccountNames): Section {
  return {
    heading: 'The roles',
    text: ['Every role of the account that the key’s policy names, or whose own policy speaks of the key.'],
    items: identities.map(({ who, madeBy, takenOnBy, onTheKey, allowedBy, besides, runs }) => ({
      text: say`${capital(whoWords(who, accounts))}${madeBy === undefined ? '' : say`, made by ${code(madeBy)}`}.`,
      more: [
        allowedBy.length === 0
          ? 'The key’s policy gives it nothing.'
          : say`The key’s policy speaks for it in ${andList(allowedBy.map((sid) => code(sidWords(sid))))}.`,
        ...(madeBy === undefined
          ? [
              say`No template here makes it: whoever may create roles in account ${account} decides who takes it on, and what its own policy says.`,
            ]
          : []),
        ...takenOnBy.map((each) => say`Taken on by: ${trustWords(each, accounts)}`),
        ...onTheKey.map(
          (each) =>
            say`By its own policy: ${ownPolicyWords(each, key.arn ?? arnToBe(key.logicalId ?? ''), accounts)}`,
        ),
        ...besidesWords(besides),
        ...runs.map((each) => say`It runs the Lambda function ${each.name}, code ${each.code}.`),
      ],
    })),
  };
}

/** What a role’s own policy says of other services: in few words, since it uses no key. */
function besidesWords(besides: KeyCustody['policy']): Sentence[] {
  const actions = (wanted: 'Allow' | 'Deny') => [
    ...new Set(
      besides.flatMap(({ effect, except, actions: each }) =>
        (effect === 'Deny') === (wanted === 'Deny')
          ? each.map((one) => (except ? `all but ${one}` : one))
          : [],
      ),
    ),
  ];
  const [allowed, denied] = [actions('Allow'), actions('Deny')];
  return [
    ...(allowed.length > 0
      ? [say`Besides the key, its own policy allows ${andList(allowed.map(code))}.`]
      : []),
    ...(denied.length > 0 ? [say`Besides the key, its own policy denies ${andList(denied.map(code))}.`] : []),
  ];
}

function permissionItems(
  policy: KeyCustody['policy'],
  powers: readonly Power[],
  accounts: AccountNames,
): Sentence[] {
  const found = policy.filter((each) => each.effect !== 'Deny' && gives(each.powers, [...powers, 'unknown']));
  return found.length === 0
    ? [say`No statement lets anybody.`]
    : found.map((each) => permissionWords(each, powers, accounts));
}

function gives(powers: KeyCustody['policy'][number]['powers'], asked: readonly Power[]): boolean {
  return asked.some((power) => powers[power] !== undefined);
}
