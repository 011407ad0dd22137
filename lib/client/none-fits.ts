/** Tells bytes that are sealed to others from bytes that are damaged, which the package for age refuses alike. */
import type { Decrypter } from 'age-encryption';

/**
 * Adds to what opens one more identity, which fits nothing. The package asks one after another until one fits: this one is asked where
 * none has. So it is to be added last.
 * @returns whether none has fitted, once the opening failed
 */
export function noneFits(decrypter: Decrypter): () => boolean {
  let none = false;
  decrypter.addIdentity({
    unwrapFileKey: () => {
      none = true;
      return null;
    },
  });
  return () => none;
}
