/** Policy variables whose values would vary within one question; the partition takes each key by itself, so they are not judged. */

import type { World } from '../assembly';
import { holdsVariable, type Policy, type Statement } from '../iam';
import { FOLLOWING } from './live';

/** A sentence for each such variable. */
export function varyingVariables({ buckets, keys, roles, tables }: World): string[] {
  const policies: (Policy | undefined)[] = [
    ...buckets.flatMap(({ policy, accessPoints }) => [policy, ...accessPoints.map((each) => each.policy)]),
    ...[...keys, ...tables].map(({ policy }) => policy),
    ...roles.flatMap(({ trust, identity, boundary }) => [
      trust,
      ...identity,
      ...(boundary ? [boundary] : []),
    ]),
  ];
  return policies.filter(couldHoldVariables).flatMap((policy) =>
    (policy?.statements ?? []).filter(hasVariables).flatMap((statement) =>
      textsOf(statement).flatMap((value) =>
        variablesIn(value)
          .filter((name) => !/^[*?$]$/.test(name) && !FOLLOWING.has(name))
          .map(
            (name) =>
              `'${statement.sid ?? statement.index + 1}' of '${policy?.name}' depends on the variable ${name}, which varies`,
          ),
      ),
    ),
  );
}

const without = new WeakSet<object>();

/** Whether anything in a policy, as it is written, could be a variable: hardly any need be compiled for this. */
function couldHoldVariables(policy: Policy | undefined): policy is Policy {
  const document: unknown = policy?.document;
  if (typeof document !== 'object' || document === null) return policy !== undefined;
  if (without.has(document)) return false;
  if (holdsVariableIn(document)) return true;
  without.add(document);
  return false;
}

/** In a text, or in any name or value below. */
function holdsVariableIn(value: unknown): boolean {
  if (typeof value === 'string') return holdsVariable(value);
  if (typeof value !== 'object' || value === null) return false;
  const group = value as Readonly<Record<string, unknown>>;
  for (const name in group) if (holdsVariable(name) || holdsVariableIn(group[name])) return true;
  return false;
}

/** Whether anything in a statement could be a variable: in nearly all nothing is, so their texts are not put into one list. */
function hasVariables({ principals, notPrincipals, actions, resources, conditions }: Statement): boolean {
  const listed = principals ?? notPrincipals;
  if (listed !== undefined) for (const name of listed.names) if (holdsVariable(name)) return true;
  return (
    actions.patterns.some(holdsVariable) ||
    resources.patterns.some(holdsVariable) ||
    conditions.some(({ values }) => values.some(holdsVariable))
  );
}

/** Every text that a statement tests, in the order of its elements. */
function textsOf({
  principals,
  notPrincipals,
  actions,
  resources,
  conditions,
}: Statement): readonly string[] {
  const listed = principals ?? notPrincipals;
  const named = listed === undefined || listed.everybody ? [] : listed.names;
  const texts = [...named, ...actions.patterns, ...resources.patterns];
  for (const { values } of conditions) texts.push(...values);
  return texts;
}

function variablesIn(text: string): string[] {
  if (!holdsVariable(text)) return [];
  return [...text.matchAll(/\$\{([^}]+)\}/g)].map(
    ([, name = '']) => name.split(',')[0]?.trim().toLowerCase() ?? '',
  );
}
