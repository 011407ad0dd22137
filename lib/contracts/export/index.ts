/** Contracts in the formats of others. */
import type { ContractPlan } from '../../wire/contracts';
import type { Block } from '../../words';
import { toCsvw } from './csvw';
import { type DcatNode, describedDataset, toDcat } from './dcat';
import type { DescribedContract } from './described';
import { dictionaryBlocks as blocksOf, toDictionary } from './dictionary';
import { toFrictionless } from './frictionless';
import { toJsonSchema } from './json-schema';
import type { Exported } from './said';

export { DCAT_CONTEXT, type DcatNode, inEnglish } from './dcat';

const EXPORTS = {
  csvw: toCsvw,
  frictionless: toFrictionless,
  'json-schema': toJsonSchema,
  dcat: toDcat,
  dictionary: toDictionary,
} as const;

/** A format that contracts are exported to. */
export type ExportFormat = keyof typeof EXPORTS;
export const EXPORT_FORMATS = Object.keys(EXPORTS) as ExportFormat[];

/**
 * A contract in another format, with the rules that the format cannot say.
 * @param plan the plan of the object that is exported, compiled from the same contract
 */
export function exportContract(
  contract: DescribedContract,
  plan: ContractPlan,
  format: ExportFormat,
): Exported {
  return EXPORTS[format](contract, objectOf(contract, plan), plan);
}

/** The data dictionary of a contract as a part of a page: its columns, and the rules on several of them. */
export function dictionaryBlocks(contract: DescribedContract, plan: ContractPlan): readonly Block[] {
  return blocksOf(contract, objectOf(contract, plan), plan);
}

/** A contract as a dataset of DCAT 3 for a public catalogue, without mailboxes. */
export function datasetOf(contract: DescribedContract, plan: ContractPlan): DcatNode {
  return describedDataset(contract, objectOf(contract, plan), plan);
}

function objectOf(contract: DescribedContract, plan: ContractPlan) {
  return contract.schema?.find(({ name }) => name === plan.object) ?? { name: plan.object };
}
