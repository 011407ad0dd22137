/** What changed between two states of an agreement, term by term. */
import canonicalize from 'canonicalize';
import { type Agreement, type Contract, type Term, termsDigest, written } from '../register';
import { termsWithValues } from './term-values';

/** A state of an agreement: what its file says, and the contract that it names. */
export interface AgreementState {
  readonly agreement: Agreement;
  readonly contracts: readonly Contract[];
}

/** A term that is not as it was. A side is undefined where it does not have the term. */
export interface TermChange {
  readonly term: Term;
  readonly before: unknown;
  readonly after: unknown;
}

/** A column of the data contract that comes, goes or is described otherwise. */
export interface ColumnChange {
  readonly column: string;
  readonly change: 'added' | 'removed' | 'changed';
}

/** How two states differ. */
export interface Comparison {
  /** The digests that are signed; where they are the same, approvals of the one are of the other too. */
  readonly digests: { readonly before: string; readonly after: string };
  readonly terms: readonly TermChange[];
  /** Whether the data contract of the same name says something else. */
  readonly contractChanged: boolean;
  readonly columns: readonly ColumnChange[];
}

/** Compares two states, the earlier first. What is no term is not compared, and values as they are signed: in the form of RFC 8785. */
export function compared(before: AgreementState, after: AgreementState): Comparison {
  const was = new Map(termsWithValues(written(before.agreement)));
  const is = new Map(termsWithValues(written(after.agreement)));
  const order = [...termsWithValues(written(after.agreement)), ...termsWithValues(written(before.agreement))];
  const terms = [...new Set(order.map(([term]) => term))]
    .map((term): TermChange => ({ term, before: was.get(term), after: is.get(term) }))
    .filter((each) => canonicalize(each.before) !== canonicalize(each.after));
  const contracts = [contractOf(before), contractOf(after)] as const;
  const digests = {
    before: termsDigest(before.agreement, before.contracts),
    after: termsDigest(after.agreement, after.contracts),
  };
  return {
    digests,
    terms,
    contractChanged: terms.length === 0 && digests.before !== digests.after ? true : differs(...contracts),
    columns: columnChanges(...contracts),
  };
}

function contractOf({ agreement, contracts }: AgreementState): Contract | undefined {
  return contracts.find(({ id }) => id === agreement.contract);
}

function differs(before: Contract | undefined, after: Contract | undefined): boolean {
  return before?.id === after?.id && canonicalize(before) !== canonicalize(after);
}

function columnChanges(before: Contract | undefined, after: Contract | undefined): ColumnChange[] {
  const [was, is] = [columnsOf(before), columnsOf(after)];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((column): ColumnChange[] => {
    const [old, now] = [was.get(column), is.get(column)];
    if (old === now) return [];
    return [{ column, change: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed' }];
  });
}

/** Each column with all that the contract says of it. */
function columnsOf(contract: Contract | undefined): ReadonlyMap<string, string> {
  return new Map(
    (contract?.schema ?? []).flatMap(({ properties = [] }) =>
      properties.map((each) => [String(each.name), canonicalize(each) ?? ''] as const),
    ),
  );
}
