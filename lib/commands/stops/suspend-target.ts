/** What a `suspend` is about: which shares of which owner, and which register file says so afterwards. */

import {
  type AgreementId,
  agreementHash,
  directionsOf,
  type Member,
  type Register,
  type Share,
  sharesOf,
} from '../../register';
import type { IsoDate, Period } from '../../register/calendar';
import type { InterruptionKind } from '../../register/changes';
import { andList, nearest, orList } from '../../words';
import { UsageError } from '../option';

/** An agreement, or all that an owner shares with an organisation. */
export interface Target {
  /** The id of the agreement or of the organisation. */
  readonly id: string;
  /** In whose account the stop takes place. */
  readonly owner: Member;
  /**
   * What the broker is asked for: all of an agreement, all with a recipient, or all. It knows what is deployed, which may be
   * older than the register.
   */
  readonly pattern: string;
  /** What the register knows of them, whatever their state. */
  readonly shares: readonly Share[];
  /** Shares with the organisation, or under a reciprocal agreement, that others own, and only they can stop. */
  readonly others: readonly Share[];
  /** What the register is to say; absent for an agreement that it no longer has. */
  readonly write: Writing | undefined;
}

/** What the register file says already, and what it is to say. */
export interface Writing {
  /** Within the register’s folder. */
  readonly file: string;
  readonly kind: InterruptionKind;
  readonly already: Period | undefined;
  /** The last day of what has ended before the given day. */
  readonly ended: IsoDate | undefined;
  /** The first day that an interruption may have. */
  readonly earliest: IsoDate;
}

/** Reads words and options. @throws UsageError where they name nothing that is there */
export function targetOf(
  values: {
    readonly agreement: string | undefined;
    readonly 'all-of': string | undefined;
    readonly owner: string | undefined;
    readonly 'from-zone': boolean;
    readonly live: boolean;
  },
  register: Register,
  asOf: IsoDate,
): Target {
  const { agreement, owner, 'all-of': organisation } = values;
  if (agreement !== undefined && organisation !== undefined)
    throw new UsageError('name an agreement or --all-of an organisation, not both');
  if (agreement !== undefined) {
    return ofAgreement(agreement, owner, register, asOf, values.live);
  }
  if (organisation !== undefined)
    return ofOrganisation(organisation, owner, register, asOf, values['from-zone']);
  throw new UsageError('name the agreement to stop, or --all-of ORGANISATION');
}

function ofAgreement(
  id: string,
  owner: string | undefined,
  register: Register,
  asOf: IsoDate,
  live: boolean,
): Target {
  const agreement = register.agreements.find((each) => each.id === id);
  const pattern = `${agreementHash(id as AgreementId)}--*`;
  if (agreement === undefined) {
    if (owner === undefined)
      throw new UsageError(
        `${unknown('agreement', id, register.agreements)} (one that was taken out of it: add --owner ID)`,
      );
    return { id, owner: memberCalled(owner, register), pattern, shares: [], others: [], write: undefined };
  }
  const owners = directionsOf(agreement).map((direction) => direction.owner);
  if (owner !== undefined && !owners.some((each) => each === owner))
    throw new UsageError(`${id} is owned by ${andList(owners)}, not by ${owner}`);
  const [first] = owners;
  // The register is written for all of them; a call goes into one account.
  if (live && owner === undefined && owners.length > 1)
    throw new UsageError(
      `${id} is reciprocal, and each party stops what it owns: say whose account this is, --owner ${orList(owners)}`,
    );
  const byOwner = memberCalled(owner ?? String(first), register);
  const all = sharesOf(register, asOf).filter((share) => share.agreement.id === id);
  return {
    id,
    owner: byOwner,
    pattern,
    shares: all.filter((share) => share.owner.id === byOwner.id),
    others: all.filter((share) => share.owner.id !== byOwner.id),
    write: {
      file: `agreements/${id}.yaml`,
      kind: 'suspended',
      already: agreement.suspended,
      ended: agreement.ends < asOf ? agreement.ends : undefined,
      earliest: agreement.starts > asOf ? agreement.starts : asOf,
    },
  };
}

function ofOrganisation(
  id: string,
  owner: string | undefined,
  register: Register,
  asOf: IsoDate,
  fromZone: boolean,
): Target {
  const organisation = register.organisations.find((each) => each.id === id);
  if (organisation === undefined) throw new UsageError(unknown('organisation', id, register.organisations));
  // One that is external owns nothing; from the zone the owners that share with it are called all the same.
  const [first] = sharesOf(register, asOf).filter((share) => share.recipient.id === id);
  const isExternal = organisation.membership === 'external';
  const byOwner =
    fromZone && isExternal && first !== undefined ? first.owner : memberCalled(owner ?? id, register);
  const all = sharesOf(register, asOf).filter((share) => share.owner.id === id || share.recipient.id === id);
  const isTheirs = (share: Share) => share.owner.id === byOwner.id;
  return {
    id,
    owner: byOwner,
    pattern: byOwner.id === id ? '*' : `*--${id}`,
    shares: all.filter(isTheirs),
    others: all.filter((share) => !isTheirs(share)),
    write: {
      file: `organisations/${id}.yaml`,
      kind: 'paused',
      already: organisation.paused,
      ended:
        organisation.leaves !== undefined && organisation.leaves < asOf ? organisation.leaves : undefined,
      earliest: asOf,
    },
  };
}

/** The member of that id, in whose account there is a broker. @throws UsageError where there is none */
export function memberCalled(id: string, register: Register): Member {
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
