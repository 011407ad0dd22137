/**
 * What holds every account: policies of AWS Organizations, and the roles that a baseline gives each account. The proof reckons
 * with neither, so what is taken away from a guardrail, or given to a role of a baseline, counts as wider without being judged.
 */
import { type AssemblyStack, baselinesIn } from '../assembly';
import { byName, type Change, changesOf } from './change';
import type { Side } from './side';
import { andList, type Told } from './told';

/** A policy of AWS Organizations. */
export interface Guardrail {
  readonly name: string;
  /** The units that it is attached to. */
  readonly units: readonly string[];
  /** Each statement as JSON; of a policy without statements, its content as one. */
  readonly statements: readonly string[];
}

/** A role, or a policy of one, that a StackSet makes in every account of its units. */
export interface BaselineRole {
  readonly name: string;
  readonly units: readonly string[];
  /** All but its metadata, as JSON. */
  readonly made: string;
}

/** The policies that come, go or change. @throws AssemblyError if two have one name */
export function guardrailChanges(before: Side, after: Side): Change<Guardrail>[] {
  const read = ({ source }: Side) => byName(source.stacks.flatMap(guardrailsOf), ({ name }) => name);
  return changesOf(read(before), read(after));
}

/** The roles of baselines that come, go or change. @throws AssemblyError if a template in a StackSet is not JSON */
export function baselineChanges(before: Side, after: Side): Change<BaselineRole>[] {
  const read = ({ source }: Side) => byName(source.stacks.flatMap(baselineRolesOf), ({ name }) => name);
  return changesOf(read(before), read(after));
}

/** A guardrail in words. What it no longer denies, or no longer denies to some, widens. */
export function tellGuardrail({ before, after }: Change<Guardrail>): Told {
  const name = `\`${after?.name ?? before?.name}\``;
  if (before === undefined)
    return { mark: '+', sentence: `The guardrail ${name} is new`, more: [], widens: false };
  const held = before.units.length > 0;
  if (after === undefined)
    return { mark: '-', sentence: `The guardrail ${name} goes`, more: [], widens: held };
  const freed = before.units.filter((unit) => !after.units.includes(unit));
  const reached = after.units.filter((unit) => !before.units.includes(unit));
  const lost = before.statements.filter((each) => !after.statements.includes(each));
  const more = [
    ...(freed.length > 0 ? [`It no longer holds the accounts of ${andList(freed)}.`] : []),
    ...(reached.length > 0 ? [`It now holds the accounts of ${andList(reached)}.`] : []),
    ...(lost.length > 0
      ? ['Statements change or go, so it may deny less. This is not judged: compare the templates.']
      : []),
  ];
  return {
    mark: '~',
    sentence: `The guardrail ${name} changes`,
    more,
    widens: freed.length > 0 || (held && lost.length > 0),
  };
}

/** A role of a baseline in words. One that comes or changes may do more. */
export function tellBaselineRole({ before, after }: Change<BaselineRole>): Told {
  const name = `\`${after?.name ?? before?.name}\``;
  if (after === undefined)
    return {
      mark: '-',
      sentence: `${name} goes from the baseline of every account`,
      more: [],
      widens: false,
    };
  return {
    mark: before === undefined ? '+' : '~',
    sentence: `${name} ${before === undefined ? 'comes into' : 'changes in'} the baseline of every account`,
    more: ['What it may do is not judged: compare the templates.'],
    widens: true,
  };
}

function guardrailsOf({ resources }: AssemblyStack): Guardrail[] {
  return Object.values(resources).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Organizations::Policy') return [];
    const { Statement = [Properties.Content] } = (Properties.Content ?? {}) as { Statement?: unknown };
    return [
      {
        name: String(Properties.Name),
        units: unitsIn(Properties.TargetIds),
        statements: [Statement].flat().map((each) => JSON.stringify(each)),
      },
    ];
  });
}

function baselineRolesOf(stack: AssemblyStack): BaselineRole[] {
  return baselinesIn([stack]).flatMap(({ name, place, resources }) => {
    const [, id = ''] = place.split('/');
    const groups = stack.resources[id]?.Properties?.StackInstancesGroup as
      | readonly { readonly DeploymentTargets?: { readonly OrganizationalUnitIds?: unknown } }[]
      | undefined;
    const units = (groups ?? []).flatMap((each) => unitsIn(each.DeploymentTargets?.OrganizationalUnitIds));
    return Object.entries(resources).flatMap(([logicalId, { Metadata: _, ...made }]) =>
      made.Type.startsWith('AWS::IAM::')
        ? [{ name: `${name}/${logicalId}`, units, made: JSON.stringify(made) }]
        : [],
    );
  });
}

function unitsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
