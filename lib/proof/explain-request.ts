/** One request, from a finding or typed by a user: what the templates decide, and what the register gives. */
import type { World } from '../assembly';
import type { ContextValue, Verdict } from '../iam';
import { Askers } from './askers';
import { Entitlements } from './entitlement/entitlements';
import { decideOne } from './examine';
import { type AccessFinding, answered } from './findings';
import { groupsOf, seenFrom } from './groups';
import type { Asker } from './question';
import { questionOf } from './way';
import { everyWay, type OwnedWay } from './ways';

/** Who asks without a signature. */
export const UNSIGNED = 'unsigned';

/** A request to explain. */
export interface RequestToExplain {
  /** The ARN of a role, a session, a user or a root user; the name of an AWS service; or `unsigned`. */
  readonly asker: string;
  /** Takes a role to have every permission that its account could give it, though a template makes it with fewer. */
  readonly everyPermission: boolean;
  /** The AWS organisation that the asker’s account is taken to be in, `none` for none; as the register has it if not given. */
  readonly awsOrganization?: string;
  /** As AWS writes it: `s3:GetObject`. */
  readonly action: string;
  /** The ARN of a bucket, of an object in it, of a key or of a role. */
  readonly resource: string;
  /** The ARN of the access point that it goes through. */
  readonly accessPoint?: string;
  /** The condition keys that vary, each in lower case. */
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** What comes of a request: a finding, or `as agreed` where the templates decide as the register says. */
export interface RequestExplained extends Omit<AccessFinding, 'kind'> {
  readonly kind: AccessFinding['kind'] | 'as agreed';
  readonly verdict: Verdict;
}

/** What of a request no assembly knows. */
export interface NotInAssembly {
  readonly kind: 'not in the assembly';
  readonly what: 'asker' | 'resource' | 'access point';
}

/** The request of a finding, to be asked again; undefined where no request shows it. */
export function requestOfFinding({ asker, request }: AccessFinding): RequestToExplain | undefined {
  if (request === undefined) return undefined;
  const { party, as, permissions, awsOrganization } = asker;
  const { action, arn, object, accessPoint, context } = request;
  return {
    asker:
      party.kind === 'service'
        ? party.service
        : party.kind === 'federated'
          ? party.provider
          : (as?.arn ?? UNSIGNED),
    everyPermission: permissions === 'at most',
    awsOrganization: awsOrganization ?? 'none',
    action,
    resource: object === '' ? arn : `${arn}/${object}`,
    ...(accessPoint !== undefined && { accessPoint }),
    context,
  };
}

/** What every request is decided by, worked out once for a world. */
interface Bearings {
  readonly ways: readonly OwnedWay[];
  readonly askers: Askers;
  readonly entitlements: Entitlements;
}

const known = new WeakMap<World, Bearings>();

function bearingsIn(world: World): Bearings {
  const bearings = known.get(world) ?? {
    ways: [...everyWay(world)],
    askers: new Askers(world),
    entitlements: new Entitlements(world),
  };
  known.set(world, bearings);
  return bearings;
}

/** Decides one request as the proof would, and compares it with what the register gives. */
export function explainRequest(world: World, request: RequestToExplain): RequestExplained | NotInAssembly {
  const bearings = bearingsIn(world);
  const toResource = bearings.ways.filter(({ way }) => objectIn(way.target.arn, request) !== undefined);
  const [first] = toResource;
  if (first === undefined) return { kind: 'not in the assembly', what: 'resource' };
  const owned = toResource.find(({ way }) => way.accessPoint === request.accessPoint);
  if (owned === undefined) return { kind: 'not in the assembly', what: 'access point' };
  return decided(bearings, owned, request) ?? { kind: 'not in the assembly', what: 'asker' };
}

/** The object that is named; empty for none, undefined for a resource of another name. */
function objectIn(arn: string, { resource }: RequestToExplain): string | undefined {
  if (resource === arn) return '';
  return resource.startsWith(`${arn}/`) ? resource.slice(arn.length + 1) : undefined;
}

function decided(
  { askers, entitlements }: Bearings,
  { way, owner, keyArn, readers }: OwnedWay,
  request: RequestToExplain,
): RequestExplained | undefined {
  const { target } = way;
  const shares = target.kind === 'role' ? [] : entitlements.sharesOf(target.account);
  const groups = groupsOf(seenFrom(way, owner, shares, askers, readers, [request.asker]), askers);
  const [found] = groups
    .flatMap((group) => group.askers.map((asker) => ({ group, asker })))
    .filter(({ asker }) => isMeant(asker, request, askers))
    .sort((a, b) => Number(isLike(b.asker, request)) - Number(isLike(a.asker, request)));
  if (found === undefined) return undefined;
  const { group } = found;
  const asker = isLike(found.asker, request) ? found.asker : (askers.asMade(request.asker) ?? found.asker);
  const organization = askers.organizationOf(target.account);
  const question = questionOf(group.way, asker, request.action, organization);
  const object = objectIn(target.arn, request) ?? '';
  const { context } = request;
  const decision = decideOne(question, object, context);
  const entitlement = entitlements.couldEntitle(asker, target, group.shares)
    ? entitlements.of(question, owner, group.shares, keyArn)
    : undefined;
  const isEntitled = entitlement?.holds((key) => context[key], object) ?? false;
  const { verdict } = decision;
  const isAllowed = verdict === 'allowed';
  return {
    kind:
      verdict === 'not judged'
        ? verdict
        : isAllowed === isEntitled
          ? 'as agreed'
          : isAllowed
            ? 'extra'
            : 'missing',
    verdict,
    // What the request does not meet gives it nothing.
    ...answered({ question, object, context, decision, entitlement }),
  };
}

function isMeant(asker: Asker, request: RequestToExplain, askers: Askers): boolean {
  const { party, as, awsOrganization } = asker;
  if (party.kind === 'unsigned') return request.asker === UNSIGNED;
  if (party.kind === 'service') return request.asker === party.service;
  if (party.kind === 'federated') return request.asker === party.provider;
  if (as?.arn !== request.asker) return false;
  const { awsOrganization: given } = request;
  const wanted = given ?? askers.organizationOf(asker.caller.account ?? '') ?? 'none';
  return (awsOrganization ?? 'none') === wanted;
}

/** Whether an asker has the permissions that are meant: those that its template gives it, or every one. */
function isLike({ permissions }: Asker, { everyPermission }: RequestToExplain): boolean {
  return (permissions === 'at most') === everyPermission;
}
