/** The register’s index for the transfer audit, with the names that things have in AWS. */
import { auditIndexOf } from '../register/audit-index';
import type { Register } from '../register/register';
import { bucketName, bucketNamePrefix, ROLE_PATH, roleName } from './names';

/** The index as the text of a file; equal registers give equal texts. */
export function auditIndex(register: Register): string {
  const index = auditIndexOf(register, {
    bucketName,
    bucketNamePrefix,
    rolePath: (purpose) => `${ROLE_PATH}${roleName(purpose)}`,
  });
  return `${JSON.stringify(index)}\n`;
}
