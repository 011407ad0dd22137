/** What lies in the temporary folder of a program that a test ran. */
import { readdirSync } from 'node:fs';

/**
 * The names of what a program left there. Where its code was changed since `npm ci`, tsx keeps a folder of its own beside, which is
 * none of the program’s.
 */
export function leftBehind(temporary: string): string[] {
  return readdirSync(temporary).filter((name) => !/^tsx-\d+$/.test(name));
}
