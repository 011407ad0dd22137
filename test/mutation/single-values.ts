/** Which condition keys come with many values, whatever operator a mutant puts to them. */

import type { ConditionTest } from '../../lib/iam/condition';
import type { Live } from '../../lib/proof/live';

/** Keys that can have many values at once. @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
const MANY_VALUED = new Set(['aws:tagkeys', 'kms:encryptioncontextkeys', 'kms:grantoperations']);

/** An operator for sets makes no set of a key that has one value: no such request is ever made. */
export function ofSingleValues(live: Live): Live {
  const plain = (test: ConditionTest): ConditionTest =>
    MANY_VALUED.has(test.key) ? test : { ...test, operator: test.operator.replace(/^For\w+:/, '') };
  return {
    ...live,
    statements: live.statements.map((each) => ({ ...each, tests: each.tests.map(plain) })),
  };
}
