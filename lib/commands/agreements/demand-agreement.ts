/** The agreement of a register that a command line names. */
import type { Agreement, Register } from '../../register';
import { nearest } from '../../words';
import { UsageError } from '../option';

/** @throws UsageError with the nearest id if the register has no such agreement */
export function agreementOf({ agreements }: Pick<Register, 'agreements'>, id: string): Agreement {
  const found = agreements.find((each) => each.id === id);
  if (found) return found;
  const near = nearest(
    id,
    agreements.map((each) => each.id),
  );
  throw new UsageError(`the register has no agreement '${id}'${near ? `: did you mean ${near.word}?` : ''}`);
}
