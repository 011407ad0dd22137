/** Who shares with whom under an agreement: the one place where its parties are read. */
import { andList } from '../words';
import type { Agreement, WrittenAgreement } from './schema/agreement';
import type { OrganisationId } from './schema/organisation';
import type { Path } from './yaml-source';

/** One way in which an agreement shares: what one party owns, and who may collect it. */
export interface Direction {
  readonly owner: OrganisationId;
  /** At least one, in the order of the file; never the owner. */
  readonly recipients: readonly OrganisationId[];
}

/**
 * The ways in which an agreement shares: one, or one for each party of a reciprocal agreement, which owns what it deposits
 * and lets each other party collect it.
 * @throws TypeError for an agreement that names no parties, which the rules let into no register
 */
export function directionsOf(agreement: Agreement): readonly Direction[] {
  const { id, owner, recipients, reciprocal } = written(agreement);
  if (reciprocal !== undefined) return eachWay(reciprocal);
  if (owner === undefined || recipients === undefined) throw new TypeError(`${id} does not say who shares`);
  return [{ owner, recipients }];
}

/** The ways in which parties share with each other: as many as they are. */
export function eachWay<Id extends string>(
  parties: readonly Id[],
): readonly { readonly owner: Id; readonly recipients: readonly Id[] }[] {
  return parties.map((owner) => ({ owner, recipients: parties.filter((each) => each !== owner) }));
}

/** What an organisation owns under an agreement, and for whom; undefined where it owns nothing. */
export function directionOwnedBy(agreement: Agreement, owner: string): Direction | undefined {
  return owns(agreement, owner) ? directionsOf(agreement).find((each) => each.owner === owner) : undefined;
}

/** Whether an organisation owns something under an agreement: asked of every agreement for each organisation. */
export function owns(agreement: Agreement, id: string): boolean {
  const { owner, reciprocal } = written(agreement);
  return reciprocal === undefined ? owner === id : reciprocal.some((each) => each === id);
}

/** All parties, each once; an owner that is the only one comes first. */
export function partiesOf(agreement: Agreement): readonly OrganisationId[] {
  return [...new Set(directionsOf(agreement).flatMap(({ owner, recipients }) => [owner, ...recipients]))];
}

/** Whether each party shares with each other. */
export function isReciprocal(agreement: Agreement): boolean {
  return written(agreement).reciprocal !== undefined;
}

/** `dwp to leeds, camden`, or `leeds and camden to each other`. */
export function partiesInWords(agreement: Agreement): string {
  if (isReciprocal(agreement)) return `${andList(partiesOf(agreement))} to each other`;
  return directionsOf(agreement)
    .map(({ owner, recipients }) => `${owner} to ${recipients.join(', ')}`)
    .join('; ');
}

/** A party, and where in the file it is named. */
export interface NamedParty {
  readonly id: OrganisationId;
  readonly path: Path;
  readonly deposits: boolean;
  readonly collects: boolean;
}

/** The parties as the file names them, with what each does: also of an agreement that no rule has looked at. */
export function namedParties(agreement: Agreement): readonly NamedParty[] {
  const { owner, recipients = [], reciprocal = [] } = written(agreement);
  return [
    ...(owner === undefined ? [] : [{ id: owner, path: ['owner'], deposits: true, collects: false }]),
    ...recipients.map((id, index) => ({ id, path: ['recipients', index], deposits: false, collects: true })),
    ...reciprocal.map((id, index) => ({ id, path: ['reciprocal', index], deposits: true, collects: true })),
  ];
}

/** An agreement as its file says it. */
export function written(agreement: Agreement): WrittenAgreement {
  return agreement as WrittenAgreement;
}
