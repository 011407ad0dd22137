/** The register that an assembly carries, read again as if its files were there. */

import type { IsoDate } from './calendar';
import { canonicalRegister } from './canonical';
import type { RegisterFile } from './folder';
import { type Loaded, loadRegister } from './load';
import type { RegisterContent } from './register';

/**
 * Loads a register from its content: by the same schemas and rules as its files were, since what was written into an assembly
 * by hand may be no register.
 * @param lines the line of its file on which each agreement’s id stood, by id; the first where none is given
 * @param asOf the day that the assembly was made for
 */
export function loadCarried(
  content: RegisterContent,
  lines: Readonly<Record<string, number>>,
  asOf: IsoDate,
): Loaded {
  return loadRegister(filesOf(JSON.parse(canonicalRegister(content)), lines), asOf);
}

/** A file for each part. JSON is YAML as well. */
function filesOf(
  { zone, ...lists }: RegisterContent,
  lines: Readonly<Record<string, number>>,
): RegisterFile[] {
  const file = (path: string, value: unknown, line = 1): RegisterFile => ({
    path,
    bytes: Buffer.from(`${'\n'.repeat(line - 1)}${JSON.stringify(value)}\n`),
  });
  const { organisations, agreements, contracts, approvals = [] } = lists;
  return [
    file('zone.yaml', zone),
    ...organisations.map((each) => file(`organisations/${each.id}.yaml`, each)),
    ...agreements.map((each) => file(`agreements/${each.id}.yaml`, each, lines[each.id])),
    ...contracts.map((each) => file(`contracts/${each.id}.yaml`, each)),
    ...approvals.map(({ name, envelope }) => file(`approvals/${name}.json`, envelope)),
  ];
}
