/**
 * The agreements of an owner under which its key is not what keeps data from being read: what is shared under them is encrypted to
 * keys of the recipients before it comes into the bucket. It is read from the register that the assembly carries.
 */
import { type Assembly, isGroup, jsonIn } from '../assembly';
import { REGISTER_FILE } from '../wire';

/** A sealed agreement, and who alone can open what is shared under it. */
export interface SealedAgreement {
  readonly agreement: string;
  readonly why: string;
  readonly holders: readonly {
    /** Its handle. */
    readonly organisation: string;
    readonly key: string;
    /** Who there has the secret half, as the register says. */
    readonly keptBy: string;
  }[];
}

/** By the handles of their owners. An assembly of another making has none. */
export function sealedAgreements(source: Assembly): ReadonlyMap<string, readonly SealedAgreement[]> {
  const register = jsonIn(source, REGISTER_FILE);
  const all: readonly unknown[] =
    isGroup(register) && Array.isArray(register.agreements) ? register.agreements : [];
  const found = new Map<string, SealedAgreement[]>();
  for (const each of all) {
    if (!isGroup(each) || !isGroup(each.sealed)) continue;
    const { keys, why } = each.sealed;
    const all = (Array.isArray(keys) ? keys : []).filter(isGroup).map(({ holder, key, keptBy }) => ({
      organisation: String(holder),
      key: String(key),
      keptBy: String(keptBy),
    }));
    // Of a reciprocal agreement each party owns what it sends, and what it sends is sealed to the others.
    const owners = Array.isArray(each.reciprocal) ? each.reciprocal.map(String) : [String(each.owner)];
    for (const owner of owners) {
      const holders = all.filter(({ organisation }) => organisation !== owner);
      found.set(owner, [
        ...(found.get(owner) ?? []),
        { agreement: String(each.id), why: String(why), holders },
      ]);
    }
  }
  return found;
}
