/** Loads a register: every file, every rule, every fault at once. */
import type { IsoDate } from './calendar';
import { byPlace, type Diagnostic } from './diagnostic';
import type { Draft, Sourced } from './draft';
import type { RegisterFile } from './folder';
import { claimOf, type FolderName, missingZone } from './layout';
import { type FileResult, readFile } from './read-file';
import { Register } from './register';
import { faultsBetweenFiles, findingsBetweenFiles } from './rules/every-rule';
import type { Agreement } from './schema/agreement';
import type { ApprovalEnvelope } from './schema/approval';
import type { Contract } from './schema/contract';
import type { Organisation } from './schema/organisation';
import type { Zone } from './schema/zone';

/** What came of loading: a register, or every reason why there is none. */
export type Loaded =
  | {
      readonly ok: true;
      readonly register: Register;
      /** What can be read and made, and would not work on AWS as its limits are. */
      readonly findings: readonly Diagnostic[];
      readonly lines: ReadonlyMap<string, readonly string[]>;
    }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      /** The lines of each file that has faults, for code frames. */
      readonly lines: ReadonlyMap<string, readonly string[]>;
    };

/**
 * Loads a register from its files.
 * @param files every file of the folder, in any order
 * @param asOf the day on which exceptions must be in force
 * @param by the day by which all that the register says was done must have been done; not looked at if not given
 */
export function loadRegister(files: readonly RegisterFile[], asOf: IsoDate, by?: IsoDate): Loaded {
  return assemble(
    files.map(readFile),
    files.some((file) => file.path === 'zone.yaml') ? [] : [missingZone()],
    asOf,
    by,
  );
}

/** Puts files that were read together and applies the rules that span them. */
export function assemble(
  results: readonly (FileResult | Diagnostic)[],
  more: readonly Diagnostic[],
  asOf: IsoDate,
  by?: IsoDate,
): Loaded {
  const read = results.filter((result) => 'source' in result);
  const misnamed = results.flatMap((result) => ('source' in result ? [] : (result.suggestion ?? [])));
  const draft = draftOf(read, misnamed);
  const findings = findingsBetweenFiles(draft);
  const faults = [
    ...more.filter((each) => !misnamed.includes(each.place.file)),
    ...results.flatMap((result) => ('source' in result ? copiesNamed(result, read) : [result])),
    ...faultsBetweenFiles(draft, asOf, by),
  ];
  const diagnostics = [...faults, ...findings].sort(byPlace);
  const faulty = new Set(diagnostics.map((each) => each.place.file));
  const lines = new Map(
    read.filter((each) => faulty.has(each.source.file)).map((each) => [each.source.file, each.source.lines]),
  );
  if (faults.length > 0 || draft.zone === undefined) return { ok: false, diagnostics, lines };
  return { ok: true, register: Register.of({ ...draft, zone: draft.zone }), findings: diagnostics, lines };
}

/** The faults of a file; where its id is that of another file, it was copied, and renaming it would overwrite the other. */
function copiesNamed(
  { diagnostics, folder, claim, source }: FileResult,
  read: readonly FileResult[],
): readonly Diagnostic[] {
  return diagnostics.map((each) => {
    if (each.code !== 'file-name') return each;
    const original = read.find(
      (other) =>
        other.source !== source &&
        other.folder === folder &&
        other.claim === each.found &&
        idIn(other.source.value) === each.found,
    );
    return original === undefined
      ? each
      : {
          ...each,
          message: `the id \`${each.found}\` is that of ${original.source.file} already`,
          fix: `write \`id: ${claim}\` if this is a copy with changes of its own; otherwise remove the file`,
        };
  });
}

function draftOf(results: readonly FileResult[], misnamed: readonly string[]): Draft {
  const claims = (folder: FolderName) =>
    new Set([
      ...results
        .filter((each) => each.folder === folder)
        .flatMap((each) => [each.claim, idIn(each.source.value) ?? each.claim]),
      ...misnamed.filter((path) => path.startsWith(`${folder}/`)).map(claimOf),
    ]);
  const values = <T>(folder: FolderName): ReadonlyMap<string, Sourced<T>> =>
    new Map(
      results
        .filter((each) => each.folder === folder && each.value !== undefined)
        .map((each) => [each.claim, { value: each.value as T, source: each.source }]),
    );
  const zone = results.find((each) => each.folder === 'zone' && each.value !== undefined);
  return {
    zone: zone && { value: zone.value as Zone, source: zone.source },
    organisations: values<Organisation>('organisations'),
    agreements: values<Agreement>('agreements'),
    contracts: values<Contract>('contracts'),
    approvals: values<ApprovalEnvelope>('approvals'),
    claimed: {
      organisations: claims('organisations'),
      agreements: claims('agreements'),
      contracts: claims('contracts'),
    },
  };
}

function idIn(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || !('id' in value)) return undefined;
  return typeof value.id === 'string' ? value.id : undefined;
}
