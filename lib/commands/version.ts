/** Which version of Concordat this is. */
import { version } from '../start/program';

/** The version of the package, and the commit where this is a clone. */
export function versionLine(): string {
  const { version: number, commit } = version();
  return `concordat ${number}${commit === undefined ? '' : ` (${commit})`}\n`;
}
