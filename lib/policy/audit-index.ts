/** The register’s index for the transfer audit, as the file that its function reads. */
import { auditIndexOf, type Register } from '../register';
import { auditIndexText } from '../wire';

/** The index as the text of a file; equal registers give equal texts. */
export function auditIndex(register: Register): string {
  return auditIndexText(auditIndexOf(register));
}
