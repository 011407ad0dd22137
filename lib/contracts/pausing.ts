/** Whether the check of a file can be divided between runs. */
import type { ContractPlan } from '../wire/contracts';

/**
 * Whether a check can pause: where no rule compares rows with one another. Digests of values are in no checkpoint, which is
 * kept where people can read it.
 */
export function canPause({ unique, references, metrics }: ContractPlan): boolean {
  return digestsOf({ unique, references, metrics }) === 0;
}

/** How many digests of each row a check keeps: one for each key, two for a reference, of which each has two columns. */
export function digestsOf({
  unique,
  references,
  metrics,
}: Pick<ContractPlan, 'unique' | 'references' | 'metrics'>): number {
  const duplicates = metrics.filter(({ what }) => what.metric === 'duplicateValues').length;
  return unique.length + duplicates + 2 * references.length;
}
