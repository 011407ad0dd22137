/** A register that holds together: the source of truth that everything else is made from. */
import { type Approval, type Disposal, isDisposal, readApproval } from './approvals/read-approval';
import type { Sourced } from './draft';
import type { Agreement, AgreementId } from './schema/agreement';
import type { ApprovalEnvelope } from './schema/approval';
import type { Contract } from './schema/contract';
import type { Organisation, OrganisationId } from './schema/organisation';
import type { Zone } from './schema/zone';

/** The values of a register, without anything about the files they came from. */
export interface RegisterContent {
  readonly zone: Zone;
  readonly organisations: readonly Organisation[];
  readonly agreements: readonly Agreement[];
  readonly contracts: readonly Contract[];
  /** Absent where nothing was approved. */
  readonly approvals?: readonly CarriedApproval[];
}

/** An approval as its file has it, by the name of the file without its ending. */
export interface CarriedApproval {
  readonly name: string;
  readonly envelope: ApprovalEnvelope;
}

/** A complete, checked register. Lists are in the order of their ids. */
export class Register implements RegisterContent {
  readonly zone: Zone;
  readonly organisations: readonly Organisation[];
  readonly agreements: readonly Agreement[];
  readonly contracts: readonly Contract[];
  readonly approvals: readonly CarriedApproval[];
  /** What approvers have approved and withdrawn. */
  readonly verified: readonly Approval[];
  /** What recipients have declared to be disposed of. */
  readonly disposals: readonly Disposal[];
  readonly #organisations: ReadonlyMap<string, Organisation>;
  readonly #places: ReadonlyMap<string, Place>;

  private constructor(content: RegisterContent, places: ReadonlyMap<string, Place>) {
    this.zone = content.zone;
    this.organisations = sorted(content.organisations);
    this.agreements = sorted(content.agreements);
    this.contracts = sorted(content.contracts);
    this.approvals = [...(content.approvals ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
    ({ verified: this.verified, disposals: this.disposals } = verifiedIn(this));
    this.#organisations = new Map(this.organisations.map((each) => [each.id, each]));
    this.#places = places;
  }

  /** Makes a register of files that were read and found to hold together. */
  static of(sources: {
    zone: Sourced<Zone>;
    organisations: ReadonlyMap<string, Sourced<Organisation>>;
    agreements: ReadonlyMap<string, Sourced<Agreement>>;
    contracts: ReadonlyMap<string, Sourced<Contract>>;
    approvals: ReadonlyMap<string, Sourced<ApprovalEnvelope>>;
  }): Register {
    const values = <T>(map: ReadonlyMap<string, Sourced<T>>) => [...map.values()].map((each) => each.value);
    const places = new Map(
      [...sources.agreements.values()].map(({ value, source }) => [
        value.id as string,
        { file: source.file, line: source.lineOf('id') },
      ]),
    );
    return new Register(
      {
        zone: sources.zone.value,
        organisations: values(sources.organisations),
        agreements: values(sources.agreements),
        contracts: values(sources.contracts),
        approvals: [...sources.approvals].map(([name, { value }]) => ({ name, envelope: value })),
      },
      places,
    );
  }

  /** The organisation with this id. @throws RangeError if the register has none, which a checked id cannot meet. */
  organisation(id: OrganisationId): Organisation {
    const found = this.#organisations.get(id);
    if (found === undefined) throw new RangeError(`there is no organisation ${id} in the register`);
    return found;
  }

  /** Where an agreement is written, within the register folder: `agreements/x.yaml:2`. */
  placeOf(id: AgreementId): string {
    const place = this.#places.get(id);
    if (place === undefined) throw new RangeError(`there is no agreement ${id} in the register`);
    return `${place.file}:${place.line}`;
  }

  /** The line of its file on which each agreement’s id stands, by id. */
  lines(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.agreements.map(({ id }) => [id, this.#places.get(id)?.line ?? 1]));
  }
}

/** Where an agreement is written. */
interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

function sorted<T extends { readonly id: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** What approvers have signed that counts: verified, each of them. What does not count is left out. */
export function verifiedIn({
  approvals = [],
  organisations,
}: Pick<RegisterContent, 'approvals' | 'organisations'>): Pick<Register, 'verified' | 'disposals'> {
  const byId = new Map<string, Organisation>(organisations.map((each) => [each.id, each]));
  const signed = approvals.flatMap(({ envelope }) => {
    const each = readApproval(envelope, byId);
    return 'message' in each ? [] : [each];
  });
  return {
    verified: signed.filter((each): each is Approval => !isDisposal(each)),
    disposals: signed.filter(isDisposal),
  };
}
