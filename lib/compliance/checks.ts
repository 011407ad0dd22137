/** Every check of the public-sector pack. */
import type { Check, JudgedAssembly, Judgement } from './check';

/** In the order in which they are shown. */
export const CHECKS: readonly Check[] = [];

/** Every check with what it makes of an assembly. */
export function judgeAll(
  assembly: JudgedAssembly,
): readonly { readonly check: Check; readonly judgements: readonly Judgement[] }[] {
  return CHECKS.map((check) => ({ check, judgements: check.judge(assembly) }));
}
