/** What is told in public of each agreement, as facts. Nothing that is withheld is in it, so that no page can tell it. */

import { termsWithValues, valueInWords } from '../agreements';
import {
  type Agreement,
  type Contract,
  contractPlansOf,
  isReciprocal,
  isWithheld,
  isWithheldWhole,
  type PublicSetting,
  type Register,
  type Share,
  sharesOf,
  TERMS,
} from '../register';
import type { IsoDate } from '../register/calendar';
import type { ContractPlan } from '../wire/contracts';
import type { Words } from '../words';
import { type LedgerCounts, type Quarter, quartersOf } from './transfers';

/** What the record is made from. */
export interface RecordSource {
  readonly register: Register;
  readonly asOf: IsoDate;
  /** Absent where no ledger was given: then nothing is counted. */
  readonly ledger?: LedgerCounts | undefined;
}

/** An organisation that the record names. */
export interface PublicOrganisation {
  readonly id: string;
  readonly name: string;
  /** Official codes that are in use, such as `gss E08000035`. */
  readonly codes: readonly string[];
}

/** What one organisation lets another collect, and whether it does now. */
export interface PublicShare {
  readonly owner: PublicOrganisation;
  readonly recipient: PublicOrganisation;
  /** Absent where the days are withheld. */
  readonly state: Share['state'] | undefined;
}

/** One agreement. What is undefined is withheld, or not said by the agreement; `withheld` tells which. */
export interface PublicAgreement {
  readonly id: string;
  readonly title: string;
  readonly shares: readonly PublicShare[] | undefined;
  readonly reciprocal: boolean;
  readonly relationship: Words | undefined;
  readonly aim: string | undefined;
  readonly necessity: string | undefined;
  readonly permittedUses: readonly string[] | undefined;
  readonly prohibitedUses: readonly string[] | undefined;
  readonly items: readonly string[] | undefined;
  readonly subjects: readonly string[] | undefined;
  readonly specialCategories: Words | undefined;
  readonly criminalOffence: Words | undefined;
  /** Regime, conditions and gateway, each with what it is called. */
  readonly law: readonly (readonly [label: string, value: Words])[] | undefined;
  readonly gateway: string | undefined;
  readonly regime: string | undefined;
  readonly assessment: { readonly date: IsoDate; readonly outcome: Words } | undefined;
  readonly retention: { readonly period: string; readonly disposal: string } | undefined;
  readonly starts: IsoDate | undefined;
  readonly ends: IsoDate | undefined;
  readonly review: IsoDate | undefined;
  readonly contract: { readonly contract: Contract; readonly plan: ContractPlan } | undefined;
  /** Whether people write to each other under it. */
  readonly letters: boolean;
  /** Whether nobody but the recipients can read what is shared. */
  readonly sealed: boolean;
  /** Absent where no ledger was given, or the counts are withheld. */
  readonly quarters: readonly Quarter[] | undefined;
  readonly withheld: readonly PublicSetting[];
  readonly reason: string | undefined;
}

/** The public record of a register on a day. */
export interface PublicRecord {
  readonly asOf: IsoDate;
  readonly operator: string;
  /** Where the register is a sample: what of it is invented. */
  readonly sample: string | undefined;
  readonly counted: boolean;
  readonly agreements: readonly PublicAgreement[];
  /** Those that a public agreement names as parties, in the order of their names. */
  readonly organisations: readonly PublicOrganisation[];
  /** Why agreements are withheld whole: one reason for each. */
  readonly withheldWhole: readonly string[];
}

/** Makes the record. */
export function publicRecord(source: RecordSource): PublicRecord {
  const { register, asOf, ledger } = source;
  const shares = sharesOf(register, asOf);
  const agreements = register.agreements
    .filter((each) => !isWithheldWhole(each))
    .map((each) => agreementOf(each, shares, source));
  const named = new Map(
    agreements.flatMap((each) =>
      (each.shares ?? []).flatMap(({ owner, recipient }) =>
        [owner, recipient].map((party) => [party.id, party] as const),
      ),
    ),
  );
  return {
    asOf,
    operator: register.zone.operator,
    sample: register.zone.sample,
    counted: ledger !== undefined,
    agreements,
    organisations: [...named.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    withheldWhole: register.agreements
      .flatMap((each) => (isWithheldWhole(each) ? [each.public?.reason ?? ''] : []))
      .sort(),
  };
}

function agreementOf(
  agreement: Agreement,
  shares: readonly Share[],
  { register, asOf, ledger }: RecordSource,
): PublicAgreement {
  const told = <T>(setting: PublicSetting, value: T): T | undefined =>
    isWithheld(agreement, setting) ? undefined : value;
  const words = (path: string): Words | undefined => {
    const found = termsWithValues(agreement).find(([term]) => term.path === path);
    return found && valueInWords(...found, register);
  };
  const daysAreTold = !isWithheld(agreement, 'starts') && !isWithheld(agreement, 'ends');
  const { id, title, purpose, data, lawfulBasis, dpia, retention, starts, ends, review } = agreement;
  const contract = register.contracts.find((each) => each.id === agreement.contract);
  const plan = contract && contractPlansOf(register).get(contract.id);
  // A dictionary names the items that are shared.
  const contractIsTold = !isWithheld(agreement, 'contract') && !isWithheld(agreement, 'data.items');
  return {
    id,
    title: line(title),
    shares: told(
      'parties',
      shares
        .filter((each) => each.agreement.id === id)
        .map(({ owner, recipient, state }) => ({
          owner: organisationOf(owner, asOf),
          recipient: organisationOf(recipient, asOf),
          state: daysAreTold ? state : undefined,
        })),
    ),
    reciprocal: isReciprocal(agreement) && !isWithheld(agreement, 'parties'),
    relationship: told('parties', words('relationship')),
    aim: told('purpose.aim', line(purpose.aim)),
    necessity: told('purpose.necessity', line(purpose.necessity)),
    permittedUses: told('purpose.permittedUses', purpose.permittedUses.map(line)),
    prohibitedUses: told('purpose.prohibitedUses', purpose.prohibitedUses.map(line)),
    items: told('data.items', data.items.map(line)),
    subjects: told('data.subjects', data.subjects.map(line)),
    specialCategories: told('data.specialCategories', words('data.specialCategories')),
    criminalOffence: told('data.criminalOffence', words('data.criminalOffence')),
    law: told(
      'lawfulBasis',
      TERMS.flatMap(({ part, path, label }) => {
        const value = part === 'law' && lawIsTold(agreement, path) ? words(path) : undefined;
        return value === undefined ? [] : [[label, value] as const];
      }),
    ),
    gateway: told('lawfulBasis', line(lawfulBasis.gateway)),
    regime: told('lawfulBasis', lawfulBasis.regime),
    assessment: told('dpia', { date: dpia.date, outcome: words('dpia.outcome') ?? dpia.outcome }),
    retention: told('retention', { ...retention, disposal: line(retention.disposal) }),
    starts: told('starts', starts),
    ends: told('ends', ends),
    review: told('review', review),
    contract:
      contract && plan && contractIsTold ? { contract: toldOf(contract, agreement), plan } : undefined,
    letters: agreement.correspondence !== undefined,
    sealed: agreement.sealed !== undefined,
    quarters: daysAreTold && ledger ? told('counts', quartersOf(agreement, ledger, asOf)) : undefined,
    withheld: (agreement.public?.withheld ?? []) as readonly PublicSetting[],
    reason: agreement.public?.reason,
  };
}

/** A text as one line: where a file breaks it says nothing to who reads the record. */
function line(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** Conditions of law that there are for nothing but what may be withheld by itself: where one stands, it is told what for. */
const CONDITIONS_OF: Readonly<Record<string, readonly PublicSetting[]>> = {
  'lawfulBasis.article9': ['data.specialCategories'],
  'lawfulBasis.schedule1': ['data.specialCategories', 'data.criminalOffence'],
  'lawfulBasis.schedule8': ['data.specialCategories'],
};

function lawIsTold(agreement: Agreement, path: string): boolean {
  return !(CONDITIONS_OF[path] ?? []).some((each) => isWithheld(agreement, each));
}

/** A contract without what says again what the agreement withholds: why, what for, how often. */
function toldOf(contract: Contract, agreement: Agreement): Contract {
  const isTold = (...settings: readonly PublicSetting[]) =>
    !settings.some((each) => isWithheld(agreement, each));
  const { purpose, usage, limitations } = contract.description ?? {};
  return {
    ...contract,
    description: {
      ...(purpose && isTold('purpose.aim', 'purpose.necessity') && { purpose: line(purpose) }),
      ...(usage && isTold('purpose.permittedUses') && { usage: line(usage) }),
      ...(limitations && isTold('purpose.prohibitedUses') && { limitations: line(limitations) }),
    },
    slaProperties: contract.slaProperties?.filter(
      ({ property }) => property !== 'frequency' || isTold('counts'),
    ),
  };
}

function organisationOf({ id, name, identifiers }: Share['recipient'], asOf: IsoDate): PublicOrganisation {
  return {
    id,
    name,
    codes: identifiers
      .filter(({ until }) => until === undefined || until >= asOf)
      .map(({ scheme, value }) => `${scheme} ${value}`),
  };
}
