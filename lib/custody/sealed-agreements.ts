/**
 * The agreements of an owner under which its key is not what keeps data from being read: what is shared under them is encrypted to
 * keys of the recipients before it comes into the bucket. It is read from the register that the assembly carries.
 */
import { type Assembly, jsonIn, registerFactsOf } from '../assembly';
import { REGISTER_FILE } from '../wire';

/** A sealed agreement, and who alone can open what is shared under it. */
export interface SealedAgreement {
  readonly agreement: string;
  readonly why: string;
  /** Whether people write letters under it, which the mailbox’s page seals and opens. */
  readonly letters: boolean;
  readonly holders: readonly {
    /** Its handle. */
    readonly organisation: string;
    readonly key: string;
    /** Who there has the secret half, as the register says. */
    readonly keptBy: string;
  }[];
}

/**
 * By the handles of their owners. An assembly of another making has none.
 * @throws AssemblyError if the register is not of its form
 */
export function sealedAgreements(source: Assembly): ReadonlyMap<string, readonly SealedAgreement[]> {
  const register = jsonIn(source, REGISTER_FILE);
  const found = new Map<string, SealedAgreement[]>();
  if (register === undefined) return found;
  for (const { id, sealed, correspondence, directions } of registerFactsOf(register, source.folder)
    .agreements) {
    if (sealed === undefined) continue;
    // Of a reciprocal agreement each party owns what it sends, and what it sends is sealed to those who receive it.
    for (const { owner, recipients } of directions) {
      const holders = sealed.keys
        .filter(({ holder }) => recipients.includes(holder))
        .map(({ holder, key, keptBy }) => ({ organisation: holder, key, keptBy }));
      found.set(owner, [
        ...(found.get(owner) ?? []),
        { agreement: id, why: sealed.why, letters: correspondence !== undefined, holders },
      ]);
    }
  }
  return found;
}
