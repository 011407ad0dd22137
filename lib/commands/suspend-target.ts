/** What a `suspend` is about: which shares of which owner, and which register file says so afterwards. */
import type { IsoDate, Period } from '../register/calendar';
import type { InterruptionKind } from '../register/interruption';
import { nearest } from '../register/nearest';
import type { Register } from '../register/register';
import type { Member } from '../register/schema/organisation';
import { type Share, sharesOf } from '../register/share';
import { textOf, UsageError, type Values } from './command';

/** An agreement, or all that an owner shares with an organisation. */
export interface Target {
  /** The id of the agreement or of the organisation. */
  readonly id: string;
  /** In whose account the stop takes place. */
  readonly owner: Member;
  /** Whatever their state: what is deployed may be older than the register. */
  readonly shares: readonly Share[];
  /** Shares with the organisation that others own, and only they can stop. */
  readonly others: readonly Share[];
  /** The register file, within its folder, and what it says already. */
  readonly file: string;
  readonly kind: InterruptionKind;
  readonly already: Period | undefined;
  /** The last day of what has ended before the given day. */
  readonly ended: IsoDate | undefined;
  /** The first day that an interruption may have. */
  readonly earliest: IsoDate;
}

/** Reads words and options. @throws UsageError where they name nothing that is there */
export function targetOf(values: Values, register: Register, asOf: IsoDate): Target {
  const agreement = textOf(values, 'agreement');
  const organisation = textOf(values, 'all-of');
  if (agreement !== undefined && organisation !== undefined)
    throw new UsageError('name an agreement or --all-of an organisation, not both');
  if (agreement !== undefined) {
    if (values.owner !== undefined)
      throw new UsageError('--owner goes with --all-of; an agreement has one owner');
    return ofAgreement(agreement, register, asOf);
  }
  if (organisation !== undefined)
    return ofOrganisation(organisation, textOf(values, 'owner'), register, asOf);
  throw new UsageError('name the agreement to stop, or --all-of ORGANISATION');
}

function ofAgreement(id: string, register: Register, asOf: IsoDate): Target {
  const agreement = register.agreements.find((each) => each.id === id);
  if (agreement === undefined) throw new UsageError(unknown('agreement', id, register.agreements));
  return {
    id,
    owner: memberCalled(agreement.owner, register),
    shares: sharesOf(register, asOf).filter((share) => share.agreement.id === id),
    others: [],
    file: `agreements/${id}.yaml`,
    kind: 'suspended',
    already: agreement.suspended,
    ended: agreement.ends < asOf ? agreement.ends : undefined,
    earliest: agreement.starts > asOf ? agreement.starts : asOf,
  };
}

function ofOrganisation(id: string, owner: string | undefined, register: Register, asOf: IsoDate): Target {
  const organisation = register.organisations.find((each) => each.id === id);
  if (organisation === undefined) throw new UsageError(unknown('organisation', id, register.organisations));
  const byOwner = memberCalled(owner ?? id, register);
  const all = sharesOf(register, asOf).filter((share) => share.owner.id === id || share.recipient.id === id);
  const isTheirs = (share: Share) => share.owner.id === byOwner.id;
  return {
    id,
    owner: byOwner,
    shares: all.filter(isTheirs),
    others: all.filter((share) => !isTheirs(share)),
    file: `organisations/${id}.yaml`,
    kind: 'paused',
    already: organisation.paused,
    ended: organisation.leaves !== undefined && organisation.leaves < asOf ? organisation.leaves : undefined,
    earliest: asOf,
  };
}

function memberCalled(id: string, register: Register): Member {
  const owner = register.organisations.find((each) => each.id === id);
  if (owner === undefined) throw new UsageError(unknown('organisation', id, register.organisations));
  if (owner.membership === 'external')
    throw new UsageError(
      `${id} is external and owns nothing here: name the owner whose shares with it to stop, --owner ID`,
    );
  return owner;
}

function unknown(what: string, id: string, known: readonly { readonly id: string }[]): string {
  const near = nearest(
    id,
    known.map((each) => each.id),
  );
  return `the register has no ${what} '${id}'${near ? `: did you mean ${near.word}?` : ''}`;
}
