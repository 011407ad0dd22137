/** What a command line names of a register: an organisation or an agreement. */
import { claimOf, folderOf, type RegisterFile } from '../register';
import { nearest } from '../words';
import { UsageError } from './option';

/** Sees that the register has a file of an organisation. @throws UsageError with the nearest id if it has none */
export function demandOrganisation(files: readonly RegisterFile[], id: string): void {
  demand(files, 'organisations', 'organisation', id);
}

/** Sees that the register has a file of an agreement. @throws UsageError with the nearest id if it has none */
export function demandAgreement(files: readonly RegisterFile[], id: string): void {
  demand(files, 'agreements', 'agreement', id);
}

function demand(
  files: readonly RegisterFile[],
  folder: 'organisations' | 'agreements',
  noun: string,
  id: string,
): void {
  const known = files.filter(({ path }) => folderOf(path) === folder).map(({ path }) => claimOf(path));
  if (known.includes(id)) return;
  const near = nearest(id, known);
  throw new UsageError(`the register has no ${noun} '${id}'${near ? `: did you mean ${near.word}?` : ''}`);
}
