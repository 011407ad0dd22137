/** Policy variables whose values would vary within one question; the partition takes each key by itself, so they are not judged. */

import type { World } from '../assembly';
import { type Policy, testedBy } from '../iam';
import { FOLLOWING } from './live';

/** A sentence for each such variable. */
export function varyingVariables({ buckets, keys, roles }: World): string[] {
  const policies: (Policy | undefined)[] = [
    ...buckets.flatMap(({ policy, accessPoints }) => [policy, ...accessPoints.map((each) => each.policy)]),
    ...keys.map(({ policy }) => policy),
    ...roles.flatMap(({ trust, identity }) => [trust, ...identity]),
  ];
  return testedBy(policies.filter((each) => each !== undefined)).flatMap(
    ({ policy, sid, statement, values }) =>
      values.flatMap((value) =>
        [...value.matchAll(/\$\{([^}]+)\}/g)]
          .map(([, name = '']) => name.split(',')[0]?.trim().toLowerCase() ?? '')
          .filter((name) => !/^[*?$]$/.test(name) && !FOLLOWING.has(name))
          .map(
            (name) =>
              `'${sid ?? statement + 1}' of '${policy}' depends on the variable ${name}, which varies`,
          ),
      ),
  );
}
