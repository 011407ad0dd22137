/** The terms of an agreement as one canonical text, and the digest that is signed. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { contractDigest } from './contract-plans';
import { written } from './parties';
import type { Agreement } from './schema/agreement';
import type { Contract } from './schema/contract';
import { NO_TERMS } from './schema/terms';

/** The form of the text that is signed. */
const TERMS_FORM = 'concordat-agreement-terms/v1';

/** What is signed: every setting of the agreement that is a term, and the contract that it names, by its digest. */
interface SignedTerms {
  readonly form: typeof TERMS_FORM;
  readonly agreement: Readonly<Record<string, unknown>>;
  /** Absent where the agreement names none. */
  readonly contract?: { readonly id: string; readonly sha256: string };
}

/**
 * The terms of an agreement.
 * @param contracts among which the one is that it names
 * @throws RangeError if the contract is not there, which a checked register cannot meet
 */
function signedTerms(agreement: Agreement, contracts: readonly Contract[]): SignedTerms {
  const terms = Object.entries(written(agreement)).filter(([name]) => !(name in NO_TERMS));
  const id = agreement.contract;
  if (id === undefined) return { form: TERMS_FORM, agreement: Object.fromEntries(terms) };
  const contract = contracts.find((each) => each.id === id);
  if (contract === undefined) throw new RangeError(`there is no contract ${id} in the register`);
  return {
    form: TERMS_FORM,
    agreement: Object.fromEntries(terms),
    contract: { id, sha256: contractDigest(contract) },
  };
}

/**
 * The text in the form of RFC 8785: whatever the order of the file’s settings, its comments and its line breaks, the same terms
 * are the same bytes.
 */
export function canonicalTerms(agreement: Agreement, contracts: readonly Contract[]): string {
  const text = canonicalize(signedTerms(agreement, contracts));
  if (text === undefined) throw new TypeError(`the terms of ${agreement.id} have no canonical form`);
  return text;
}

/** The SHA-256 of that text, in hex: what approvals are of. */
export function termsDigest(agreement: Agreement, contracts: readonly Contract[]): string {
  return createHash('sha256').update(canonicalTerms(agreement, contracts), 'utf8').digest('hex');
}
