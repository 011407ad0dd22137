/** Reads one agreement, with its contract, from the files of a register that need not be sound: an earlier state of it, say. */
import type { Diagnostic } from './diagnostic';
import type { RegisterFile } from './folder';
import { readFile } from './read-file';
import type { Agreement } from './schema/agreement';
import type { Contract } from './schema/contract';

/** What came of reading: nothing where there is no such file. */
export type ReadAgreement =
  | { readonly ok: true; readonly agreement: Agreement; readonly contracts: readonly Contract[] }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      readonly lines: ReadonlyMap<string, readonly string[]>;
    };

/** Reads the agreement of an id and the contract that it names; other files are not looked at. */
export function readAgreement(files: readonly RegisterFile[], id: string): ReadAgreement | undefined {
  const agreement = readOne<Agreement>(files, `agreements/${id}.yaml`);
  if (agreement === undefined) return undefined;
  if (!agreement.ok) return agreement;
  const named = agreement.value.contract;
  const contract = named === undefined ? undefined : readOne<Contract>(files, `contracts/${named}.yaml`);
  if (contract !== undefined && !contract.ok) return contract;
  return { ok: true, agreement: agreement.value, contracts: contract === undefined ? [] : [contract.value] };
}

type One<T> = { readonly ok: true; readonly value: T } | Extract<ReadAgreement, { ok: false }>;

function readOne<T>(files: readonly RegisterFile[], path: string): One<T> | undefined {
  const file = files.find((each) => each.path === path);
  const read = file && readFile(file);
  if (read === undefined || !('source' in read)) return undefined;
  if (read.value !== undefined) return { ok: true, value: read.value as T };
  return {
    ok: false,
    diagnostics: read.diagnostics,
    lines: new Map([[read.source.file, read.source.lines]]),
  };
}
