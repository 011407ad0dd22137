/** What a command line names of a register: an organisation or an agreement. */
import { claimOf, folderOf, type Organisation, type Register, type RegisterFile } from '../register';
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

/** The organisation that is named. @throws UsageError with the nearest id if the register has none */
export function organisationOf({ organisations }: Pick<Register, 'organisations'>, id: string): Organisation {
  const found = organisations.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw none(
    'organisation',
    id,
    organisations.map((each) => each.id),
  );
}

function demand(
  files: readonly RegisterFile[],
  folder: 'organisations' | 'agreements',
  noun: string,
  id: string,
): void {
  const known = files.filter(({ path }) => folderOf(path) === folder).map(({ path }) => claimOf(path));
  if (!known.includes(id)) throw none(noun, id, known);
}

function none(noun: string, id: string, known: readonly string[]): UsageError {
  const near = nearest(id, known);
  return new UsageError(`the register has no ${noun} '${id}'${near ? `: did you mean ${near.word}?` : ''}`);
}
