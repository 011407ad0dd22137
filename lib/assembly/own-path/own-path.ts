/**
 * Whether a deployment would still get through under the guardrails that it brings: from whoever deploys, by the roles of the
 * bootstrap, to everything that CloudFormation makes. Guardrails are judged as if they were attached to every account, so
 * that the answer comes before they are.
 */
import type { CustodySource } from '../custody/source';
import { baselinesIn, controlsIn } from '../world-guardrails';
import { type Account, accountsOf } from './accounts';
import { Judge } from './judge';
import { makings, type Step, waysIn } from './way';

/** A step that would be refused, or that nobody can judge. */
export interface Refusal {
  readonly step: Step;
  readonly account: string;
  /** Sentences that say what refuses it. */
  readonly why: readonly string[];
}

/** What came of it. */
export interface OwnPath {
  /** Steps that were judged; those that are alike in several accounts are judged once. */
  readonly judged: number;
  readonly refusals: readonly Refusal[];
  /** Kinds of resource of which it is not known what deploying them takes. */
  readonly unknown: readonly string[];
}

/** Judges every step. @throws AssemblyError if a policy cannot be read */
export function ownPath(source: CustodySource, awsOrganizationId: string): OwnPath {
  const controls = controlsIn(source.stacks);
  const [baseline] = baselinesIn(source.stacks);
  const unknown = new Set<string>();
  const seen = new Set<string>();
  const refusals: Refusal[] = [];
  for (const account of accountsOf(source, baseline)) {
    const fresh = stepsIn(account, unknown).filter((step) => {
      const alike = likeness(step, account);
      return !seen.has(alike) && seen.add(alike);
    });
    if (fresh.length === 0) continue;
    const judge = new Judge(account, controls, awsOrganizationId);
    for (const step of fresh) {
      const why = judge.refuses(step);
      if (why) refusals.push({ step, account: account.id, why });
    }
  }
  return { judged: seen.size, refusals, unknown: [...unknown].sort() };
}

function stepsIn({ stacks, baseline, bootstrap }: Account, unknown: Set<string>): Step[] {
  return [
    ...makings(baseline, 'stack sets', unknown),
    ...stacks.flatMap((stack) => [...waysIn(stack, bootstrap), ...makings(stack, 'execute', unknown)]),
  ];
}

/** No guardrail and no role of a bootstrap tells accounts, organisations or shares apart. Keys have policies of their own. */
function likeness({ by, action, resource, context }: Step, { id, custody }: Account): string {
  if (resource.includes(':key/')) return [by, action, resource].join(' ');
  const text = [by, action, resource, JSON.stringify(context ?? {}), custody.join()].join(' ');
  return text
    .replaceAll(id, '#')
    .replace(/[0-9a-f]{12}--[a-z0-9-]+/, '#')
    .replace(/[0-9a-f]{64}/, '#')
    .replace(/Organisation-[\w-]+/, 'Organisation-#');
}
