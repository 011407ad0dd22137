/** Ends an agreement’s file on a day, and writes the one that takes its place. */
import { addDays, dayWords, type IsoDate } from '../calendar';
import type { RegisterFile } from '../folder';
import { directionsOf, isReciprocal, partiesOf } from '../parties';
import type { Agreement } from '../schema/agreement';
import type { Organisation } from '../schema/organisation';
import { directionsAfter, type Novation } from './decision';
import { listLines, withComment, withoutSetting, withSetting, withText } from './yaml-edit';

/** The new parties look at what they took over no later than so many days after. */
const REVIEW_WITHIN_DAYS = 91;

/** The file of an agreement that ends on a day; its review is no later. */
export function endedOn(file: RegisterFile, { ends, review }: Agreement, day: IsoDate): RegisterFile {
  if (ends <= day) return file;
  const cut = withText(file, ['ends'], day);
  return review <= day ? cut : withText(cut, ['review'], day);
}

/** What a novation is made from. */
export interface Succeeding {
  readonly file: RegisterFile;
  readonly agreement: Agreement;
  readonly novation: Novation;
  /** The first day of the new agreement. */
  readonly starts: IsoDate;
  /** Looks up a party of either. */
  readonly organisation: (id: string) => Organisation;
}

/**
 * The file of the agreement that takes another’s place: the same purpose, data and term, other parties. Contacts that are
 * the old owner’s become the new owner’s. The impact assessment and all else stay as they were, and a comment says so.
 */
export function novated({ file, agreement, novation, starts, organisation }: Succeeding): RegisterFile {
  const directions = directionsAfter(agreement, novation) ?? [];
  const before: readonly string[] = partiesOf(agreement);
  const after = [...new Set(directions.flatMap(({ owner, recipients }) => [owner, ...recipients]))];
  const ends = agreement.ends;
  const soon = addDays(starts, REVIEW_WITHIN_DAYS);
  const review = [ends, soon, ...(agreement.review >= starts ? [agreement.review] : [])].sort()[0] ?? ends;
  const sameParties = after.every((each) => before.includes(each));
  let next: RegisterFile = { ...file, path: `agreements/${novation.id}.yaml` };
  next = withText(next, ['id'], novation.id);
  if (isReciprocal(agreement)) next = withSetting(next, 'reciprocal', listLines('reciprocal', after));
  else
    for (const { owner, recipients } of directions) {
      next = withText(next, ['owner'], owner);
      next = withSetting(next, 'recipients', listLines('recipients', recipients));
    }
  next = withText(next, ['starts'], starts);
  next = withText(next, ['review'], review);
  for (const gone of ['suspended', 'hold', 'supersedes', 'novatedFrom']) next = withoutSetting(next, gone);
  next = withSetting(next, sameParties ? 'supersedes' : 'novatedFrom', [
    `${sameParties ? 'supersedes' : 'novatedFrom'}: ${agreement.id}`,
  ]);
  const answers = answersInstead(agreement, directions, organisation);
  if (answers !== undefined) {
    const { contacts } = organisation(answers);
    next = withText(next, ['contacts', 'breach'], contacts.security);
    next = withText(next, ['contacts', 'rights'], contacts.dataProtection);
  }
  return withComment(next, [
    `Takes the place of ${agreement.id} on ${dayWords(starts)}. Purpose, data, lawful basis and impact assessment are copied from it:`,
    'both parties read them through, and correct what is no longer so, before this is deployed.',
  ]);
}

/** Who answers in the place of a party that did: a new owner, or, under a reciprocal agreement, who comes for the party that did. */
function answersInstead(
  agreement: Agreement,
  after: readonly { readonly owner: string }[],
  organisation: Succeeding['organisation'],
): string | undefined {
  const owners: readonly string[] = directionsOf(agreement).map(({ owner }) => owner);
  const isNew = ({ owner }: { readonly owner: string }) => !owners.includes(owner);
  const comes = after.find(isNew)?.owner;
  if (comes === undefined || !isReciprocal(agreement)) return comes;
  const gone = owners.filter((id) => !after.some(({ owner }) => owner === id));
  const { breach, rights } = agreement.contacts;
  const did = gone.some((id) => {
    const { security, dataProtection } = organisation(id).contacts;
    return security === breach || dataProtection === rights;
  });
  return did ? comes : undefined;
}
