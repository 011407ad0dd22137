/** Rules on the units that guardrails are attached to, and on who may deploy. */
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, whereIs } from '../draft';

/** Each unit serves one purpose: a canary that is also the members’ unit would give no warning. */
export function unitsAreDistinct({ zone }: Draft): Diagnostic[] {
  if (zone === undefined) return [];
  const { canary, members, zone: operators, custody } = zone.value.guardrails.units;
  const named = [
    ...Object.entries({ canary, members, zone: operators }).map(([name, unit]) => [[name], unit] as const),
    ...Object.entries(custody).map(([kind, unit]) => [['custody', kind], unit] as const),
  ];
  const first = new Map<string, readonly string[]>();
  return named.flatMap(([path, unit]) => {
    if (unit === undefined) return [];
    const other = first.get(unit);
    if (other === undefined) {
      first.set(unit, path);
      return [];
    }
    return [
      at(zone.source, ['guardrails', 'units', ...path], {
        code: 'duplicate-value',
        message: `${unit} is already the unit \`${other.join('.')}\` (${whereIs(zone.source, ['guardrails', 'units', ...other])})`,
        found: unit,
        fix: 'make a unit for each purpose in AWS Organizations, and write its id',
      }),
    ];
  });
}

/** The deploying roles reach every account, so they are the operator’s. */
export function deployersAreTheOperators({ zone, organisations }: Draft): Diagnostic[] {
  if (zone === undefined) return [];
  const holders = new Map(
    [...organisations.values()].map(({ value }) => [value.account as string, value.id]),
  );
  return zone.value.guardrails.deployers.flatMap((arn, index) => {
    const holder = holders.get(arn.split(':')[4] ?? '');
    if (holder === undefined) return [];
    return [
      at(zone.source, ['guardrails', 'deployers', index], {
        code: 'wrong-account',
        message: `this role is in the account of ${holder}, and would deploy to every other account too`,
        found: arn,
        fix: 'name a role in an account of the operator’s',
      }),
    ];
  });
}
