/** What is said of a file that a desk can check and the release gate cannot: there, a check has one run to end in. */
import { mostCheckable } from '../capacity';
import type { CheckedFile } from './report';

/** A warning, or nothing where the gate can check the file to its end. */
export function beyondTheGate({
  name,
  plan,
  outcome: { form, bytes },
}: {
  readonly name: string;
  readonly plan: CheckedFile['plan'];
  readonly outcome: Pick<CheckedFile['outcome'], 'form' | 'bytes'>;
}): string | undefined {
  const most = mostCheckable(plan, form);
  if (bytes <= most) return undefined;
  return `${name} has ${gigabytes(bytes)}. The contract has keys or references, for which the release gate compares all rows in one run of 15 minutes; that is reckoned to do for ${gigabytes(most)}. Part it into smaller files.`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
