/** What the release gate of an owner was given, as the assembly has it: its list, and the plans of contracts beside it. */
import { dirname, join } from 'node:path/posix';
import { type Assembly, deployedFiles } from '../assembly';
import { GATE_LIST_FILE, type GateList, parseGateList } from '../wire';
import { CONTRACT_PLANS, type ContractPlan, parseContractPlan } from '../wire/contracts';

/** The list, and the plans by the id of their contract. */
export interface GateFiles {
  readonly list: GateList;
  readonly plans: ReadonlyMap<string, ContractPlan>;
}

/** Finds them; undefined where the owner has no gate. @throws AssemblyError, or WireError for a file that is none of ours */
export function gateFilesOf(assembly: Assembly, owner: string): GateFiles | undefined {
  for (const file of deployedFiles(assembly)) {
    if (!file.endsWith(`/${GATE_LIST_FILE}`)) continue;
    const list = parseGateList(assembly.file(file) ?? '');
    if (list.owner !== owner) continue;
    const ids = list.agreements.flatMap(({ contract }) =>
      contract.kind === 'contract' ? [contract.id] : [],
    );
    const plans = [...new Set(ids)].map((id) => {
      const path = join(dirname(file), CONTRACT_PLANS, `${id}.json`);
      return [id, parseContractPlan(assembly.file(path) ?? '')] as const;
    });
    return { list, plans: new Map(plans) };
  }
  return undefined;
}
