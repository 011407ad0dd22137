/** Rules on correspondence: two parties write to each other, each inbox is one party’s, and whoever reads it may collect there. */

import { MESSAGE_MEDIA_TYPE } from '../../wire';
import { andList, orList } from '../../words';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced, whereIs } from '../draft';
import { locate } from '../explain/fault';
import { signInOf } from '../may';
import { isReciprocal, namedParties } from '../parties';
import type { Agreement } from '../schema/agreement';
import type { Organisation } from '../schema/organisation';
import { bytesIn } from '../size';

type Inbox = NonNullable<Agreement['correspondence']>['inboxes'][number];

/** Whoever writes can be answered: every party has an inbox, which is its own, and people who may read it. */
export function inboxesAreOfTheParties(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) => {
    const { correspondence } = agreement.value;
    if (correspondence === undefined) return [];
    const { inboxes } = correspondence;
    const parties = namedParties(agreement.value).map(({ id }) => id);
    // Whoever has named a party twice is told of that.
    if (new Set(parties).size < parties.length) return [];
    // Nor is it known whose inboxes are missing, or whose are too many, while a party is none of the register.
    if (!parties.every((id) => draft.claimed.organisations.has(id)))
      return [...goesBothWays(agreement), ...messagesMayBeSent(agreement)];
    return [
      ...goesBothWays(agreement),
      ...messagesMayBeSent(agreement),
      ...everyPartyIsReached(agreement, inboxes),
      ...inboxes.flatMap((inbox, index) => inboxFaults(draft, agreement, inbox, index)),
    ];
  });
}

/** A letter that nobody may answer is a file. */
function goesBothWays({ value, source }: Sourced<Agreement>): Diagnostic[] {
  if (isReciprocal(value)) return [];
  return [
    locate(source, {
      code: 'not-allowed',
      path: ['correspondence'],
      part: 'key',
      message: 'there is correspondence under an agreement that shares one way, so nobody could answer',
      allowed: '`correspondence` in an agreement that is `reciprocal`',
      fix: 'write `reciprocal:` with both parties in place of `owner` and `recipients`, or remove `correspondence`',
    }),
  ];
}

function messagesMayBeSent({ value, source }: Sourced<Agreement>): Diagnostic[] {
  if (value.delivery.mediaTypes.includes(MESSAGE_MEDIA_TYPE)) return [];
  return [
    at(source, ['delivery', 'mediaTypes'], {
      code: 'missing-key',
      message: `there is correspondence, and the gate would reject every message: ${MESSAGE_MEDIA_TYPE} is not among the media types`,
      allowed: `${MESSAGE_MEDIA_TYPE}, and the types that attachments may have`,
      fix: `add ${MESSAGE_MEDIA_TYPE} to the list`,
    }),
  ];
}

/** The gate reads a message in one go, and whoever it is to holds all of it: what is larger is a file. */
const MOST_MESSAGE_BYTES = 5_000_000_000;

/** Messages are no larger than can be read. */
export function messagesCanBeRead(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap(({ value: { delivery }, source }) =>
    !delivery.mediaTypes.includes(MESSAGE_MEDIA_TYPE) || bytesIn(delivery.largestObject) <= MOST_MESSAGE_BYTES
      ? []
      : [
          at(source, ['delivery', 'largestObject'], {
            code: 'not-allowed',
            message: `messages may be deposited, and one of ${delivery.largestObject} could be read by nobody`,
            found: delivery.largestObject,
            allowed: '5 GB or less, where message/rfc822 is among the media types',
            fix: 'write 5 GB or less, and share larger files under an agreement of their own',
          }),
        ],
  );
}

function everyPartyIsReached({ value, source }: Sourced<Agreement>, inboxes: readonly Inbox[]): Diagnostic[] {
  const without = namedParties(value).filter(({ id }) => !inboxes.some((inbox) => inbox.of === id));
  return without.map(({ id, path }) =>
    at(source, path, {
      code: 'missing-key',
      message: `there is correspondence, and ${id} has no inbox: nobody could write to it`,
      found: id,
      fix: `add an inbox with \`of: ${id}\` under \`correspondence\``,
    }),
  );
}

function inboxFaults(
  draft: Draft,
  { value, source }: Sourced<Agreement>,
  inbox: Inbox,
  index: number,
): Diagnostic[] {
  const path = ['correspondence', 'inboxes', index];
  const parties: readonly string[] = namedParties(value).map(({ id }) => id);
  if (!parties.includes(inbox.of))
    return [
      at(source, [...path, 'of'], {
        code: 'unresolved-id',
        message: `${inbox.of} is no party to this agreement`,
        found: inbox.of,
        allowed: orList(parties),
        fix: 'write the party whose inbox it is, or remove the inbox',
      }),
    ];
  const all = value.correspondence?.inboxes ?? [];
  const first = all.findIndex(({ id, of }) => id === inbox.id && of === inbox.of);
  const twice =
    first === index
      ? []
      : [
          at(source, [...path, 'id'], {
            code: 'duplicate-value',
            message: `${inbox.of} has an inbox ${inbox.id} already, that of item ${first + 1}`,
            found: inbox.id,
            fix: 'give one of the two another id, or remove it',
          }),
        ];
  const organisation = draft.organisations.get(inbox.of);
  return [
    ...twice,
    ...(organisation ? readersFaults(source, organisation, inbox, [...path, 'readers']) : []),
  ];
}

function readersFaults(
  source: Sourced<Agreement>['source'],
  { value: organisation, source: file }: Sourced<Organisation>,
  { readers: { roles = [], appRoles = [] } }: Inbox,
  path: readonly (string | number)[],
): Diagnostic[] {
  if (roles.length + appRoles.length === 0)
    return [
      locate(source, {
        code: 'missing-key',
        path,
        part: 'key',
        message: '`readers` names neither roles nor app roles, so the inbox is for nobody',
        allowed: '`roles`, `appRoles` or both',
        fix: `add \`appRoles:\` or \`roles:\` with some of those who may collect at ${organisation.id}`,
      }),
    ];
  const mayCollect: readonly string[] = organisation.mayCollect;
  const mayHold: readonly string[] = signInOf(organisation)?.mayCollect?.appRoles ?? [];
  const stranger = (list: 'roles' | 'appRoles', found: string, index: number, known: readonly string[]) =>
    known.includes(found)
      ? []
      : [
          at(source, [...path, list, index], {
            code: 'nobody-may',
            message: `the ${list === 'roles' ? 'role' : 'app role'} ${found} may not collect at ${organisation.id}, so it could read nothing in this inbox`,
            found,
            allowed: known.length > 0 ? andList(known) : `one named in organisations/${organisation.id}.yaml`,
            fix: `name it under \`${list === 'roles' ? 'mayCollect' : 'signIn.mayCollect.appRoles'}\` (${whereIs(file, list === 'roles' ? ['mayCollect'] : ['signIn', 'mayCollect', 'appRoles'])}), or take it out here`,
          }),
        ];
  return [
    ...roles.flatMap((role, index) => stranger('roles', role, index, mayCollect)),
    ...appRoles.flatMap((role, index) => stranger('appRoles', role, index, mayHold)),
  ];
}
