/** What an assembly says of its own making, and the facts of the register that it carries. */
import { type Origin, type RegisterFacts, readOrigin, readRegisterFacts, WireError } from '../wire';
import { AssemblyError } from './errors';

/** Reads what `concordat.json` holds, if there is one. @throws AssemblyError if it has another form */
export function originOf(value: unknown, folder: string): Origin | undefined {
  return value === undefined ? undefined : inFolder(folder, () => readOrigin(value));
}

/** Reads what `register.json` holds of facts. @throws AssemblyError if one of them is not of its form */
export function registerFactsOf(value: unknown, folder: string): RegisterFacts {
  return inFolder(folder, () => readRegisterFacts(value));
}

function inFolder<T>(folder: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new AssemblyError(`the assembly in ${folder} cannot be read: ${cause.message}`, { cause });
  }
}
