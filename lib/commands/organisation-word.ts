/** An organisation that a command line names. */
import { claimOf, folderOf, type RegisterFile } from '../register';
import { nearest } from '../words';
import { UsageError } from './option';

/** Sees that the register has a file of an organisation. @throws UsageError with the nearest id if it has none */
export function demandOrganisation(files: readonly RegisterFile[], id: string): void {
  const known = files
    .filter(({ path }) => folderOf(path) === 'organisations')
    .map(({ path }) => claimOf(path));
  if (known.includes(id)) return;
  const near = nearest(id, known);
  throw new UsageError(
    `the register has no organisation '${id}'${near ? `: did you mean ${near.word}?` : ''}`,
  );
}
