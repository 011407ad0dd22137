/** The rule that the release gate can check the largest object of an agreement against its contract, to its end. */
import { checkNeeds, formOfMediaType, MOST_SPILL_BYTES, RUN_SECONDS } from '../../contracts/compile';
import { compiledOf } from '../contract-plans';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import type { Agreement } from '../schema/agreement';
import { bytesIn, LARGEST_SCANNED } from '../size';

/**
 * A check that compares all rows with one another is not divided between runs of the gate, so it has to end within one; and its
 * digests have to fit into the storage of a function.
 */
export function largestObjectCanBeChecked(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) => {
    const contract = draft.contracts.get(agreement.value.contract ?? '')?.value;
    const compiled = contract && compiledOf(contract);
    const plan = compiled?.ok ? compiled.plans[0] : undefined;
    if (plan === undefined) return [];
    const forms = agreement.value.delivery.mediaTypes.flatMap((type) => formOfMediaType(type) ?? []);
    const most = Math.min(...forms.map((form) => mostBytes(checkNeeds(plan, form, PROBE))));
    return tooLarge(agreement, most);
  });
}

/** What a check takes grows with the file, so a file of this size tells of all. */
const PROBE = 1_000_000_000;

/** The most bytes that one run gets through. */
function mostBytes({ pauses, seconds, spillBytes }: ReturnType<typeof checkNeeds>): number {
  if (pauses) return Number.POSITIVE_INFINITY;
  return PROBE * Math.min(RUN_SECONDS / seconds, MOST_SPILL_BYTES / spillBytes);
}

function tooLarge({ value, source }: Sourced<Agreement>, most: number): Diagnostic[] {
  const { largestObject } = value.delivery;
  // What is too large to be scanned is told by the rule on that, once.
  const bytes = bytesIn(largestObject);
  if (bytes <= most || bytes > LARGEST_SCANNED) return [];
  const allowed = most >= 1e9 ? `${Math.floor(most / 1e9)} GB` : `${Math.max(1, Math.floor(most / 1e6))} MB`;
  return [
    at(source, ['delivery', 'largestObject'], {
      code: 'contract-rule',
      message: `the contract ${value.contract} has keys or references, for which all rows are compared in one run of 15 minutes; a file of ${largestObject} may take longer, or more storage than a function has`,
      found: largestObject,
      allowed: `at most ${allowed}`,
      fix: 'write a smaller size and part the data into more files; or take the keys and references out of the contract, and have the recipient check them',
    }),
  ];
}
