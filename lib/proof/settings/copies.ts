/**
 * Which rules may delete, and have to, what an owner shared under agreements that are over: worked out from the register that an
 * assembly carries, by nothing that makes them. Nothing goes before its day, and nothing that is on hold.
 */
import type { AgreementFacts, OrganisationFacts, RegisterFacts } from '../../assembly';
import { lastBeforeWithdrawal } from '../approvals';
import { agreementsOf } from '../owned';
import { textThat, type WantedGroup } from './wanted';

/** Days since 1970. */
type Day = number;

const MILLISECONDS = 86_400_000;
/** A rule stays for a year after its day. */
const STAYS = 366;
/** As many as fit beside the others into what S3 takes, those with the earliest days. */
const MOST = 900;

/** One rule for each agreement of the owner that is over, with all that goes on from it. */
export function copiesThatGo(
  { id }: OrganisationFacts,
  register: RegisterFacts,
  asOf: string,
): readonly WantedGroup[] {
  const today = dayOf(asOf);
  return agreementsOf(id, register)
    .flatMap((agreement) => {
      const gone = firstDayWithout(agreement, register, today);
      return gone === undefined || gone + STAYS <= today ? [] : [{ id: agreement.id, gone }];
    })
    .sort((a, b) => a.gone - b.gone || (a.id < b.id ? -1 : 1))
    .slice(0, MOST)
    .map(({ id: agreement, gone }) => ({
      Id: textThat('an id', (text) => text.length <= 255),
      Status: 'Enabled',
      Prefix: `agreements/${agreement}/`,
      ExpirationDate: textThat(`midnight at the beginning of ${dateOf(gone)}`, (text) =>
        new RegExp(`^${dateOf(gone)}T00:00:00(?:\\.000)?Z$`).test(text),
      ),
    }));
}

/** The first day on which no copy is to be there; undefined where one may be for as long as can be told. */
function firstDayWithout(agreement: AgreementFacts, register: RegisterFacts, today: Day): Day | undefined {
  if (endOf(agreement, register) >= today) return undefined;
  const family = familyOf(agreement, register);
  const holds: { readonly from: string; readonly until: string }[] = [];
  for (const { hold } of [...family, ...forebearsOf(agreement, register)]) {
    if (hold === undefined) continue;
    if (hold.until === undefined || dayOf(hold.until) >= today) return undefined;
    holds.push({ from: hold.from, until: hold.until });
  }
  const ends = family.map((each) => ({ each, end: endOf(each, register) }));
  if (ends.some(({ end }) => end >= today)) return undefined;
  const last = ends.map(({ each, end }) => lastDay(each, end, holds));
  return Math.max(...last, ...holds.map(({ until }) => dayOf(until))) + 1;
}

/** What an agreement goes on from, and what that does: whatever is on hold there is on hold with it. */
function forebearsOf(agreement: AgreementFacts, register: RegisterFacts): AgreementFacts[] {
  const names = new Set<string>();
  const left = [agreement];
  for (let one = left.pop(); one !== undefined; one = left.pop())
    for (const name of [one.supersedes, one.novatedFrom]) {
      if (name === undefined || names.has(name)) continue;
      names.add(name);
      left.push(...register.agreements.filter(({ id }) => id === name));
    }
  return register.agreements.filter(({ id }) => names.has(id));
}

/** The agreement, and whatever goes on from it by a new term or by a successor. */
function familyOf(agreement: AgreementFacts, register: RegisterFacts): AgreementFacts[] {
  const family = [agreement];
  for (let at = 0; at < family.length; at += 1) {
    const one = family[at] as AgreementFacts;
    const { hold } = one;
    const isKeptFor =
      hold !== undefined && hold.until === undefined
        ? Number.POSITIVE_INFINITY
        : lastDay(one, endOf(one, register), hold === undefined ? [] : [hold]);
    for (const next of register.agreements)
      if (
        !family.includes(next) &&
        (next.novatedFrom === one.id || (next.supersedes === one.id && dayOf(next.starts) <= isKeptFor))
      )
        family.push(next);
  }
  return family;
}

function endOf(agreement: AgreementFacts, register: RegisterFacts): Day {
  const written = dayOf(agreement.ends);
  const withdrawn = lastBeforeWithdrawal(register, agreement);
  return withdrawn === undefined ? written : Math.min(written, dayOf(withdrawn));
}

type Hold = NonNullable<AgreementFacts['hold']>;

/** As many days after the end as the agreement gives, of which those on hold are none. Holds have a last day. */
function lastDay({ retention }: AgreementFacts, end: Day, holds: readonly Hold[]): Day {
  const held = holds.flatMap(({ from, until }) =>
    until === undefined ? [] : [{ from: dayOf(from), until: dayOf(until) }],
  );
  let left = after(end, retention.disposeWithin ?? retention.period) - end;
  let day = end;
  while (left > 0) {
    day += 1;
    if (!held.some(({ from, until }) => from <= day && day <= until)) left -= 1;
  }
  return day;
}

/** By the calendar, and the last of a month that is too short. */
function after(day: Day, span: string): Day {
  const of = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(span)?.[1] ?? 0);
  const date = new Date(day * MILLISECONDS);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + of('Y') * 12 + of('M');
  const inMonth = new Date(Date.UTC(0, 0, 1));
  inMonth.setUTCFullYear(Math.floor(month / 12), (month % 12) + 1, 0);
  const nth = Math.min(date.getUTCDate(), inMonth.getUTCDate());
  inMonth.setUTCDate(nth);
  return Math.round(inMonth.getTime() / MILLISECONDS) + of('W') * 7 + of('D');
}

function dayOf(date: string): Day {
  return Date.parse(`${date}T00:00:00Z`) / MILLISECONDS;
}

function dateOf(day: Day): string {
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10);
}
