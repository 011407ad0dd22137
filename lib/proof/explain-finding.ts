/**
 * What more there is to say of a finding that no single request shows: of rights, settings, guardrails, the baseline, and of what
 * is not understood. All of it is facts of the assembly: where it stands, the statements as they are written, what is there instead.
 */
import { createHash } from 'node:crypto';
import { type Assembly, baselinesIn, isGroup, type TemplateResource, type World } from '../assembly';
import { NO, type Reason, reasonsOf, type Verdict } from '../iam';
import { findingsOf, type ProofFinding } from './findings';
import { prove } from './prove';
import type { Claim } from './rights/claims';
import { explainRight } from './rights/rights';
import type { Bundles } from './settings/settings';

/** One fact that bears on a finding. */
export type FindingFact =
  /** Where it stands: the file, and the path in it. */
  | { readonly kind: 'place'; readonly file: string; readonly path: string; readonly value?: unknown }
  /** A statement as its template writes it. */
  | { readonly kind: 'statement'; readonly place: string; readonly statement: unknown }
  /** What the role could do now, with its boundary. */
  | { readonly kind: 'now'; readonly verdict: Verdict; readonly because: readonly Reason[] }
  /** What the role is there for in that service. */
  | { readonly kind: 'purpose'; readonly claims: readonly Claim[] }
  /** What of the same type is made in that account. */
  | { readonly kind: 'made'; readonly names: readonly string[] }
  /** The policies that are to keep a promise, and whether any statement of theirs is about the action. */
  | { readonly kind: 'guardrails'; readonly names: readonly string[]; readonly isNamed: boolean };

/** A finding, with all that bears on it. */
export interface FindingExplained {
  readonly finding: ProofFinding;
  readonly facts: readonly FindingFact[];
}

/** The number of a finding, 12 hex digits: the same as long as the finding is. */
export function findingId(finding: ProofFinding): string {
  return createHash('sha256').update(JSON.stringify(finding)).digest('hex').slice(0, 12);
}

/** The finding of a number; undefined where there is no such finding. @param bundles what functions are to run */
export function findingOf(world: World, id: string, bundles?: Bundles): ProofFinding | undefined {
  const found = findingsOf(prove(world, undefined, { besidesAccess: true, ...(bundles && { bundles }) }));
  return found.find((each) => findingId(each) === id);
}

/** A finding with all that bears on it. */
export function explainFinding(finding: ProofFinding, assembly: Assembly, world: World): FindingExplained {
  return { finding, facts: factsOf(finding, assembly, world) };
}

function factsOf(finding: ProofFinding, assembly: Assembly, world: World): FindingFact[] {
  switch (finding.kind) {
    case 'right': {
      const more = explainRight(world, finding);
      return [
        ...placeFacts(finding.place, [], assembly),
        ...statementFacts(finding.place, assembly, (sid) => sid === finding.statement),
        ...(more === undefined
          ? []
          : [
              { kind: 'now' as const, verdict: more.now.verdict, because: reasonsOf(more.now) },
              { kind: 'purpose' as const, claims: more.claims },
            ]),
      ];
    }
    case 'setting': {
      const { account, type } = finding;
      const alike = [...world.things, ...world.baselines.flatMap(({ things }) => things)].filter(
        (each) => each.type === type && each.account === account,
      );
      return [
        ...('place' in finding
          ? placeFacts(finding.place, 'path' in finding ? finding.path : [], assembly)
          : []),
        { kind: 'made', names: [...new Set(alike.map(({ name }) => name))].sort() },
      ];
    }
    case 'guardrails': {
      const { service, resource } = world.controls;
      const all = [...service, ...resource];
      const about = all.flatMap(({ place, policy }) =>
        policy.statements
          .filter(
            ({ effect, actions }) =>
              effect === 'Deny' && actions.matches(finding.action.toLowerCase()) !== NO,
          )
          .map(({ sid, index }) => ({ place, name: sid ?? `statement ${index + 1}` })),
      );
      return [
        { kind: 'guardrails', names: all.map(({ name }) => name), isNamed: about.length > 0 },
        ...about.flatMap(({ place, name }) => statementFacts(place, assembly, (sid) => sid === name)),
      ];
    }
    case 'not understood': {
      const place = /^[\w-]+\/[\w/-]+/.exec(finding.what)?.[0];
      return place === undefined ? [] : placeFacts(place, [], assembly);
    }
    default: {
      const places = [finding.request?.place ?? ''];
      return places.flatMap((each) => placeFacts(each, [], assembly));
    }
  }
}

interface Placed {
  readonly file: string;
  readonly at: string;
  readonly resource: TemplateResource;
}

/** The resource of a place, `Zone/AuditFunction1234`, or `Baseline/StackSet/Role` within a StackSet. */
function resourceAt(place: string, assembly: Assembly): Placed | undefined {
  const { stacks } = assembly;
  const [stack = '', id = '', inner] = place.split('/');
  const found = stacks.find(({ name }) => name === stack);
  const resource = found?.resources[id];
  if (found === undefined || resource === undefined) return undefined;
  const at = `Resources.${id}`;
  if (inner === undefined) return { file: found.file, at, resource };
  const within = baselinesIn([found]).find((each) => each.place === `${stack}/${id}`)?.resources[inner];
  return (
    within && { file: found.file, at: `${at}.Properties.TemplateBody: Resources.${inner}`, resource: within }
  );
}

function placeFacts(place: string, path: readonly string[], assembly: Assembly): FindingFact[] {
  const found = resourceAt(place, assembly);
  if (found === undefined) return [];
  const { file, at, resource } = found;
  const isAttribute = path[0] === 'DeletionPolicy' || path[0] === 'UpdateReplacePolicy';
  const whole = isAttribute || path.length === 0 ? path : ['Properties', ...path];
  const value = whole.reduce<unknown>((each, name) => (isGroup(each) ? each[name] : undefined), resource);
  return [
    {
      kind: 'place',
      file,
      path: [at, ...whole].join('.'),
      ...(path.length > 0 && value !== undefined && { value }),
    },
  ];
}

function statementFacts(
  place: string,
  assembly: Assembly,
  isMeant: (name: string) => boolean,
): FindingFact[] {
  const found = resourceAt(place, assembly);
  return [...statementsIn(found?.resource.Properties)]
    .filter(([name]) => isMeant(name))
    .map(([, statement]) => ({ kind: 'statement', place, statement }));
}

/** Every statement below a value, by its Sid or its number. */
function* statementsIn(value: unknown): Generator<readonly [name: string, statement: unknown]> {
  if (Array.isArray(value)) for (const each of value) yield* statementsIn(each);
  else if (isGroup(value))
    for (const [name, each] of Object.entries(value))
      if (name !== 'Statement') yield* statementsIn(each);
      else
        for (const [n, one] of [each].flat().entries())
          yield [isGroup(one) && typeof one.Sid === 'string' ? one.Sid : `statement ${n + 1}`, one];
}
