/** Rules on who may approve agreements, and on what they signed. */

import { isApproval, type SignedStatement } from '../../wire/approval';
import { keyOfApprover } from '../approvals/approver-key';
import { approvalName, payloadSha256, readApproval, statementIn } from '../approvals/read-approval';
import { type IsoDate, inWords } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import { namedParties } from '../parties';
import type { ApprovalEnvelope } from '../schema/approval';
import type { Organisation } from '../schema/organisation';
import type { Path } from '../yaml-source';

/** Each approver has one key that can be read, of its own account where KMS has it, and shares it with nobody. */
export function approversCanSign(draft: Draft): Diagnostic[] {
  const holders = new Map<string, string>();
  return [...draft.organisations.values()].flatMap((organisation) =>
    (organisation.value.approvers ?? []).flatMap((approver, index) => {
      const faults = keyFaults(organisation, index);
      const key = keyOfApprover(approver);
      if (faults.length > 0 || key === undefined) return faults;
      const { source, value } = organisation;
      const path = ['approvers', index];
      const name = key.publicKey.der.toString('base64');
      const holder = `${value.id} ${approver.post}`;
      const other = holders.get(name);
      holders.set(name, other ?? holder);
      if (other === undefined || other === holder) return daysFaults(organisation, index);
      return [
        fault(source, path, {
          message: `this key is that of ${other} as well, so nobody could tell which of the two signed`,
          fix: 'give each post a key of its own',
        }),
      ];
    }),
  );
}

function keyFaults({ value, source }: Sourced<Organisation>, index: number): Diagnostic[] {
  const approver = value.approvers?.[index];
  if (approver === undefined) return [];
  const { post, sshKey, kmsKey, publicKey } = approver;
  const path = ['approvers', index];
  const whole = sshKey !== undefined ? kmsKey === undefined && publicKey === undefined : kmsKey && publicKey;
  if (!whole)
    return [
      fault(source, path, {
        message: `${post} needs one key: \`sshKey\`, or \`kmsKey\` with its \`publicKey\``,
        fix: 'write the one or the two that belong together, and no other',
      }),
    ];
  if (keyOfApprover(approver) === undefined)
    return [
      fault(source, [...path, sshKey === undefined ? 'publicKey' : 'sshKey'], {
        message: 'this is no public key of Ed25519 or P-256, or a letter of it was lost or changed',
        fix: 'copy it again, whole',
      }),
    ];
  const account = kmsKey?.split(':')[4];
  if (account === undefined || account === value.account) return [];
  return [
    at(source, [...path, 'kmsKey'], {
      code: 'wrong-account',
      message: `this key is in account ${account}, but ${value.id} has account ${value.account}`,
      found: String(kmsKey),
      allowed: `a key in account ${value.account}`,
      fix: 'name a key of the organisation’s own account',
    }),
  ];
}

function daysFaults({ value, source }: Sourced<Organisation>, index: number): Diagnostic[] {
  const { from, until } = value.approvers?.[index] ?? {};
  if (from === undefined || until === undefined || from <= until) return [];
  return [
    at(source, ['approvers', index, 'until'], {
      code: 'date-order',
      message: `\`until\` is ${inWords(until)}, before \`from\`, ${inWords(from)}`,
      found: until,
      fix: 'check both days',
    }),
  ];
}

/** Each approval is of an agreement and a party that there are, signed by whom the party’s file names, under its own name. */
export function approvalsCount(draft: Draft): Diagnostic[] {
  const organisations = new Map([...draft.organisations].map(([id, { value }]) => [id, value]));
  const signed = bySha256(draft);
  return [...draft.approvals].flatMap(([name, { value, source }]): Diagnostic[] => {
    const statement = statementIn(value);
    if ('message' in statement) return [fault(source, statement.path, statement)];
    const [about] = statement.subject;
    const { organisation } = statement.predicate;
    const agreement = draft.agreements.get(about?.name ?? '');
    const payload = ['payload'];
    if (agreement === undefined)
      return draft.claimed.agreements.has(about?.name ?? '')
        ? []
        : [
            fault(source, payload, {
              message: `it is of an agreement ${about?.name}, which the register does not have`,
              fix: 'take the file out, or bring the agreement back',
            }),
          ];
    const party = namedParties(agreement.value).find(({ id }) => id === organisation);
    if (party !== undefined && !party.collects && !isApproval(statement))
      return [
        fault(source, payload, {
          message: `${organisation} collects nothing under ${about?.name}, and so has no copies to dispose of`,
          fix: 'take the file out',
        }),
      ];
    if (party === undefined)
      return [
        fault(source, payload, {
          message: `it is signed for ${organisation}, which is no party to ${about?.name}`,
          fix: 'take the file out',
        }),
      ];
    // A file with faults of its own is told of; what it names cannot be looked up.
    if (!organisations.has(organisation)) return [];
    const approval = readApproval(value, organisations);
    if ('message' in approval) return [fault(source, approval.path, approval)];
    const lost = (statement.predicate.after ?? []).find((named) => !signed.get(named)?.isEarlier(statement));
    if (lost !== undefined)
      return [
        fault(source, payload, {
          message: `it was signed after another statement of ${organisation} on ${about?.name} (${lost.slice(0, 12)}), which is not there`,
          fix: `bring approvals/${about?.name}.${organisation}.${lost.slice(0, 12)}.json back: what was signed stays, also when it no longer holds`,
        }),
      ];
    const own = approvalName(statement, Buffer.from(value.payload, 'base64'));
    return name === own
      ? []
      : [
          at(source, payload, {
            code: 'file-name',
            message: `what is signed here belongs in approvals/${own}.json, but the file is called ${name}.json`,
            found: name,
            allowed: own,
            fix: `rename the file to approvals/${own}.json`,
          }),
        ];
  });
}

/** What was signed, by its digest. */
function bySha256(draft: Draft) {
  return new Map(
    [...draft.approvals.values()].flatMap(({ value }) => {
      const earlier = statementIn(value);
      if ('message' in earlier) return [];
      const isEarlier = ({ subject, predicate }: SignedStatement) =>
        earlier.subject[0]?.name === subject[0]?.name &&
        earlier.predicate.organisation === predicate.organisation &&
        earlier.predicate.on <= predicate.on;
      return [[payloadSha256(value), { isEarlier }]];
    }),
  );
}

/** Nobody has signed on a day that has not come. @param by the last day on which something may have been done */
export function approvalsAreNotAhead(draft: Draft, by: IsoDate): Diagnostic[] {
  return [...draft.approvals.values()].flatMap(({ value, source }) => {
    const statement = statementIn(value);
    if ('message' in statement || statement.predicate.on <= by) return [];
    return [
      at(source, ['payload'], {
        code: 'future-date',
        message: `it is dated ${inWords(statement.predicate.on as IsoDate)}, which has not come yet`,
        found: statement.predicate.on,
        fix: 'have the approver sign again, on the day',
      }),
    ];
  });
}

function fault(
  source: Sourced<ApprovalEnvelope | Organisation>['source'],
  path: Path,
  { message, fix }: { readonly message: string; readonly fix: string },
): Diagnostic {
  return at(source, path, { code: 'approval', message, fix });
}
