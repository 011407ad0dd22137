/** Which declarations of disposal are missing. */
import type { Duty } from '../../register';
import { inWords } from '../../register/calendar';
import { andList } from '../../words';

/** `leeds has not declared to dwp that no copy is left of what it collected under housing-benefit-awards, due by 1 May 2027` */
export function undeclaredWords({ agreement, organisation, owners, due }: Duty): string {
  const by = due === undefined ? '' : `, due by ${inWords(due)}`;
  return `${organisation} has not declared to ${andList(owners)} that no copy is left of what it collected under ${agreement.id}${by}`;
}
