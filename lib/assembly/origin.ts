/** What an assembly says of its own making, and the facts of the register that it carries. */
import {
  LIVE_OUTCOMES_FILE,
  type LiveOutcomes,
  NO_LIVE_OUTCOMES,
  type Origin,
  parseLiveOutcomes,
  type RegisterFacts,
  readOrigin,
  readRegisterFacts,
  WireError,
} from '../wire';
import { AssemblyError } from './errors';
import { isGroup } from './stack';

/** Reads what `concordat.json` holds, if there is one. @throws AssemblyError if it has another form */
export function originOf(value: unknown, folder: string): Origin | undefined {
  return value === undefined ? undefined : inFolder(folder, () => readOrigin(value));
}

/**
 * What live tests of assumptions about AWS had come to when an assembly was made; nothing in one from before there were any.
 * @throws AssemblyError if the file has another form
 */
export function liveOutcomesOf({
  file,
  folder,
}: {
  readonly file: (name: string) => string | undefined;
  readonly folder: string;
}): LiveOutcomes {
  const text = file(LIVE_OUTCOMES_FILE);
  return text === undefined ? NO_LIVE_OUTCOMES : inFolder(folder, () => parseLiveOutcomes(text));
}

const knownFacts = new WeakMap<object, RegisterFacts>();

/**
 * Reads what `register.json` holds of facts, once for each that was parsed: every custody statement asks.
 * @throws AssemblyError if one of them is not of its form
 */
export function registerFactsOf(value: unknown, folder: string): RegisterFacts {
  const known = isGroup(value) ? knownFacts.get(value) : undefined;
  if (known !== undefined) return known;
  const facts = inFolder(folder, () => readRegisterFacts(value));
  if (isGroup(value)) knownFacts.set(value, facts);
  return facts;
}

function inFolder<T>(folder: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new AssemblyError(`the assembly in ${folder} cannot be read: ${cause.message}`, { cause });
  }
}
