/** The rule that the release gate can check the largest object of an agreement against its contract, to its end. */
import {
  checkNeeds,
  formOfMediaType,
  MOST_SPILL_BYTES,
  mostCheckable,
  RUN_SECONDS,
} from '../../contracts/compile';
import type { ContractPlan, FileForm } from '../../wire/contracts';
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
    // The gate cannot look into what is sealed.
    if (agreement.value.sealed !== undefined) return [];
    const contract = draft.contracts.get(agreement.value.contract ?? '')?.value;
    const compiled = contract && compiledOf(contract);
    const plan = compiled?.ok ? compiled.plans[0] : undefined;
    if (plan === undefined) return [];
    const forms = agreement.value.delivery.mediaTypes.flatMap((type) => formOfMediaType(type) ?? []);
    const [form] = forms.sort((a, b) => mostCheckable(plan, a) - mostCheckable(plan, b));
    return form === undefined ? [] : tooLarge(agreement, plan, form);
  });
}

/** @param form the one of which the least can be checked */
function tooLarge({ value, source }: Sourced<Agreement>, plan: ContractPlan, form: FileForm): Diagnostic[] {
  const { largestObject } = value.delivery;
  const most = mostCheckable(plan, form);
  // What is too large to be scanned is told by the rule on that, once.
  const bytes = bytesIn(largestObject);
  if (bytes <= most || bytes > LARGEST_SCANNED) return [];
  const { seconds, spillBytes } = checkNeeds(plan, form, bytes);
  const allowed = most >= 1e9 ? `${Math.floor(most / 1e9)} GB` : `${Math.max(1, Math.floor(most / 1e6))} MB`;
  return [
    at(source, ['delivery', 'largestObject'], {
      code: 'contract-rule',
      message: `the contract ${value.contract} has keys or references, for which all rows are compared in one run of 15 minutes; a file of ${largestObject} is reckoned to take ${Math.ceil(seconds / 60)} minutes of the ${Math.floor(RUN_SECONDS / 60)} that one run has, and up to ${Math.ceil(spillBytes / 1e9)} GB of storage of the ${Math.floor(MOST_SPILL_BYTES / 1e9)} that a function has`,
      found: largestObject,
      allowed: `at most ${allowed}`,
      fix: 'write a smaller size and part the data into more files; or take the keys and references out of the contract, and have the recipient check them',
    }),
  ];
}
