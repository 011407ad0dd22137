/**
 * The facts of a proof in words: the last step, for people. Nothing here is read back, and nothing of the proof imports it,
 * so that any phrase can be changed without changing what is proven.
 */
import { tellReason } from '../iam';
import type { Deed } from './actions';
import type { RequestExplained } from './explain-request';
import type { AccessFinding, FindingAsker, FindingReason, FindingRequest, ProofFinding } from './findings';
import { guardrailLines } from './guardrails/in-words';
import type { RefusalReason } from './own-path/account-policies';
import type { Basis, Party } from './question';
import { rightLines } from './rights/in-words';
import { settingLines } from './settings/in-words';

/** Why the requests that were asked stand for all others. */
export const WHY_THESE_COVER_ALL =
  'A decision depends only on which statements and grants hold. Every combination that can hold was asked for; requests in which the same ones hold have the same answer, and so have owners that differ in names alone.';

/** What nothing in an assembly shows. */
export const NOT_IN_AN_ASSEMBLY: readonly string[] = [
  'what an owner’s account lets its own people do beyond the roles of the templates: they are taken to have every permission',
  'whoever deploys, or may change policies and roles: their changes are the next assembly’s',
  'which unit an account is in, and so which guardrails hold it; what is proven of access holds without them',
  'making, changing and deleting access points by others than the roles of templates, which is a matter of the owner’s account alone',
];

/** `leeds`, `the zone`, `account 999999999998`. */
export function tellParty(party: Party): string {
  switch (party.kind) {
    case 'organisation':
      return party.id;
    case 'zone':
      return 'the zone';
    case 'management':
      return 'the management account';
    case 'each account':
      return 'each account';
    case 'stranger':
      return `account ${party.account}`;
    case 'service':
      return `the AWS service ${party.service}`;
    case 'federated':
      return `whomever the identity provider ${party.provider} vouches for`;
    case 'unsigned':
      return 'anybody, without a signature';
  }
}

/** The caller of a request: `role/security/reader, whatever its own account lets it do`. Undefined where that is not known. */
export function tellAs({ as, permissions }: FindingAsker): string | undefined {
  if (as === undefined) return undefined;
  const name = as.arn.slice(as.arn.lastIndexOf(':') + 1);
  return permissions === 'at most' ? `${name}, whatever its own account lets it do` : name;
}

/** That the caller’s account has left the AWS organisation; undefined where it has not. */
export function tellLeft({ left, supposed, awsOrganization }: FindingAsker): string | undefined {
  if (supposed) return `its account being in the AWS organisation ${awsOrganization}`;
  return (
    left && `its account having left the AWS organisation${left === 'for another' ? ' for another' : ''}`
  );
}

/** `leeds (role/security/reader, whatever its own account lets it do)`. */
export function tellAsker(asker: FindingAsker): string {
  const as = tellAs(asker);
  const left = tellLeft(asker);
  return `${tellParty(asker.party)}${as === undefined ? '' : ` (${as})`}${left === undefined ? '' : `, ${left},`}`;
}

/** `the agreement housing-benefit-awards`. */
export function tellBasis(basis: Basis): string {
  switch (basis.kind) {
    case 'agreements':
      return basis.ids.map((id) => `the agreement ${id}`).join(' and ');
    case 'purpose':
      return basis.of === 'service'
        ? 'the service’s purpose'
        : basis.of === 'trail'
          ? 'the trail’s purpose'
          : `the purpose of the ${basis.of}${basis.role === undefined ? '' : ` ${basis.role}`}`;
    case 'register':
      return 'the register, which names it';
    case 'sign-in':
      return 'the register, which has people sign in by it';
    case 'own account':
      return {
        bucket: 'its own account, which holds the bucket',
        key: 'its own account, which holds the key',
        table: 'the table',
        tables: 'the tables of its account',
        logs: 'its logs',
      }[basis.holds];
    case 'receipts':
      return basis.heads ? 'its receipts, and the heads of the ledger' : 'its receipts';
  }
}

/** A reason in words. */
export function tellFindingReason(reason: FindingReason): string {
  if (reason.kind === 'verdict') return `it is ${reason.verdict}`;
  if (reason.kind === 'no access point') return `no template makes the access point ${reason.name}`;
  return tellReason(reason);
}

/** Why a step of a deployment would be refused. */
export function tellRefusal(reason: RefusalReason): string {
  if (reason.kind === 'no role') return `no baseline makes ${reason.arn}, which the assembly deploys with`;
  if (reason.kind === 'no deployer') return `nobody may take on ${reason.role}`;
  return tellReason(reason);
}

/** The place of what a request is about, with the object’s name. */
export function tellResource({ place, object }: Pick<FindingRequest, 'place' | 'object'>): string {
  return object === '' ? place : `${place} ${object}`;
}

/** `aws:securetransport = "false"`, each. */
function tellContext(context: FindingRequest['context']): string[] {
  return Object.entries(context).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
}

/** A finding, or what comes of one request, as lines of text. */
export function linesOf(finding: ProofFinding | RequestExplained): string[] {
  if (finding.kind === 'not understood') return [`not understood: ${finding.what}`];
  if (finding.kind === 'right') return rightLines(finding);
  if (finding.kind === 'setting') return settingLines(finding);
  if (finding.kind === 'guardrails') return guardrailLines(finding);
  const { request, because } = finding;
  const when = request === undefined ? [] : tellContext(request.context);
  return [
    headOf(finding),
    ...(request === undefined
      ? []
      : [
          `  on ${tellResource(request)}${request.accessPoint === undefined ? '' : ` through ${request.accessPoint}`}`,
        ]),
    ...(when.length === 0 ? [] : [`  when ${when.join(', ')}`]),
    ...because.map((each) => `  ${tellFindingReason(each)}`),
  ];
}

function headOf(finding: AccessFinding | RequestExplained): string {
  const { kind, owner, asker, deed, request, basis } = finding;
  const who = tellAsker(asker);
  const what = tellDeed(deed, request?.action, `what is ${tellParty(owner)}’s`);
  const by = basis === undefined ? 'it should' : tellBasis(basis);
  switch (kind) {
    case 'extra':
      return `extra: ${who} can ${what}, and nothing in the register lets it`;
    case 'missing':
      return `missing: ${who} cannot ${what}, though ${by} lets it`;
    case 'not judged':
      return `not judged: whether ${who} can ${what}`;
    case 'as agreed':
      return finding.verdict === 'allowed'
        ? `as agreed: ${who} can ${what}, and ${by} lets it`
        : `as agreed: ${who} cannot ${what}, and nothing in the register lets it`;
  }
}

/** What somebody can do, after “can” or “cannot”: `look (s3:GetBucketAcl) at what is leeds’s`. */
function tellDeed(deed: Deed, action: string | undefined, what: string): string {
  const by = action === undefined ? '' : ` (${action})`;
  switch (deed) {
    case 'look':
      return `look${by} at ${what}`;
    case 'assume':
      return `take on a role${by} of ${what}`;
    case 'encrypt':
      return `encrypt or sign${by} with ${what}`;
    case 'grant':
      return `make grants${by} on ${what}`;
    case 'end grant':
      return `end grants${by} on ${what}`;
    case 'change policy':
      return `change policies or settings${by} of ${what}`;
    case 'anything else':
      return action === undefined ? `do anything else to ${what}` : `do ${action} to ${what}`;
    default:
      return `${deed}${by} ${what}`;
  }
}

/** A finding as programs read it, in words and as data. */
export function plainFinding(finding: ProofFinding | RequestExplained) {
  if (finding.kind === 'not understood') return { kind: finding.kind, because: [finding.what] };
  if (finding.kind === 'right' || finding.kind === 'setting' || finding.kind === 'guardrails') {
    const [head = '', ...because] = linesOf(finding);
    return { kind: finding.kind, because: [head, ...because].map((each) => each.trim()) };
  }
  const { kind, owner, asker, deed, request, basis, because } = finding;
  return {
    kind,
    owner: tellParty(owner),
    who: tellAsker(asker),
    can: deed,
    ...(request !== undefined && {
      action: request.action,
      resource: tellResource(request),
      ...(request.accessPoint !== undefined && { accessPoint: request.accessPoint }),
      context: request.context,
    }),
    ...(basis !== undefined && { entitledBy: tellBasis(basis) }),
    because: because.map(tellFindingReason),
    asker,
  };
}
