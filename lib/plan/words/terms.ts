/** What changes in agreements, in their own words. */

import { durationInWords } from '../../register';
import { dateOf, inWords } from '../../register/calendar';
import { andList, code, joined, plural, say, type Words } from '../../words';
import type { Plan } from '../plan';
import { type ChangedAgreement, sortOfText, type TermChange, type TermValue, widensTerms } from '../terms';
import type { Told } from './told';

/** What each term of an agreement is called. */
const CALLED: Readonly<Record<string, string>> = {
  title: 'title',
  owner: 'owner',
  recipients: 'recipients',
  reciprocal: 'parties that share with each other',
  relationship: 'what the parties are to each other',
  'purpose.aim': 'aim',
  'purpose.necessity': 'necessity',
  'purpose.permittedUses': 'permitted uses',
  'purpose.prohibitedUses': 'prohibited uses',
  'data.items': 'data items',
  'data.subjects': 'people whom the data is about',
  'data.specialCategories': 'special categories',
  'data.criminalOffence': 'criminal offence data',
  'dpia.reference': 'reference of the impact assessment',
  'dpia.date': 'day of the impact assessment',
  'dpia.outcome': 'outcome of the impact assessment',
  classification: 'classification',
  markings: 'markings',
  contract: 'data contract',
  'delivery.collectWithin': 'time to collect',
  'delivery.largestObject': 'largest object',
  'delivery.mediaTypes': 'media types',
  'delivery.presignedUrls': 'collecting by links',
  'correspondence.inboxes': 'inboxes',
  'sealed.why': 'why it is sealed',
  'sealed.keys': 'keys that it is sealed to',
  starts: 'first day',
  ends: 'last day',
  review: 'review',
  'retention.period': 'retention by the recipient',
  'retention.disposal': 'disposal by the recipient',
  'retention.disposeWithin': 'time to dispose after the last day',
  'contacts.breach': 'contact for breaches',
  'contacts.rights': 'contact for people’s rights',
  'suspended.from': 'first day of the suspension',
  'suspended.until': 'last day of the suspension',
  'suspended.reason': 'reason of the suspension',
  'hold.from': 'first day of the legal hold',
  'hold.until': 'last day of the legal hold',
  'hold.reason': 'reason of the legal hold',
  'hold.by': 'who asked for the legal hold',
  approvals: 'approval by every party',
  supersedes: 'the agreement that it follows',
  novatedFrom: 'the agreement that it came from',
};
/** Texts longer than this are not printed: the register has them. */
const MOST_SHOWN = 60;
/** How many terms of a contract are named. */
const MOST_OF_CONTRACT = 3;

/** What changes in one agreement. */
export function tellTerms(change: ChangedAgreement, { named }: Pick<Plan, 'named'>): Told {
  const { id, owners, terms } = change;
  const theirs = andList(owners.map((owner) => named.get(owner)?.name ?? owner));
  const own = terms.filter(({ of }) => of === 'agreement');
  const ofContract = terms.filter(({ of }) => of === 'contract');
  const parts = [
    ...own.map((each) => tellTerm(each, named)),
    ...(ofContract.length === 0 ? [] : [tellContract(ofContract)]),
  ];
  return {
    mark: '~',
    sentence: say`In ${code(id)} of ${theirs}: ${joined(parts, '; ')}`,
    more: [],
    widens: widensTerms(change),
  };
}

/** Terms that name organisations. */
const PARTIES = new Set(['owner', 'recipients', 'reciprocal']);

function tellTerm({ term, before, after }: TermChange, named: Plan['named']): Words {
  const called = CALLED[term] ?? code(term);
  const nameOf = (text: string) => (PARTIES.has(term) ? (named.get(text)?.name ?? text) : member(text));
  if (isList(before) || isList(after)) return tellList(called, before, after, nameOf);
  if (PARTIES.has(term) && before !== undefined && after !== undefined)
    return say`${called} ${nameOf(String(before))} to ${nameOf(String(after))}`;
  if (before === undefined) return say`${called} is now ${shown(after)}`;
  if (after === undefined) return say`${called} is no longer said (was ${shown(before)})`;
  const isLong = before.length > MOST_SHOWN || String(after).length > MOST_SHOWN;
  return isLong ? say`${called} in other words` : say`${called} ${shown(before)} to ${shown(after)}`;
}

function tellList(
  called: Words,
  before: TermValue | undefined,
  after: TermValue | undefined,
  nameOf: (text: string) => Words,
): Words {
  const [was, is] = [before ?? [], after ?? []].map((each) => [each].flat());
  const [had, has] = [new Set(was), new Set(is)];
  const added = [...has].filter((each) => !had.has(each));
  const dropped = [...had].filter((each) => !has.has(each));
  const parts = [
    ...(added.length === 0 ? [] : [say`with ${andList(added.map(nameOf))}`]),
    ...(dropped.length === 0 ? [] : [say`without ${andList(dropped.map(nameOf))}`]),
  ];
  return say`${called} ${joined(parts, ', ')}`;
}

function tellContract(terms: readonly TermChange[]): Words {
  const names = terms.slice(0, MOST_OF_CONTRACT).map(({ term }) => code(term));
  const more = terms.length - names.length;
  return say`its data contract changes in ${andList([...names, ...(more > 0 ? [plural(more, 'more term')] : [])])}`;
}

function isList(value: TermValue | undefined): value is readonly string[] {
  return Array.isArray(value);
}

function member(text: string): Words {
  if (text.length > MOST_SHOWN) return `“${text.slice(0, MOST_SHOWN)}…”`;
  return sortOfText(text) === 'sentence' ? `“${text}”` : code(text);
}

/** A value as people say it: a day, a span of time, a size, or as it stands. */
function shown(value: TermValue | undefined): Words {
  const text = String(value);
  switch (sortOfText(text)) {
    case 'day':
      return inWords(dateOf(text));
    case 'span':
      return durationInWords(text);
    case 'word':
      return text;
    default:
      return member(text);
  }
}
