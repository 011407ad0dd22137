/** A proof in words and as data. */
import { why } from '../iam/why';
import { deedOf } from './actions';
import type { Answer } from './examine';
import type { Proof } from './proof';
import type { ImpliedShare } from './shares';

/** One thing that is wrong, as data. */
export interface ProofFinding {
  readonly kind: 'extra' | 'missing' | 'not judged' | 'not understood';
  readonly owner?: string;
  readonly who?: string;
  readonly can?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly accessPoint?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly entitledBy?: string;
  /** The statements that make it so, or the yes that is missing. */
  readonly because: readonly string[];
}

/** Whether nothing is wrong and nothing was left unjudged. */
export function holds(proof: Proof): boolean {
  return findingsOf(proof).length === 0;
}

/** Everything that is wrong, in the order of owners. */
export function findingsOf({
  differences,
  notJudged,
  withoutAccessPoint,
  notUnderstood,
}: Proof): ProofFinding[] {
  return [
    ...withoutAccessPoint.map(({ share }) => noAccessPoint(share)),
    ...[...differences, ...notJudged].map(findingOf),
    ...notUnderstood.map((each): ProofFinding => ({ kind: 'not understood', because: [each] })),
  ];
}

function noAccessPoint({ owner, recipient, agreement, name }: ImpliedShare): ProofFinding {
  return {
    kind: 'missing',
    owner: owner.id,
    who: recipient.id,
    can: 'read',
    entitledBy: `the agreement ${agreement}`,
    because: [`no template makes the access point ${name}`],
  };
}

function findingOf({ kind, question, object, context, decision, entitlement }: Answer): ProofFinding {
  const { asker, target, action, accessPoint } = question;
  const because = why(decision);
  return {
    kind,
    owner: target.owner,
    who: asker.words,
    can: deedOf(action),
    action,
    resource: `${target.place}${object === '' ? '' : ` ${object}`}`,
    ...(accessPoint !== undefined && { accessPoint }),
    context,
    ...(entitlement !== undefined && { entitledBy: entitlement.by }),
    because: because.length > 0 ? because : [`it is ${decision.verdict}`],
  };
}

/** A finding as lines of text. */
export function linesOf(finding: ProofFinding): string[] {
  const { kind, owner, who, can, action, resource, accessPoint, context = {}, entitledBy, because } = finding;
  if (kind === 'not understood') return because.map((each) => `not understood: ${each}`);
  const deed = `${can}${action === undefined ? '' : ` (${action})`}`;
  const head = {
    extra: `extra: ${who} can ${deed} what is ${owner}’s, and nothing in the register lets it`,
    missing: `missing: ${who} cannot ${deed} what is ${owner}’s, though ${entitledBy ?? 'it should'} lets it`,
    'not judged': `not judged: whether ${who} can ${deed} what is ${owner}’s`,
  }[kind];
  const when = Object.entries(context).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return [
    head,
    ...(resource === undefined
      ? []
      : [`  on ${resource}${accessPoint === undefined ? '' : ` through ${accessPoint}`}`]),
    ...(when.length === 0 ? [] : [`  when ${when.join(', ')}`]),
    ...because.map((each) => `  ${each}`),
  ];
}

/** Why the requests that were asked stand for all others. */
export const WHY_THESE_COVER_ALL =
  'A decision depends only on which statements and grants hold. Every combination that can hold was asked for; requests in which the same ones hold have the same answer, and so have owners that differ in names alone.';

/** What nothing in an assembly shows. */
export const NOT_IN_AN_ASSEMBLY: readonly string[] = [
  'service control and resource control policies, which could only take access away',
  'what an owner’s account lets its own people do beyond the roles of the templates: they are taken to have every permission',
  'whoever deploys, or may change policies and roles: their changes are the next assembly’s',
  'the operator’s queues, tables and topics, which hold none of the data that organisations share; its buckets, keys and roles are judged',
  'making, changing and deleting access points, which is a matter of the owner’s account alone',
  'an organisation’s key of alerts and logs, which encrypts no shared data',
];
