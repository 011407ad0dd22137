/** Contracts in the formats of others. */
import type { ContractPlan } from '../../wire/contracts';
import { toCsvw } from './csvw';
import { toDcat } from './dcat';
import type { DescribedContract } from './described';
import { toDictionary } from './dictionary';
import { toFrictionless } from './frictionless';
import { toJsonSchema } from './json-schema';
import type { Exported } from './said';

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
  const object = contract.schema?.find(({ name }) => name === plan.object) ?? { name: plan.object };
  return EXPORTS[format](contract, object, plan);
}
