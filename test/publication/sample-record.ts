/** Public records that tests start from: of the sample register, and of it with edits. */
import { type LedgerCounts, publicRecord, siteFiles } from '../../lib/publication';
import { loadRegister } from '../../lib/register/load';
import type { Register } from '../../lib/register/register';
import { AS_OF, type Edit, edited, SAMPLE } from '../register/samples';

/** A register that is the sample after edits. @throws Error with what is wrong with it */
export function registerAfter(...edits: readonly Edit[]): Register {
  const loaded = loadRegister(edited(SAMPLE, ...edits), AS_OF);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
  return loaded.register;
}

/** Every file of its record. */
export function filesOf(register: Register, ledger?: LedgerCounts): ReadonlyMap<string, string> {
  return siteFiles(publicRecord({ register, asOf: AS_OF, ledger }));
}
