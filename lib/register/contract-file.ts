/** Loads one data contract by itself: on a desk there need be no register around it. */
import type { Diagnostic } from './diagnostic';
import type { Draft } from './draft';
import { readFile } from './read-file';
import { contractsCompile, numbersAreExact } from './rules/contract-rules';
import { textsIdentifyNobody } from './rules/personal-data';
import type { Contract } from './schema/contract';

/** What came of loading: a contract that can be carried out, or every reason why there is none. */
export type LoadedContract =
  | { readonly ok: true; readonly contract: Contract }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      readonly lines: ReadonlyMap<string, readonly string[]>;
    };

/**
 * Loads the file of a contract, by the schema and the rules that hold in a register.
 * @param name the file’s name, such as `housing-benefit-awards.yaml`: its contract has that id
 */
export function loadContract(name: string, bytes: Uint8Array): LoadedContract {
  const result = readFile({ path: `contracts/${name}`, bytes });
  if (!('source' in result)) return { ok: false, diagnostics: [result], lines: new Map() };
  const { source, value } = result;
  const contract = value as Contract | undefined;
  const draft: Draft = {
    zone: undefined,
    organisations: new Map(),
    agreements: new Map(),
    approvals: new Map(),
    contracts: new Map(contract === undefined ? [] : [[name, { value: contract, source }]]),
    claimed: { organisations: new Set(), agreements: new Set(), contracts: new Set() },
  };
  const diagnostics = [
    ...result.diagnostics,
    ...[contractsCompile, numbersAreExact, textsIdentifyNobody].flatMap((rule) => rule(draft)),
  ];
  if (contract !== undefined && diagnostics.length === 0) return { ok: true, contract };
  return { ok: false, diagnostics, lines: new Map([[source.file, source.lines]]) };
}
