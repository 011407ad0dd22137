/**
 * The guardrails of an assembly, judged twice: with every one attached, and as they stand. What they are to refuse is worked
 * out from the register and from what docs/guardrails.md promises, by code that shares nothing with what makes them.
 */
import type { World } from '../../assembly';
import type { ContextValue } from '../../iam';
import { HeldPromises } from './held-promises';
import type { Broken } from './keeping';
import type { Attached, Promised, PromiseId } from './promised';
import { type RefusedNeed, refusedNeeds } from './refused-needs';
import { thingsOf } from './things';

/** Something about guardrails that is not as docs/guardrails.md promises. */
export type GuardrailFinding =
  | {
      readonly what: 'not refused' | 'not judged';
      readonly promise: PromiseId;
      /** The ARN of whoever could, a service, a provider; empty of the unsigned. */
      readonly who: string;
      readonly action: string;
      readonly resource: string;
      readonly context: Readonly<Record<string, ContextValue>>;
    }
  | RefusedNeed;

/** Where guardrails hold. */
export interface GuardrailsStand {
  /** As the register has it: `canary`. */
  readonly stage: string;
  /** With every guardrail attached where it is to be. */
  readonly all: Kept;
  /** By unit, and by account of those who deploy, as they are attached in this assembly. */
  readonly now: readonly (Kept & { readonly unit: string })[];
}

/** How many promises there are, and how many of them are kept. */
interface Kept {
  readonly promises: number;
  readonly kept: number;
}

/** What came of it. */
export interface GuardrailsProof {
  readonly findings: readonly GuardrailFinding[];
  /** Undefined of an assembly from before there were guardrails. */
  readonly stand?: GuardrailsStand;
}

/** Judges the guardrails of a world. */
export function guardrailsProof(world: World): GuardrailsProof {
  const { register } = world;
  const { guardrails } = register.zone;
  if (guardrails === undefined) return { findings: [] };
  const member = register.organisations.find(({ membership }) => membership === 'member');
  const things = thingsOf(register, member);
  const held = new HeldPromises(world, member, things);
  const all = held.broken(held.promises, () => true);
  const now = placesOf(register).map(({ unit, reached, place }) => {
    const meant = held.promises.filter(({ attached }) => isMeant(attached, place));
    const broken = held.broken(meant, ({ units }) => units.some((each) => reached.includes(each)));
    return { unit, ...keptOf(meant, broken) };
  });
  return {
    findings: [...all.map(findingOf), ...refusedNeeds(world, member, things)],
    stand: { stage: guardrails.stage, all: keptOf(held.promises, all), now },
  };
}

interface Place {
  readonly unit: string;
  /** It, and the units above it whose policies reach it. */
  readonly reached: readonly string[];
  readonly place: Attached;
}

/** The units, and the accounts of those who deploy, which are in none of them. */
function placesOf({ zone: { guardrails, accounts } }: World['register']): Place[] {
  if (guardrails === undefined) return [];
  const { canary, members, zone, custody = {} } = guardrails.units;
  const deployers = new Set(guardrails.deployers.map((arn) => arn.split(':')[4] ?? ''));
  deployers.delete(accounts.management);
  return [
    ...[canary, members, zone].map(String).map((unit): Place => ({ unit, reached: [unit], place: 'units' })),
    ...Object.entries(typeof custody === 'string' ? {} : custody).map(
      ([kind, unit]): Place => ({ unit, reached: [unit, String(members)], place: { custody: kind } }),
    ),
    ...[...deployers].map((unit): Place => ({ unit, reached: [unit], place: 'deployers' })),
  ];
}

/** Whether a promise is meant for a place: what is for all units is for those of one custody too. */
function isMeant(attached: Attached, place: Attached): boolean {
  if (place === 'deployers' || attached === 'deployers') return place === attached;
  return attached === 'units' || (typeof place === 'object' && attached.custody === place.custody);
}

function keptOf(promises: readonly Promised[], broken: readonly Broken[]): Kept {
  const ids = new Set(promises.map(({ id }) => id));
  const lost = new Set(broken.map(({ promised }) => promised.id));
  return { promises: ids.size, kept: [...ids].filter((each) => !lost.has(each)).length };
}

function findingOf({ kind, promised, asker, action, resource, context }: Broken): GuardrailFinding {
  return {
    what: kind === 'extra' ? 'not refused' : 'not judged',
    promise: promised.id,
    who: asker.as?.arn ?? asker.caller.name,
    action,
    resource,
    context,
  };
}
