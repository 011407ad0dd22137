/**
 * Where templates and agreements differ, side by side: access that no agreement gives, and access that one gives and the
 * templates refuse. Each side is proven by itself, so what only one of them has is gained or lost by the change.
 */
import { askedPolicyFile } from '../assembly';
import {
  type AccessFinding,
  type Basis,
  type Deed,
  type FindingAsker,
  type FindingReason,
  type Owner,
  type Party,
  type ProofFinding,
  placesOf,
} from '../proof';
import { AskedAgain } from './asked-again';
import type { Change } from './change';
import type { Side } from './side';
import { type PolicyStatement, statementChanges } from './statements';

/** What a difference is about: a resource, with the name of an object in it where that counts, or an access point. */
export type HoleResource =
  | { readonly place: string; readonly object: string }
  /** The ARN. */
  | { readonly accessPoint: string };

/** One difference between templates and agreements, for every action and resource that it is about. */
export interface Hole {
  readonly kind: 'extra' | 'missing';
  /** Whose data, key or role it is. */
  readonly owner: Owner;
  /** Whichever AWS organisation the account is taken to be in. */
  readonly asker: Omit<FindingAsker, 'awsOrganization'>;
  readonly deed: Deed;
  readonly actions: readonly string[];
  readonly resources: readonly HoleResource[];
  /** By what it should be allowed; of what is missing only. */
  readonly basis?: Basis;
  /** The statements that make it so, or the yes that is missing. */
  readonly because: readonly FindingReason[];
  /** The values of condition keys of one such request. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** A difference that comes or goes, or that was there before and may have grown. */
export interface HoleChange extends Change<Hole> {
  /** The statements that come, go or change where it is. */
  readonly statements: readonly Change<PolicyStatement>[];
  /** There before and after, but something that it rests on has changed, so that it may be wider or narrower. */
  readonly unclear?: true;
  /** The templates allowed it before too, when the register gave it: an agreement has ended, and nobody gains. */
  readonly keeps?: true;
}

/**
 * Changes that are told together: those of one organisation, or else of one asker, to one owner’s, of one kind; and what several
 * organisations lose of their own.
 */
export interface HoleGroup {
  readonly changes: readonly [HoleChange, ...HoleChange[]];
  /** Whether access is gained by it; of what is unclear, whether there is more than agreements give. */
  readonly gains: boolean;
  readonly keeps: boolean;
  readonly unclear: boolean;
  readonly widens: boolean;
}

/** How holes differ, and how many are on both sides with nothing changed that they could rest on. */
export function holeChanges(before: Side, after: Side): { changes: HoleChange[]; unchanged: number } {
  const [found, finds] = [findingsByHole(before.findings), findingsByHole(after.findings)];
  const [was, is] = [holesIn(found), holesIn(finds)];
  if (was.size + is.size === 0) return { changes: [], unchanged: 0 };
  const statements = statementChanges(before, after);
  const told = (change: Change<Hole>): HoleChange => ({
    ...change,
    statements: statements.filter((each) => isAbout(change, each, [before, after])),
  });
  // A hole is one and the same by who, what and why; its example may differ without meaning.
  const both = [...was.keys()].filter((key) => is.has(key));
  const keys = [...new Set([...was.keys(), ...is.keys()])].filter((key) => !both.includes(key)).sort();
  const again = new AskedAgain({ before: before.world, after: after.world });
  const changes = keys.flatMap((key): HoleChange[] => {
    const [old, now] = [was.get(key), is.get(key)];
    const change = { ...(old && { before: old }), ...(now && { after: now }) };
    // Not promised any more, and refused as before.
    if (old?.kind === 'missing' && again.isRefused('after', found.get(key) ?? [])) return [];
    // Of other templates, the requests of the later side need not show all in which the two differ.
    const keeps =
      now?.kind === 'extra' &&
      templatesOf(before, now.owner) === templatesOf(after, now.owner) &&
      again.isAllowed('before', finds.get(key) ?? []);
    return [{ ...told(change), ...(keeps && { keeps }) }];
  });
  const unclear = both.flatMap((key): HoleChange[] => {
    const old = was.get(key);
    const now = is.get(key);
    if (old === undefined || now === undefined) return [];
    const rests = (side: Side) => groundsOf(side, old.owner);
    if (identityOf(old) === identityOf(now) && rests(before) === rests(after)) return [];
    return [{ ...told({ before: old, after: now }), unclear: true }];
  });
  return { changes: [...changes, ...unclear], unchanged: both.length - unclear.length };
}

/** Changes by what they are told with. Those of an organisation go together, whichever of its roles or users asks. */
export function holeGroups(changes: readonly HoleChange[]): HoleGroup[] {
  const groups = new Map<string, [HoleChange, ...HoleChange[]]>();
  for (const change of changes) {
    const { kind, owner, asker, deed, basis } = holeIn(change);
    const who = asker.party.kind === 'organisation' ? asker.party : asker;
    const key = JSON.stringify(
      isOwnLoss(change)
        ? ['own loss', deed]
        : [isGain(change), change.unclear, change.keeps, kind, owner, who, deed, basis],
    );
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()].map((group) => {
    const gains = isGain(group[0]);
    const unclear = group[0].unclear === true;
    return { changes: group, gains, keeps: group[0].keeps === true, unclear, widens: unclear || gains };
  });
}

/** An organisation loses what nothing gave it of its own: where many lose it by one change, that is one thing to read. */
function isOwnLoss(change: HoleChange): boolean {
  const { kind, owner, asker } = holeIn(change);
  const { party } = asker;
  const isOwn = owner.kind === 'organisation' && party.kind === 'organisation' && owner.id === party.id;
  return kind === 'extra' && isOwn && !isGain(change) && !change.unclear && !change.keeps;
}

/** The difference as it is, or as it was where it has gone. */
export function holeIn({ before, after }: Change<Hole>): Hole {
  const hole = after ?? before;
  if (hole === undefined) throw new Error('a change of nothing');
  return hole;
}

/** What a side leaves unjudged: with any of these nothing can be said of it for certain. */
export function unjudgedIn({ findings }: Side): ProofFinding[] {
  return findings.filter(({ kind }) => kind === 'not judged' || kind === 'not understood');
}

function isGain(change: HoleChange): boolean {
  return !change.keeps && (change.after !== undefined) === (holeIn(change).kind === 'extra');
}

type FindingsByHole = ReadonlyMap<string, readonly [AccessFinding, ...AccessFinding[]]>;

function holesIn(findings: FindingsByHole): Map<string, Hole> {
  return new Map([...findings].map(([key, group]) => [key, holeOf(group)]));
}

function findingsByHole(findings: readonly ProofFinding[]): FindingsByHole {
  const groups = new Map<string, [AccessFinding, ...AccessFinding[]]>();
  for (const finding of findings) {
    if (finding.kind !== 'extra' && finding.kind !== 'missing') continue;
    const { kind, owner, asker, deed, basis, because } = finding;
    const key = JSON.stringify([idOf(owner), kind, ...nameOf(asker), deed, basis, because.map(sameReason)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return groups;
}

function holeOf(group: readonly [AccessFinding, ...AccessFinding[]]): Hole {
  const [{ kind, owner, asker, deed, request, basis, because }] = group;
  const requests = group.flatMap((each) => each.request ?? []);
  return {
    kind: kind === 'missing' ? 'missing' : 'extra',
    owner,
    asker: plainAsker(asker),
    deed,
    actions: [...new Set(requests.map(({ action }) => action))].sort(),
    resources: distinct(
      requests.flatMap(({ place, object, accessPoint }): HoleResource[] => [
        { place, object },
        ...(accessPoint === undefined ? [] : [{ accessPoint }]),
      ]),
    ),
    ...(basis !== undefined && { basis }),
    because,
    example: request?.context ?? {},
  };
}

function plainAsker({ awsOrganization: _, ...asker }: FindingAsker): Hole['asker'] {
  return asker;
}

/** Whose it is, and who asks, by what settles the order in which differences are told. */
function idOf(party: Party): string {
  switch (party.kind) {
    case 'organisation':
      return party.id;
    case 'stranger':
      return `${party.kind} ${party.account}`;
    case 'service':
      return `${party.kind} ${party.service}`;
    default:
      return `the ${party.kind}`;
  }
}

function nameOf({ party, as, permissions, left }: Hole['asker']): unknown[] {
  return [idOf(party), as?.arn, permissions, left];
}

/** Everything that makes one difference the same as another, as one text. */
function identityOf(hole: Hole): string {
  return JSON.stringify({ ...hole, because: hole.because.map(sameReason) });
}

/** What makes a reason the same: a statement with a name by that, wherever in its policy it stands. */
function sameReason(reason: FindingReason): unknown {
  switch (reason.kind) {
    case 'allows':
    case 'denies': {
      const { policy, statement, sid } = reason.by;
      return [reason.kind, policy, sid ?? statement];
    }
    case 'missing':
      return [reason.kind, reason.yes.part, reason.yes.policies];
    default:
      return reason;
  }
}

function distinct(resources: readonly HoleResource[]): HoleResource[] {
  const byText = new Map(resources.map((each) => [JSON.stringify(each), each]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function isAbout(change: Change<Hole>, statement: Change<PolicyStatement>, sides: readonly Side[]): boolean {
  const place = (statement.after ?? statement.before)?.place ?? '';
  const points = new Set(
    sides.flatMap(({ world }) =>
      world.buckets.flatMap(({ accessPoints }) =>
        accessPoints.filter((point) => point.place === place).map(({ arn }) => arn),
      ),
    ),
  );
  return [change.before, change.after].some(
    (hole) =>
      hole !== undefined &&
      (hole.because.some((reason) => placesOf(reason).includes(place)) ||
        hole.resources.some((each) =>
          'place' in each ? each.place === place : points.has(each.accessPoint),
        )),
  );
}

/** All that a hole in an owner’s account could rest on, as one text: its stacks, every role, and who belongs to what. */
function groundsOf(side: Side, owner: Owner): string {
  const { world } = side;
  const { organisations, zone } = world.register;
  return JSON.stringify([
    templatesOf(side, owner),
    organisations.map(({ id: each, account: number, membership }) => [each, number, membership]),
    zone,
    world.deployers,
  ]);
}

/** The part of it that is deployed. */
function templatesOf({ source, world }: Side, owner: Owner): string {
  const { organisations, zone } = world.register;
  const id = owner.kind === 'organisation' ? owner.id : undefined;
  const account = organisations.find((each) => each.id === id)?.account ?? zone.accounts.zone;
  return JSON.stringify([
    source.stacks.filter((stack) => stack.account === account).map(({ file }) => source.file(file)),
    source.stacks.flatMap((stack) =>
      Object.entries(stack.resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role'),
    ),
    id === undefined ? undefined : source.file(askedPolicyFile(id)),
    world.keys.map(({ arn, grants }) => [
      arn,
      grants.map(({ grantee, from, until }) => [grantee, from, until]),
    ]),
  ]);
}
