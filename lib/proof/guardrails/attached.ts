/** Which service control policies are attached where, by what they are called. */
import type { ControlPolicy } from '../../assembly';
import type { Attached } from './promised';

/** Those that are to keep what is promised of a place; one of another name counts for the units. */
export function policiesFor(place: Attached, policies: readonly ControlPolicy[]): ControlPolicy[] {
  return policies.filter(({ name }) => isFor(name, place));
}

/** The accounts of those who deploy get two of the policies; a unit of one custody gets its own beside those of all units. */
function isFor(name: string, attached: Attached): boolean {
  const [, custody] = /^concordat-custody-(.+)$/.exec(name) ?? [];
  if (attached === 'deployers') return ['concordat-accountability', 'concordat-deployers'].includes(name);
  if (name === 'concordat-deployers') return false;
  return custody === undefined || (typeof attached === 'object' && attached.custody === custody);
}
