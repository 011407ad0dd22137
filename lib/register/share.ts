/** Shares: what each agreement gives each recipient, and on which days. */
import { createHash } from 'node:crypto';
import { termsDigest } from './agreement-terms';
import { type Approved, approvedDays, common, standingOf } from './approvals/standing';
import { addDays, type IsoDate, type Period, within } from './calendar';
import { directionsOf } from './parties';
import type { Register } from './register';
import type { Agreement, AgreementId } from './schema/agreement';
import type { Member, Organisation, OrganisationId } from './schema/organisation';

/** The states that a share can be in. */
export const SHARE_STATES = [
  'in-force',
  'to-come',
  'awaiting-approval',
  'paused',
  'suspended',
  'ended',
] as const;

/** The state of a share on a day. */
export type ShareState = (typeof SHARE_STATES)[number];

/** Each state in words for people. */
export const STATE_IN_WORDS: Readonly<Record<ShareState, string>> = {
  'in-force': 'in force',
  'to-come': 'to come',
  'awaiting-approval': 'awaiting approval',
  paused: 'paused',
  suspended: 'suspended',
  ended: 'ended',
};

/** The states in which a share has days left. */
export function isLiveState(state: ShareState): boolean {
  return state === 'in-force' || state === 'to-come';
}

/** What one owner gives one recipient under an agreement. */
export interface Share {
  /**
   * `<12 hex of the agreement>--<recipient id>`: the name of the access point and of the grant. It is one of a kind in the account
   * of the owner alone: who collects from several owners under agreements of one id each has one of that name with each.
   */
  readonly id: string;
  readonly agreement: Agreement;
  readonly owner: Member;
  readonly recipient: Organisation;
  readonly state: ShareState;
  /**
   * The days on which the recipient may read: the current or the next unbroken run. A pause or suspension with a known
   * first day cuts the run short, so that it takes hold without a deployment. Absent where nothing is in force or to come.
   */
  readonly days: Required<Period> | undefined;
  /** What was approved, and by which signatures of each party; absent where no approvals are asked for. */
  readonly approval?: ShareApproval;
}

/** The terms that parties have signed, by digest, and the digests of what they signed, by organisation. */
interface ShareApproval {
  readonly terms: string;
  readonly by: Readonly<Record<string, readonly string[]>>;
}

/** A share that has days left, and so becomes an access point. */
export type LiveShare = Share & { readonly days: Required<Period> };

/** The first 12 hex digits of the SHA-256 of an agreement’s id: its fixed-length name in AWS. */
export function agreementHash(id: AgreementId): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 12);
}

/** The id of what an agreement gives a recipient, by each owner alike. */
export function shareId(agreement: AgreementId, recipient: OrganisationId): string {
  return `${agreementHash(agreement)}--${recipient}`;
}

/** Every share of a register as it stands on a day, by owner, agreement and recipient. */
export function sharesOf(
  register: Pick<Register, 'agreements' | 'organisation'> & Approved,
  asOf: IsoDate,
): Share[] {
  return register.agreements.flatMap((agreement) =>
    directionsOf(agreement).flatMap((direction) => {
      const owner = register.organisation(direction.owner);
      if (owner.membership === 'external')
        throw new TypeError(`${owner.id} is external and owns what it shares under ${agreement.id}`);
      return direction.recipients.map((id): Share => {
        const recipient = register.organisation(id);
        const pauses = [owner.paused, recipient.paused].filter((pause) => pause !== undefined);
        const days = runsOfDays(agreement, [owner, recipient], register).find(({ until }) => until >= asOf);
        const approved = approvedDays(register, agreement);
        const state = stateOf(agreement, { pauses, approved, asOf, days });
        return {
          id: shareId(agreement.id, id),
          agreement,
          owner,
          recipient,
          state,
          days: isLiveState(state) ? days : undefined,
          ...(approved !== undefined && { approval: approvalOf(register, agreement) }),
        };
      });
    }),
  );
}

/** Whether a share is in force or to come. */
export function isLive(share: Share): share is LiveShare {
  return share.days !== undefined;
}

function stateOf(
  agreement: Agreement,
  {
    pauses,
    approved,
    asOf,
    days,
  }: {
    readonly pauses: readonly Period[];
    readonly approved: readonly Period[] | undefined;
    readonly asOf: IsoDate;
    readonly days: Period | undefined;
  },
): ShareState {
  if (asOf > agreement.ends) return 'ended';
  if (agreement.suspended && within(agreement.suspended, asOf)) return 'suspended';
  if (pauses.some((pause) => within(pause, asOf))) return 'paused';
  const later = { from: asOf > agreement.starts ? asOf : agreement.starts, until: agreement.ends };
  if (days === undefined && approved !== undefined && common(approved, [later]).length === 0)
    return 'awaiting-approval';
  if (days === undefined) return agreement.suspended ? 'suspended' : 'paused';
  return asOf < days.from ? 'to-come' : 'in-force';
}

/**
 * The unbroken runs of days on which an agreement lets one of its recipients read, earliest first: its own days without its
 * suspension and without the pauses of the two, and of those the ones on which all its parties have approved it, where that is
 * asked for. Access points and grants have the current or next run (`Share.days`), the
 * transfer audit has all of them.
 */
export function runsOfDays(
  agreement: Agreement,
  parties: readonly [owner: Organisation, recipient: Organisation],
  register: Approved,
): Required<Period>[] {
  const { starts, ends, suspended } = agreement;
  const approved = approvedDays(register, agreement) ?? [{ from: starts, until: ends }];
  const breaks = [suspended, ...parties.map(({ paused }) => paused)].filter((each) => each !== undefined);
  let runs = common(approved, [{ from: starts, until: ends }]).map(
    ({ from, until = ends }): Required<Period> => ({ from, until }),
  );
  for (const gap of breaks)
    runs = runs.flatMap((run) => {
      const last = gap.until;
      if (gap.from > run.until || (last !== undefined && last < run.from)) return [run];
      const before = gap.from > run.from ? [{ from: run.from, until: addDays(gap.from, -1) }] : [];
      const after =
        last !== undefined && last < run.until ? [{ from: addDays(last, 1), until: run.until }] : [];
      return [...before, ...after];
    });
  return runs.sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** What an agreement’s shares rest on, as templates carry it. */
function approvalOf(register: Approved, agreement: Agreement): ShareApproval {
  return {
    terms: termsDigest(agreement, register.contracts),
    by: Object.fromEntries(
      standingOf(register, agreement).map(({ organisation, by }) => [
        organisation,
        by.map(({ sha256 }) => sha256),
      ]),
    ),
  };
}
