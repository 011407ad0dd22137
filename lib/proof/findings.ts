/** What is wrong by a proof, as typed facts: who asks, what for, whose it is, and why the answer is what it is. */
import { type ContextValue, type Reason, reasonsOf, type Verdict } from '../iam';
import { type Deed, deedOf } from './actions';
import { EVERYTHING } from './askers';
import type { Answer } from './examine';
import type { GuardrailFinding } from './guardrails/guardrails';
import type { Proof } from './prove';
import type { Asker, Basis, Owner, Party } from './question';
import type { RightFinding } from './rights/rights';
import type { SettingFinding } from './settings/settings';
import type { ImpliedShare } from './shares';

/** Who asks, as far as a finding tells. */
export interface FindingAsker extends Partial<Pick<Asker, 'as' | 'permissions' | 'left' | 'supposed'>> {
  readonly party: Party;
  /** The AWS organisation that its account is taken to be in; absent for none. */
  readonly awsOrganization?: string;
}

/** The request that a finding is about. */
export interface FindingRequest {
  /** As AWS writes it: `s3:GetObject`. */
  readonly action: string;
  /** `Organisation-leeds/ExchangeBucketD38FE645`. */
  readonly place: string;
  /** Of the bucket, the key or the role. */
  readonly arn: string;
  /** The name of the object; empty where the request is about none. */
  readonly object: string;
  /** The ARN of the access point that it goes through. */
  readonly accessPoint?: string;
  /** The condition keys that vary, those that are there. */
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** Why a request is answered as it is. */
export type FindingReason =
  | Reason
  /** The decision itself, where nothing more can be said of it. */
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** No template makes the access point of this name. */
  | { readonly kind: 'no access point'; readonly name: string };

/** A difference between templates and agreements, or a request that could not be judged. */
export interface AccessFinding {
  readonly kind: 'extra' | 'missing' | 'not judged';
  readonly owner: Owner;
  readonly asker: FindingAsker;
  readonly deed: Deed;
  /** Absent where there is no access point to ask. */
  readonly request?: FindingRequest;
  /** What gives the access by the register, where anything does. */
  readonly basis?: Basis;
  /** The statements that make it so, or the yes that is missing. */
  readonly because: readonly FindingReason[];
}

/** Something in the templates that could give access and is not understood. */
interface NotUnderstood {
  readonly kind: 'not understood';
  readonly what: string;
}

/** Something that is not made, or not set, as it is to be. */
type OfSetting = SettingFinding & { readonly kind: 'setting' };

/** What a role may do beyond its purpose, or lacks for it. */
type OfRight = RightFinding & { readonly kind: 'right' };

/** What guardrails do not keep, or refuse that is needed. */
type OfGuardrails = GuardrailFinding & { readonly kind: 'guardrails' };

/** One thing that is wrong. */
export type ProofFinding = AccessFinding | OfGuardrails | OfRight | OfSetting | NotUnderstood;

/**
 * Everything that is wrong, in the order of owners; of each, what lets in the widest circle first. What is there and should not be
 * comes before what follows from it: that a role cannot make it, or that others do not wait for it.
 */
export function findingsOf({
  differences,
  notJudged,
  withoutAccessPoint,
  rights,
  settings,
  guardrails,
  notUnderstood,
}: Proof): ProofFinding[] {
  const ofSetting = (each: SettingFinding): ProofFinding => ({ kind: 'setting', ...each });
  const isBesides = ({ what }: SettingFinding) => what === 'not asked for';
  return [
    ...withoutAccessPoint.map(noAccessPoint),
    ...[...widestFirst(differences), ...notJudged].map(findingOf),
    ...notUnderstood.map((what): ProofFinding => ({ kind: 'not understood', what })),
    ...settings.filter(isBesides).map(ofSetting),
    ...rights.map((each): ProofFinding => ({ kind: 'right', ...each })),
    ...settings.filter((each) => !isBesides(each)).map(ofSetting),
    ...guardrails.findings.map((each): ProofFinding => ({ kind: 'guardrails', ...each })),
  ];
}

/**
 * A door that is open to all is open to the owner’s own roles too: that it is open to all is said first. Differences of one owner
 * and one circle stay in their order.
 */
function widestFirst(differences: readonly Answer[]): Answer[] {
  const owners = [...new Set(differences.map(({ question }) => JSON.stringify(question.target.owner)))];
  const rank = ({ question: { asker, target } }: Answer): number => {
    const owner = JSON.stringify(target.owner);
    const isOwn = JSON.stringify(asker.party) === owner;
    return owners.indexOf(owner) * CIRCLES.length + (isOwn ? CIRCLES.length - 1 : circleOf(asker.party));
  };
  return [...differences].sort((a, b) => rank(a) - rank(b));
}

/** From everybody to those whom the operator knows; the owner’s own come last. */
const CIRCLES = [
  'unsigned',
  'stranger',
  'federated',
  'service',
  'organisation',
  'each account',
  'management',
  'zone',
  'own',
] as const;

function circleOf({ kind }: Party): number {
  return CIRCLES.indexOf(kind);
}

/** The places of the policies that a reason is about. */
export function placesOf(reason: FindingReason): readonly string[] {
  switch (reason.kind) {
    case 'allows':
    case 'denies':
      return [reason.by.policy];
    case 'missing':
      return reason.yes.policies;
    default:
      return [];
  }
}

/** Whether a reason is only that an account is taken to give its own people every permission. */
export function isAssumed(reason: FindingReason): boolean {
  return reason.kind === 'allows' && reason.by.policy === EVERYTHING.name;
}

/** That a share has no access point. */
export function noAccessPoint({ owner, recipient, agreement, name }: ImpliedShare): AccessFinding {
  return {
    kind: 'missing',
    owner: { kind: 'organisation', id: owner.id },
    asker: { party: { kind: 'organisation', id: recipient.id } },
    deed: 'read',
    basis: { kind: 'agreements', ids: [agreement] },
    because: [{ kind: 'no access point', name }],
  };
}

function findingOf(answer: Answer): AccessFinding {
  return { kind: answer.kind, ...answered(answer) };
}

/** Who asked for what, and why it was answered as it was. */
export function answered({
  question,
  object,
  context,
  decision,
  entitlement,
}: Omit<Answer, 'kind'>): Omit<AccessFinding, 'kind'> {
  const { asker, target, action, accessPoint } = question;
  const { party, as, permissions, left, supposed, awsOrganization } = asker;
  const because = reasonsOf(decision);
  return {
    owner: target.owner,
    asker: {
      party,
      permissions,
      ...(as !== undefined && { as }),
      ...(left !== undefined && { left }),
      ...(supposed && { supposed }),
      ...(awsOrganization !== undefined && { awsOrganization }),
    },
    deed: deedOf(action),
    request: {
      action,
      place: target.place,
      arn: target.arn,
      object,
      ...(accessPoint !== undefined && { accessPoint }),
      context,
    },
    ...(entitlement !== undefined && { basis: entitlement.by }),
    because: because.length > 0 ? because : [{ kind: 'verdict', verdict: decision.verdict }],
  };
}
