/** The register that an assembly was made from, as it carries it. */
import type { RegisterContent } from '../register';
import { ORIGIN_FILE, type Origin, REGISTER_FILE } from '../wire';
import type { Assembly } from './assembly';
import { AssemblyError } from './errors';
import { jsonIn } from './parsed-files';
import { isGroup } from './stack';

/** An assembly’s day and register, and the program that made it. */
export interface Provenance extends Origin {
  readonly register: RegisterContent;
}

/**
 * The day and the register of an assembly of Concordat. Whether the digest is the register’s is not asked here.
 * @throws AssemblyError if it has none, or the register has another form
 */
export function provenanceOf(assembly: Assembly): Provenance {
  const { origin, folder } = assembly;
  const register = jsonIn(assembly, REGISTER_FILE);
  if (origin === undefined || register === undefined)
    throw new AssemblyError(
      `there is no ${origin === undefined ? ORIGIN_FILE : REGISTER_FILE} in ${folder}: synthesise it with npx concordat synth`,
    );
  if (!isRegister(register))
    throw new AssemblyError(`${REGISTER_FILE} in ${folder} is no register: synthesise the assembly again`);
  return { ...origin, register };
}

/** Its parts were checked one by one before the assembly was made, and its digest tells whether they were changed since. */
function isRegister(value: unknown): value is RegisterContent {
  return (
    isGroup(value) &&
    isGroup(value.zone) &&
    [value.organisations, value.agreements, value.contracts, value.approvals ?? []].every(
      (list) => Array.isArray(list) && list.every(isGroup),
    )
  );
}
