/** The parts of the custody page that say who could change it, how the key ends, and what the zone’s operator can do. */
import { arnToBe } from '../../assembly';
import { dayWords } from '../../register/calendar';
import { andList, capital, code, type Item, type Sentence, say, type Words } from '../../words';
import { giving, type KeyCustody, ofAnyAccount } from '../key-custody';
import type { OwnPages, ServedPages } from '../served-pages';
import type { StackDeployers } from '../takers-on';
import type { Watchers } from '../watchers';
import type { AccountNames } from '../who';
import { conditionWords } from './condition-words';
import type { Section } from './page';
import { ownPolicyWords, trustWords, whomWords } from './permission-words';
import { whoWords } from './who-words';

/** Who could change any of what the page says. */
export function changeSection(custody: KeyCustody, accounts: AccountNames): Section {
  const { policy, deployers, account, identities, awsOrganisation, key, stack } = custody;
  const changers = giving(policy, ['changePolicy', 'unknown']);
  const changersWords = whomWords(
    changers.flatMap(({ who }) => who),
    accounts,
  );
  const absent = identities
    .filter(({ madeBy }) => madeBy === undefined)
    .map(({ who }) => whoWords(who, accounts));
  const items: (Words | Item)[] = [
    changers.length === 0
      ? 'The key’s policy lets nobody change it, the account’s own root user included. To change it takes AWS Support.'
      : say`${capital(changersWords)} can replace the key’s policy, and so every sentence above. In that account this means its root user, and whoever has the right in IAM. CloudTrail records each change.`,
    deployersItem(
      say`the stack ${code(stack)} can change ${custody.policyFrom.shownBy === 'template' ? 'the key’s policy, ' : ''}the roles and the list of grants`,
      deployers,
      accounts,
    ),
    ...(absent.length === 0
      ? []
      : [
          say`Whoever can create roles in account ${account} can make ${andList(absent)}, which no template makes here, and so be let in where the policy names ${absent.length === 1 ? 'it' : 'them'}.`,
        ]),
    say`The administrators of the AWS organisation${awsOrganisation === undefined ? '' : say` ${code(awsOrganisation)}`} can forbid anything in this account by a service control or resource control policy. Such a policy only takes away. But they can also take control of a member account, by its root user or by a role that trusts the management account, and then change the key’s policy. None of this shows in these templates: ask who they are.`,
    ...(custody.pages === undefined ? [] : [pagesItem(custody.pages, accounts)]),
    ...(custody.ownPages === undefined ? [] : [ownPagesItem(custody.ownPages)]),
    awsItself(key.origin),
  ];
  return { heading: 'Who could change any of this', items };
}

/** Whoever can deploy. @param what what they deploy, and can change so */
function deployersItem(
  what: Words,
  { asks, deploys, takenOn }: StackDeployers,
  accounts: AccountNames,
): Item {
  const roles = [asks, deploys].flatMap((arn) => (arn === undefined ? [] : [code(arn)]));
  const first = say`Whoever can deploy ${what}.`;
  if (roles.length === 0)
    return { text: say`${first} The assembly does not name the roles that deploy: ask for them.`, more: [] };
  const through = say`${first} It is deployed through ${andList(roles)}.`;
  if (takenOn === undefined)
    return {
      text: say`${through} Who takes these on was settled when the account was prepared for deployment: ask for their trust policies.`,
      more: [],
    };
  return {
    text: say`${through} Who takes these on was settled when the account was prepared for deployment. Where the StackSet ${code(takenOn.stackSet)} of these templates did that, it is as follows; where anything else did, ask for their trust policies.`,
    more: takenOn.roles.flatMap(({ arn, by }) =>
      by.map((each) => say`${code(arn)} is taken on by: ${trustWords(each, accounts)}`),
    ),
  };
}

/** Whoever changes the page changes nothing of the key, and needs not to. */
function pagesItem({ of, origin, role, madeBy }: ServedPages, accounts: AccountNames): Item {
  const through = [madeBy?.deployers.asks, madeBy?.deployers.deploys].flatMap((arn) =>
    arn === undefined ? [] : [code(arn)],
  );
  return {
    text: say`People of ${andList(of)} read and write what this key encrypts in ${of.length === 1 ? 'a page' : 'pages'} that the operator’s zone serves at ${code(origin)}. Whoever can put another page in place there needs no key: it could read all that they read and write in it from then on, and do what they may. The role ${code(role)} can, and reads no message itself.`,
    more: [
      ...(madeBy === undefined
        ? ['No template here makes this role: ask the operator who takes it on.']
        : madeBy.takenOnBy.map((each) => say`Taken on by: ${trustWords(each, accounts)}`)),
      say`So could whoever can deploy ${madeBy === undefined ? 'what serves it' : say`the stack ${code(madeBy.stack)}`}${through.length === 0 ? '' : say`, through ${andList(through)}`}, or decides where the name of that host leads.`,
      say`The ledger has an entry of each file that is put in place. ${code('npx concordat mailbox verify')} holds what is served against it.`,
    ],
  };
}

/** What serves such a page is no part of any template, so who can change it is for its organisation to say. */
function ownPagesItem({ of, origin }: OwnPages): Item {
  const whose = of.length === 1 ? andList(of) : 'each of them';
  return {
    text: say`People of ${andList(of)} read and write what this key encrypts in ${of.length === 1 ? 'a page that it serves itself' : 'pages that these serve themselves'}, below ${code(origin)}. Whoever can put another page in place there needs no key: it could read all that they read and write in it from then on, and do what they may.`,
    more: [
      say`No template shows who can: ask ${whose} who administers the server, who may change the files on it, and who decides where the name of that host leads. A page is one origin to browsers with every other on that host, so whoever can change any file there can.`,
      say`No ledger has an entry of what is put in place there. ${code('npx concordat mailbox verify')}, asked each day by somebody who may not change the page, holds its files and headers against the release.`,
    ],
  };
}

function awsItself(origin: KeyCustody['key']['origin']): Sentence {
  const common = 'While S3 encrypts or decrypts an object, the data is in the clear inside AWS.';
  switch (origin) {
    case 'EXTERNAL_KEY_STORE':
      return say`AWS itself never has the key, and can use it only while the organisation’s key manager answers. ${common} No template can show this: ask for the audit reports of AWS and of the key manager.`;
    case 'AWS_CLOUDHSM':
      return say`AWS itself runs the hardware of the CloudHSM cluster, and states that it has no access to the keys in it. ${common} No template can show this: ask for AWS’s audit reports.`;
    default:
      return say`AWS itself runs AWS KMS, and states that nobody there can take key material out of its hardware security modules. ${common} No template can show this: ask for AWS’s audit reports.`;
  }
}

/** What happens when the key ends, or is switched off. */
export function endSection(custody: KeyCustody, accounts: AccountNames): Section {
  const { policy, key } = custody;
  const able = (action: string) =>
    policy.filter(({ effect, powers }) => effect !== 'Deny' && Object.values(powers).flat().includes(action));
  const who = (action: string) =>
    whomWords(
      able(action).flatMap((each) => each.who),
      accounts,
    );
  const windowOf = able('ScheduleKeyDeletion').flatMap(({ conditions }) =>
    conditions
      .filter(({ meaning }) => meaning?.key === 'kms:schedulekeydeletionpendingwindowindays')
      .map((each) => conditionWords(each, accounts)),
  );
  const removers = able('DeleteImportedKeyMaterial');
  const items: Words[] = [
    'While the key is switched off, or waits for its deletion, nobody can decrypt: neither recipients nor the owner. Nor can anything be deposited. S3 may serve a reader that has just read for a short time longer.',

    able('DisableKey').length === 0
      ? 'Nobody is let switch it off.'
      : say`${capital(who('DisableKey'))} can switch it off at once.`,

    able('ScheduleKeyDeletion').length === 0
      ? 'Nobody is let ask for its deletion.'
      : say`${capital(who('ScheduleKeyDeletion'))} can ask for its deletion${windowOf.length > 0 ? say`, only if ${andList(windowOf)}` : ', with the 7 days’ notice that AWS demands at the least'}. Until then it can be called off. After that everything in the bucket, older versions included, is unreadable for good.`,
    ...(removers.length === 0
      ? []
      : [
          say`${capital(who('DeleteImportedKeyMaterial'))} can remove the imported material at once. This is the organisation’s own off switch: it needs nobody’s consent, and reading comes back only when the same material is imported again.`,
        ]),
    ...(key.materialExpires === undefined
      ? []
      : [
          say`The material expires at the end of ${dayWords(key.materialExpires)}, which has the same effect. Whoever loses the original as well has lost the data.`,
        ]),
    ...storeEnd(key.origin),
    keptWords(custody),
    ...(custody.copies ?? []).map(
      ({ agreement, from }) =>
        say`From the beginning of ${dayWords(from)} S3 deletes what was shared under ${code(agreement)}, which is over; old versions of it stay for 90 days more.`,
    ),
  ];
  return { heading: 'What happens at the end', items };
}

function storeEnd(origin: KeyCustody['key']['origin']): Words[] {
  if (origin === 'AWS_CLOUDHSM')
    return [
      'If the organisation disconnects its cluster, or deletes the key in it, nothing can be read; in the second case for good.',
    ];
  if (origin === 'EXTERNAL_KEY_STORE')
    return [
      'If the organisation switches its key manager off, or revokes the key there, nothing can be read until it is back. If the key is lost there, everything is unreadable for good.',
    ];
  return [];
}

function keptWords({ key, stack }: KeyCustody): Words {
  if (key.kept === undefined) return 'No template makes the key, so deleting a stack does not touch it.';
  return key.kept
    ? say`If the stack ${code(stack)} is deleted, the key stays. If somebody asks for its deletion and names no number of days, it is ${String(key.deletionDays)} days.`
    : say`If the stack ${code(stack)} is deleted or CloudFormation replaces the key, it goes after ${String(key.deletionDays)} days, and with it all data.`;
}

/** What the operator can do from an account of its own: a claim that is made only where the facts bear it. */
function operatorReach(custody: KeyCustody, accounts: Sentence): Words {
  if (ofAnyAccount(custody).length > 0)
    return 'The key’s policy speaks of anybody, or of somebody who is not understood, so what the operator cannot do is not known.';
  if (!custody.grantsKnown)
    return 'Which grants there will be is not known, so what the operator cannot do is not known.';
  return say`From an account of its own the operator can neither decrypt, nor encrypt, nor administer the key, nor make a grant on it: the key’s policy and the grants name only these accounts: ${accounts}. Check that none of these is an account of the operator.`;
}

/** What the operator of the zone can and cannot do. */
export function operatorSection(custody: KeyCustody, names: AccountNames): Section {
  const { accounts, awsOrganisation, watchers } = custody;
  const called = accounts.map(
    (each) => say`${each.account}${each.organisation === undefined ? '' : say` (${each.organisation})`}`,
  );
  return {
    heading: 'What the operator of the zone can and cannot do',
    items: [
      operatorReach(custody, andList(called)),
      'If the operator deploys this stack, or holds a role that does, it can change what the templates say: see “Who could change any of this”.',
      say`If the operator manages the AWS organisation${awsOrganisation === undefined ? '' : say` ${code(awsOrganisation)}`}, what is said of its administrators above is true of the operator.`,
      ...(watchers === undefined ? [] : [watchersItem(watchers, custody.key, names)]),
    ],
  };
}

/** Who watches what accounts run, and what that shows of the key. */
function watchersItem(
  { stackSet, arn, takenOnBy, onTheKey, isMoreThanLooking, unread }: Watchers,
  key: KeyCustody['key'],
  accounts: AccountNames,
): Item {
  const reach = isMoreThanLooking
    ? 'Its own policy lets it do more with the key than look at it.'
    : onTheKey.length === 0
      ? 'Its own policy says nothing of the key.'
      : 'Of the key it may look at settings alone: it can neither decrypt, nor encrypt, nor change anything.';
  return {
    text: say`Those who watch for the operator may look at what this account runs, through ${code(arn)}, where the StackSet ${code(stackSet)} of these templates made it. ${unread.length > 0 ? 'It carries policies that cannot be read here.' : reach}`,
    more: [
      ...takenOnBy.map((each) => say`Taken on by: ${trustWords(each, accounts)}`),
      ...onTheKey.map(
        (each) =>
          say`By its own policy: ${ownPolicyWords({ ...each, resources: each.resources.filter(ofKeys) }, key.arn ?? arnToBe(key.logicalId ?? ''), accounts)}`,
      ),
    ],
  };
}

/** What one statement lets look at besides keys is no matter of this page. */
function ofKeys(resource: string): boolean {
  return !/^arn:[^:]*:(?!kms:|\*)/.test(resource);
}
