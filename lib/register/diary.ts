/** What comes up: every day on which something starts, ends or is due by the register alone. */
import { approvalsAreAsked, standingOf } from './approvals/standing';
import { addDays, type IsoDate, isDate } from './calendar';
import { dutiesOf, type Ended } from './disposals/duties';
import { copiesDeploying, copiesUntil, hasEnded } from './disposals/owners-copies';
import { directionsOf, partiesOf } from './parties';
import { type RegisterContent, verifiedIn } from './register';
import type { Agreement } from './schema/agreement';
import type { Organisation } from './schema/organisation';

/** What comes up on a day. Of an end, the day is the last on which it still holds. */
export type Entry = { readonly on: IsoDate } & (
  | {
      readonly kind:
        | 'agreement-starts'
        | 'agreement-ends'
        | 'agreement-review'
        | 'suspension-begins'
        | 'suspension-ends'
        /** Of the organisation alone: it approved the agreement up to this day, or withdrew from the next. */
        | 'approval-ends'
        | 'hold-begins'
        | 'hold-ends'
        /** Of who is to dispose and to declare it, and after it of those who shared. */
        | 'disposal-due'
        /** Of those whose buckets S3 deletes from, on that day for the first time. */
        | 'copies-go';
      readonly agreement: Agreement['id'];
      readonly organisations: readonly Organisation['id'][];
    }
  | {
      /** Of those whose stacks have to be deployed by that day, so that copies go on theirs. */
      readonly kind: 'copies-deployment';
      readonly agreement: Agreement['id'];
      readonly organisations: readonly Organisation['id'][];
      /** The first day on which that can be done. */
      readonly from: IsoDate;
    }
  | {
      readonly kind:
        | 'organisation-joins'
        | 'organisation-leaves'
        | 'collecting-ends'
        | 'pause-begins'
        | 'pause-ends'
        | 'key-material-expires'
        | 'assurance-due';
      readonly organisations: readonly Organisation['id'][];
    }
  | {
      readonly kind: 'function-passes';
      /** From the first to the second. */
      readonly organisations: readonly [Organisation['id'], Organisation['id']];
      readonly what: string;
    }
);

type CopiesDeployment = Extract<Entry, { readonly kind: 'copies-deployment' }>;

/** Kinds that somebody has to do something about by the day. */
const DUE: ReadonlySet<Entry['kind']> = new Set([
  'agreement-review',
  'key-material-expires',
  'assurance-due',
  'disposal-due',
]);

/** The entries from one day to another, both included, in the order of days. */
export function entriesBetween(content: RegisterContent, first: IsoDate, last: IsoDate): Entry[] {
  return entriesOf(content).filter(({ on }) => first <= on && on <= last);
}

/** What was due before a day and still matters on it: of agreements in force and organisations that take part. */
export function overdueOn(content: RegisterContent, day: IsoDate): Entry[] {
  const over = new Set<string>([
    ...content.agreements.filter(({ ends }) => ends < day).map(({ id }) => id),
    ...content.organisations.filter(({ leaves }) => leaves !== undefined && leaves < day).map(({ id }) => id),
  ]);
  return entriesOf(content).filter((entry) => {
    const about = 'agreement' in entry ? [entry.agreement] : entry.organisations;
    // What is to be disposed of is due just because the agreement is over.
    const isOver = entry.kind !== 'disposal-due' && about.some((id) => over.has(id));
    return DUE.has(entry.kind) && entry.on < day && !isOver;
  });
}

function entriesOf(content: RegisterContent): Entry[] {
  const { agreements, organisations } = content;
  return [
    ...agreements.flatMap(ofAgreement),
    ...approvalsThatEnd(content),
    ...disposalsThatAreDue(content),
    ...copiesThatGo(content),
    ...organisations.flatMap(ofOrganisation),
  ].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function ofAgreement(agreement: Agreement): Entry[] {
  const { id, starts, ends, review, suspended, hold } = agreement;
  const about = { agreement: id, organisations: partiesOf(agreement) };
  return [
    { on: starts, kind: 'agreement-starts', ...about },
    { on: ends, kind: 'agreement-ends', ...about },
    { on: review, kind: 'agreement-review', ...about },
    ...period(suspended, 'suspension-begins', 'suspension-ends').map((each) => ({ ...each, ...about })),
    ...period(hold, 'hold-begins', 'hold-ends').map((each) => ({ ...each, ...about })),
  ];
}

/** The days with which a party’s approval ends before the agreement does, where approvals are asked for. */
function approvalsThatEnd(content: RegisterContent): Entry[] {
  const register = { ...content, verified: verifiedIn(content).verified };
  const asked = content.agreements.filter((agreement) => approvalsAreAsked(content, agreement));
  return asked.flatMap((agreement) =>
    standingOf(register, agreement).flatMap(({ organisation, days }) =>
      days.flatMap(({ until }): Entry[] =>
        until === undefined || until >= agreement.ends
          ? []
          : [{ on: until, kind: 'approval-ends', agreement: agreement.id, organisations: [organisation] }],
      ),
    ),
  );
}

/** The days by which recipients are to have disposed of their copies, where they are asked to declare it and have not. */
function disposalsThatAreDue(content: RegisterContent): Entry[] {
  return dutiesOf({ ...content, ...verifiedIn(content) }).flatMap(
    ({ agreement, organisation, owners, due, isAsked, declared }): Entry[] =>
      due === undefined || !isAsked || declared !== undefined
        ? []
        : [
            {
              on: due,
              kind: 'disposal-due',
              agreement: agreement.id,
              organisations: [organisation, ...owners],
            },
          ],
  );
}

/**
 * The days on which what was deposited goes, if agreements end as they are written and nothing more follows them, and those by
 * which that has to be deployed.
 */
function copiesThatGo(content: RegisterContent): Entry[] {
  const register = { ...content, ...verifiedIn(content) };
  return content.agreements.flatMap((agreement) => copiesOf(register, agreement));
}

function copiesOf(register: Ended, agreement: Agreement): Entry[] {
  const until = copiesUntil(register, agreement);
  const days = copiesDeploying(register, agreement);
  if (until === undefined || days === undefined) return [];
  const about = { agreement: agreement.id, organisations: directionsOf(agreement).map(({ owner }) => owner) };
  return [
    { on: days.by, kind: 'copies-deployment', ...about, from: days.from },
    { on: addDays(until, 1), kind: 'copies-go', ...about },
  ];
}

/**
 * What is to be deployed on a day or soon after it, so that copies go on theirs, the soonest first. Whether that was done already
 * no register can tell.
 */
export function copiesToDeploy(register: Ended, day: IsoDate): CopiesDeployment[] {
  return register.agreements
    .filter((agreement) => hasEnded(register, agreement, day))
    .flatMap((agreement) => copiesOf(register, agreement))
    .flatMap((entry) =>
      entry.kind === 'copies-deployment' && entry.from <= day && day <= entry.on ? [entry] : [],
    )
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function ofOrganisation(organisation: Organisation): Entry[] {
  const { id, joins, leaves, windsUp, paused, assurance, handsOver = [] } = organisation;
  const about = { organisations: [id] };
  const custody = organisation.membership === 'member' ? organisation.custody : undefined;
  const expires = custody?.kind === 'imported' ? custody.materialExpires : undefined;
  return [
    { on: joins, kind: 'organisation-joins', ...about },
    ...(leaves === undefined ? [] : [{ on: leaves, kind: 'organisation-leaves', ...about } as const]),
    ...(windsUp === undefined ? [] : [{ on: windsUp, kind: 'collecting-ends', ...about } as const]),
    ...(expires === undefined ? [] : [{ on: expires, kind: 'key-material-expires', ...about } as const]),
    { on: assuredUntil(assurance), kind: 'assurance-due', ...about },
    ...period(paused, 'pause-begins', 'pause-ends').map((each) => ({ ...each, ...about })),
    ...handsOver.map(
      ({ to, on, what }): Entry => ({ on, kind: 'function-passes', organisations: [id, to], what }),
    ),
  ];
}

/**
 * The day by which the assurance is to be looked at again: certificates of ISO 27001 last three years, those of Cyber
 * Essentials and an assessment by the DSPT one; the other schemes name no span, and are looked at after one.
 */
function assuredUntil(assurance: Organisation['assurance']): IsoDate {
  if (assurance.scheme === 'none') return assurance.by;
  const years = assurance.scheme === 'iso-27001' ? 3 : 1;
  const [year = '', ...rest] = assurance.date.split('-');
  const anniversary = [String(Number(year) + years), ...rest].join('-');
  return isDate(anniversary) ? anniversary : addDays(assurance.date, years * 365);
}

function period<Begins extends string, Ends extends string>(
  span: { readonly from: IsoDate; readonly until?: IsoDate | undefined } | undefined,
  begins: Begins,
  ends: Ends,
): { readonly on: IsoDate; readonly kind: Begins | Ends }[] {
  if (span === undefined) return [];
  const { from, until } = span;
  return [{ on: from, kind: begins }, ...(until === undefined ? [] : [{ on: until, kind: ends }])];
}
