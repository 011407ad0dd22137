/** The register’s index for the transfer audit, with the names that things have in AWS. */

import { bucketName, bucketNamePrefix, ROLE_PATH, roleName } from '../names';
import { auditIndexOf, type Register } from '../register';
import { auditIndexText } from '../wire';

/** The index as the text of a file; equal registers give equal texts. */
export function auditIndex(register: Register): string {
  const index = auditIndexOf(register, {
    bucketName,
    bucketNamePrefix,
    rolePath: (purpose) => `${ROLE_PATH}${roleName(purpose)}`,
  });
  return auditIndexText(index);
}
