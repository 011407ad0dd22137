/**
 * Where templates and agreements differ, side by side: access that no agreement gives, and access that one gives and the
 * templates refuse. Each side is proven by itself, so what only one of them has is gained or lost by the change.
 */
import { askedPolicyFile } from '../assembly';
import type { ProofFinding } from '../proof/report';
import { type Change, changesOf } from './change';
import type { Side } from './side';
import { type PolicyStatement, statementChanges } from './statements';

/** One difference between templates and agreements, for every action and resource that it is about. */
export interface Hole {
  readonly kind: 'extra' | 'missing';
  /** The id of the organisation whose data, key or role it is, or words for another. */
  readonly owner: string;
  readonly who: string;
  readonly can: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** By what it should be allowed; of what is missing only. */
  readonly entitledBy?: string;
  /** The statements that make it so, or the yes that is missing. */
  readonly because: readonly string[];
  /** The values of condition keys of one such request. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** A difference that comes or goes, or that was there before and may have grown. */
export interface HoleChange extends Change<Hole> {
  /** The statements that come, go or change where it is. */
  readonly statements: readonly Change<PolicyStatement>[];
  /** There before and after, but something that it rests on has changed, so that it may be wider or narrower. */
  readonly unclear?: true;
}

/** How holes differ, and how many are on both sides with nothing changed that they could rest on. */
export function holeChanges(before: Side, after: Side): { changes: HoleChange[]; unchanged: number } {
  const was = holesIn(before.findings);
  const is = holesIn(after.findings);
  if (was.size + is.size === 0) return { changes: [], unchanged: 0 };
  const statements = statementChanges(before, after);
  const told = (change: Change<Hole>): HoleChange => ({
    ...change,
    statements: statements.filter((each) => isAbout(change, each, [before, after])),
  });
  // A hole is one and the same by who, what and why; its example may differ without meaning.
  const both = [...was.keys()].filter((key) => is.has(key));
  const same = (holes: ReadonlyMap<string, Hole>) =>
    new Map([...holes].filter(([key]) => !both.includes(key)));
  const changes = changesOf(same(was), same(is)).map(told);
  const unclear = both.flatMap((key): HoleChange[] => {
    const old = was.get(key);
    const now = is.get(key);
    if (old === undefined || now === undefined) return [];
    const rests = (side: Side) => groundsOf(side, old.owner);
    if (JSON.stringify(old) === JSON.stringify(now) && rests(before) === rests(after)) return [];
    return [{ ...told({ before: old, after: now }), unclear: true }];
  });
  return { changes: [...changes, ...unclear], unchanged: both.length - unclear.length };
}

/** What a side leaves unjudged: with any of these nothing can be said of it for certain. */
export function unjudgedIn({ findings }: Side): ProofFinding[] {
  return findings.filter(({ kind }) => kind === 'not judged' || kind === 'not understood');
}

function holesIn(findings: readonly ProofFinding[]): Map<string, Hole> {
  const groups = new Map<string, ProofFinding[]>();
  for (const finding of findings) {
    if (finding.kind !== 'extra' && finding.kind !== 'missing') continue;
    const { kind, owner, who, can, entitledBy, because } = finding;
    const key = JSON.stringify([owner, kind, who, can, entitledBy, because]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return new Map([...groups].map(([key, group]) => [key, holeOf(group)]));
}

function holeOf(group: readonly ProofFinding[]): Hole {
  const [first] = group;
  if (first === undefined) throw new Error('a hole without findings');
  const { kind, owner = '', who = '', can = '', entitledBy, because, context = {} } = first;
  const all = (values: readonly (string | undefined)[]) =>
    [...new Set(values.filter((each) => each !== undefined))].sort();
  return {
    kind: kind === 'missing' ? 'missing' : 'extra',
    owner,
    who,
    can,
    actions: all(group.map(({ action }) => action)),
    resources: all(group.flatMap(({ resource, accessPoint }) => [resource, accessPoint])),
    ...(entitledBy !== undefined && { entitledBy }),
    because,
    example: context,
  };
}

function isAbout(hole: Change<Hole>, statement: Change<PolicyStatement>, sides: readonly Side[]): boolean {
  const place = (statement.after ?? statement.before)?.place ?? '';
  return [hole.before, hole.after].some((each) => {
    if (each === undefined) return false;
    if (each.because.some((why) => why.includes(`'${place}'`))) return true;
    const points = sides.flatMap(({ world }) => world.buckets.flatMap(({ accessPoints }) => accessPoints));
    return each.resources.some(
      (resource) =>
        resource.split(' ')[0] === place ||
        points.some((point) => point.arn === resource && point.place === place),
    );
  });
}

/** All that a hole in an owner’s account could rest on, as one text: its stacks, every role, and who belongs to what. */
function groundsOf({ source, world }: Side, owner: string): string {
  const { organisations, zone } = world.register;
  const account = organisations.find(({ id }) => id === owner)?.account ?? zone.accounts.zone;
  return JSON.stringify([
    source.stacks.filter((stack) => stack.account === account).map(({ file }) => source.file(file)),
    source.stacks.flatMap((stack) =>
      Object.entries(stack.resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role'),
    ),
    source.file(askedPolicyFile(owner)),
    world.keys.map(({ arn, grants }) => [
      arn,
      grants.map(({ grantee, from, until }) => [grantee, from, until]),
    ]),
    organisations.map(({ id, account: number, membership }) => [id, number, membership]),
    zone,
    world.deployers,
  ]);
}
