/** What becomes of a mutant: killed by the proof, shown equivalent by the engine, not asked about, or left alive. */
import { type Assembly, AssemblyError, type World, worldOf } from '../../lib/assembly';
import type { AskedGrant } from '../../lib/assembly/world';
import { compile, type Policy } from '../../lib/iam/policy';
import { NO } from '../../lib/iam/truth';
import { why } from '../../lib/iam/why';
import { deedOf } from '../../lib/proof/actions';
import { tellAsker } from '../../lib/proof/in-words';
import type { Question } from '../../lib/proof/question';
import { differenceOf } from './beside-access';
import { CommandsSay } from './commands-say';
import { compare, type Difference, SAME, type Versions } from './compare';
import { isAction } from './ever-asked';
import { type Asked, Inquiry, type Replacement } from './inquiry';
import { compiled, grantsWith, policyIn, worldWith } from './mutated-world';
import { type Mutant, type PlacedPolicy, type PolicySort, sourceWith } from './policies';
import { reasonFor } from './reasons';
import { foundIn, foundInAll } from './scope';

/** What became of it. */
export type Outcome =
  | { readonly fate: 'killed'; readonly by: string }
  | { readonly fate: 'equivalent'; readonly why: string }
  | { readonly fate: 'not asked'; readonly why: string }
  | { readonly fate: 'survived'; readonly request: string };

/** Says what the proof finds of a mutant; undefined if nothing. A test gives one that lies. */
export interface Oracle {
  /** Where it asks the one question that is known to be answered otherwise. */
  readonly atQuestion: (inquiry: Inquiry, asked: Asked, after: Replacement) => string | undefined;
  /** In the parts that the policy has a say in, that of the question first. */
  readonly inPart: (world: World, placed: PlacedPolicy, first: Question) => string | undefined;
  readonly inAll: (world: World) => string | undefined;
  /** Without asking about access. */
  readonly besides: (say: CommandsSay, changed: Assembly, account: string) => string | undefined;
}

const PROOF: Oracle = {
  atQuestion: (inquiry, asked, after) => inquiry.found(asked, after),
  inPart: foundIn,
  inAll: foundInAll,
  besides: (say, changed, account) => say.atOnce(changed, account),
};
/** Asked about statement by statement. */
const BY_STATEMENT: ReadonlySet<PolicySort> = new Set(['what a role may do', 'queue', 'topic']);

/** The proof says of making and changing access points that it does not judge it; by its patterns it still finds some. */
const NOT_JUDGED = /AccessPoint/;

const OPEN = { Effect: 'Allow', Action: '*', Resource: '*' };

/** Judges the mutants of one assembly. */
export class Judge {
  readonly world: World;
  readonly #inquiry: Inquiry;
  readonly #asked = new Map<PlacedPolicy, boolean>();
  readonly #say: CommandsSay;

  constructor(
    private readonly source: Assembly,
    private readonly proof: Oracle = PROOF,
  ) {
    this.world = worldOf(source);
    this.#inquiry = new Inquiry(this.world);
    this.#say = new CommandsSay(source);
  }

  /** What becomes of the mutant: by what the proof asks of each resource, or by what the commands ask beside it. */
  judge(mutant: Mutant): Outcome {
    const outcome = this.#byResource(mutant);
    return outcome.fate === 'killed' || outcome.fate === 'survived'
      ? outcome
      : this.#besides(mutant, outcome);
  }

  /**
   * Whether nobody could be asked about it, as far as can be told without judging it: what this says no to is killed,
   * equivalent or survives. It follows, line by line, what `judge` calls not asked.
   */
  couldBeNotAsked(mutant: Mutant): boolean {
    const { policy: placed } = mutant;
    const { sort } = placed;
    // Asked about statement by statement, where nobody is left out.
    if (sort === 'what a role may do') return false;
    if (BY_STATEMENT.has(sort) || !this.#isAsked(placed)) return true;
    if (sort !== 'bucket' && sort !== 'access point') return false;
    try {
      const { versions } = this.#ofPolicy(mutant);
      return speaksOfAccessPoints(versions) || (sort === 'bucket' && tellsAccessPointsApart(versions));
    } catch (error) {
      if (error instanceof AssemblyError) return false;
      throw error;
    }
  }

  /** The same, and whether the two versions answer anything differently there: a part of what `judge` compares. */
  differsWhereNobodyAsks(mutant: Mutant): boolean {
    const { policy: placed } = mutant;
    if ((placed.sort !== 'bucket' && placed.sort !== 'access point') || !this.#isAsked(placed)) return true;
    const { versions } = this.#ofPolicy(mutant);
    const joined = { placed, old: versions.before, policy: versions.joined, grants: undefined };
    const isOther = ({ question }: Asked) => compare(question, versions).difference !== undefined;
    for (const asked of this.#inquiry.about(joined))
      if (NOT_JUDGED.test(asked.question.action) && isOther(asked)) return true;
    if (placed.sort !== 'bucket' || !tellsAccessPointsApart(versions)) return false;
    return [...this.#inquiry.throughInvented(joined)].some(isOther);
  }

  #besides(mutant: Mutant, outcome: Outcome): Outcome {
    const { policy: placed } = mutant;
    const changed = sourceWith(this.source, mutant);
    try {
      const at = this.proof.besides(this.#say, changed, placed.stack.account);
      if (at !== undefined) return { fate: 'killed', by: at };
      if (outcome.fate === 'equivalent') return outcome;
      const found = this.#byOthers(changed);
      if (found !== undefined) return { fate: 'killed', by: found };
      const reason = reasonFor({ ...placed, ...mutant, type: placed.sort, path: placed.path.join('.') });
      if (reason !== undefined) return reason;
      const difference = BY_STATEMENT.has(placed.sort)
        ? differenceOf(this.world, placed, changed)
        : undefined;
      if (difference !== undefined && !difference.isOfOwnPeople)
        return { fate: 'survived', request: difference.request };
      if (difference !== undefined)
        return {
          fate: 'not asked',
          why: 'its own account’s people are as free there as that account makes them',
        };
      return BY_STATEMENT.has(placed.sort)
        ? {
            fate: 'equivalent',
            why: 'both versions answer alike to all that any of their statements speaks of',
          }
        : outcome;
    } catch (error) {
      if (error instanceof AssemblyError) return { fate: 'killed', by: 'refused' };
      throw error;
    }
  }

  /** A test’s proof stands for all of the commands. */
  #byOthers(changed: Assembly): string | undefined {
    return this.proof === PROOF ? (this.#say.evidence(changed) ?? this.#say.custody(changed)) : undefined;
  }

  #byResource(mutant: Mutant): Outcome {
    const { policy: placed } = mutant;
    if (!this.#isAsked(placed))
      return { fate: 'not asked', why: 'the proof asks nothing that depends on this policy' };
    let versions: Versions;
    let world: World;
    try {
      ({ versions, world } =
        placed.sort === 'list of grants' ? this.#ofGrants(mutant) : this.#ofPolicy(mutant));
    } catch (error) {
      if (error instanceof AssemblyError) return { fate: 'killed', by: 'refused' };
      throw error;
    }
    return this.#compared(placed, world, versions);
  }

  /** Whether the whole proof finds it, in the assembly changed and read anew. */
  isFoundInAll(mutant: Mutant): boolean {
    try {
      const changed = sourceWith(this.source, mutant);
      const world = worldOf(changed);
      return (
        (this.proof.inAll(world) ??
          this.proof.besides(this.#say, changed, mutant.policy.stack.account) ??
          this.#byOthers(changed)) !== undefined
      );
    } catch (error) {
      if (error instanceof AssemblyError) return true;
      throw error;
    }
  }

  #compared(placed: PlacedPolicy, world: World, versions: Versions): Outcome {
    const reasons = new Set<string>();
    let isBesideTheProof = false;
    const grants = this.#joinedGrants;
    const joined = { placed, old: versions.before, policy: versions.joined, grants };
    const after = {
      of: (policy: Policy) => (policy === versions.joined ? (versions.after ?? policy) : policy),
      without: versions.grantsBefore,
    };
    // Of one question as of another.
    let inAll: { readonly found: string | undefined } | undefined;
    for (const asked of this.#inquiry.about(joined)) {
      const compared = compare(asked.question, versions);
      for (const each of compared.reasons) reasons.add(each);
      if (compared.difference === undefined) continue;
      const isIdle = compared.difference.after.verdict !== 'allowed' && !isAction(asked.question.action);
      let found =
        this.proof.atQuestion(this.#inquiry, asked, after) ??
        this.proof.inPart(world, placed, asked.question);
      // What nobody can ask for is no reason to prove the whole zone.
      if (found === undefined && !isIdle) {
        inAll ??= { found: this.proof.inAll(world) };
        found = inAll.found;
      }
      if (found !== undefined) return { fate: 'killed', by: found };
      if (isIdle) {
        reasons.add('it refuses an action that AWS does not have');
        continue;
      }
      if (!NOT_JUDGED.test(asked.question.action))
        return { fate: 'survived', request: inWords(compared.difference) };
      isBesideTheProof = true;
    }
    if (isBesideTheProof)
      return {
        fate: 'not asked',
        why: 'it changes who makes and changes access points, which is not judged',
      };
    if (placed.sort === 'bucket' && tellsAccessPointsApart(versions)) {
      const beside = this.#throughInvented(placed, world, versions, joined);
      if (beside !== undefined) return beside;
    }
    const telling = [...reasons].filter((each) => each !== SAME).sort();
    if (reasons.size > 0) return { fate: 'equivalent', why: telling.join('; ') || SAME };
    return placed.sort === 'what a role may do'
      ? {
          fate: 'not asked',
          why: 'the statement is about what the proof does not ask about, before and after',
        }
      : { fate: 'equivalent', why: 'nobody is spoken of by what was changed, before or after' };
  }

  /** Whoever makes an access point for himself may lose what the bucket gave it: nobody has to be able to do anything there. */
  #throughInvented(
    placed: PlacedPolicy,
    world: World,
    versions: Versions,
    joined: Parameters<Inquiry['throughInvented']>[0],
  ): Outcome | undefined {
    let isLess = false;
    for (const { question } of this.#inquiry.throughInvented(joined)) {
      const { difference } = compare(question, versions);
      if (difference === undefined) continue;
      isLess = true;
      if (difference.before.verdict === 'allowed') continue;
      const found = this.proof.inPart(world, placed, question) ?? this.proof.inAll(world);
      return found === undefined
        ? { fate: 'not asked', why: 'it shows through access points that no template makes' }
        : { fate: 'killed', by: found };
    }
    return isLess
      ? {
          fate: 'equivalent',
          why: 'it takes away what nobody has to be able to do, through access points that no template makes',
        }
      : undefined;
  }

  #joinedGrants: readonly AskedGrant[] | undefined;

  #ofPolicy({ policy: placed, document }: Mutant): { versions: Versions; world: World } {
    this.#joinedGrants = undefined;
    const before = policyIn(this.world, placed);
    const original = compiled(placed, placed.document);
    const changed = compiled(placed, document);
    if (before === undefined || original === undefined || changed === undefined)
      throw new Error(`${placed.place} is not in the world`);
    const keep = new Map<string, number>();
    for (const each of changed.statements.map((one) => JSON.stringify(one)))
      keep.set(each, (keep.get(each) ?? 0) + 1);
    const onlyBefore = new Set<number>();
    original.statements.forEach((each, n) => {
      const text = JSON.stringify(each);
      const left = keep.get(text) ?? 0;
      if (left === 0) onlyBefore.add(n);
      else keep.set(text, left - 1);
    });
    const added = changed.statements.filter((each) => {
      const text = JSON.stringify(each);
      const left = keep.get(text) ?? 0;
      if (left > 0) keep.set(text, left - 1);
      return left > 0;
    });
    const Statement = [...original.statements, ...added];
    const joined = compile(
      { Version: document.Version, Statement },
      { kind: before.kind, name: placed.place },
    );
    const onlyAfter = new Set(added.map((_, n) => original.statements.length + n));
    const none: ReadonlySet<AskedGrant> = new Set();
    const versions = { joined, before, after: changed.policy, onlyBefore, onlyAfter };
    return {
      versions: { ...versions, grantsBefore: none, grantsAfter: none },
      world: worldWith(this.world, placed, changed.policy),
    };
  }

  #ofGrants(mutant: Mutant): { versions: Versions; world: World } {
    const { stack } = mutant.policy;
    const key = this.#keyOf(mutant.policy);
    if (key === undefined) throw new Error(`${stack.name} has a list of grants and no key`);
    const grants = grantsWith(this.source, mutant, key.arn);
    const names = new Map(key.grants.map((each) => [nameOf(each), each]));
    const after = grants.map((each) => names.get(nameOf(each)) ?? each);
    const kept = new Set(after);
    const had = new Set(key.grants);
    this.#joinedGrants = [...key.grants, ...after.filter((each) => !had.has(each))];
    const nothing: Policy | undefined = undefined;
    return {
      versions: {
        joined: nothing,
        before: nothing,
        after: nothing,
        onlyBefore: new Set(),
        onlyAfter: new Set(),
        grantsBefore: new Set(key.grants.filter((each) => !kept.has(each))),
        grantsAfter: new Set(after.filter((each) => !had.has(each))),
      },
      world: {
        ...this.world,
        keys: this.world.keys.map((each) => (each === key ? { ...key, grants } : each)),
      },
    };
  }

  #keyOf({ stack }: PlacedPolicy) {
    const bucket = this.world.buckets.find(({ account }) => account === stack.account);
    return this.world.keys.find(({ arn }) => arn === bucket?.key);
  }

  /** Whether the proof sees so much as a policy that lets everybody do everything. */
  #isAsked(placed: PlacedPolicy): boolean {
    let asked = this.#asked.get(placed);
    if (asked !== undefined) return asked;
    if (placed.sort === 'list of grants') asked = this.#keyOf(placed) !== undefined;
    else {
      const old = policyIn(this.world, placed);
      const { kind = 'identity' } = old ?? {};
      const open =
        kind === 'identity'
          ? OPEN
          : kind === 'trust'
            ? { ...OPEN, Principal: '*', Resource: undefined }
            : { ...OPEN, Principal: '*' };
      const document = JSON.parse(JSON.stringify({ Version: '2012-10-17', Statement: [open] })) as unknown;
      asked =
        old !== undefined &&
        foundIn(worldWith(this.world, placed, compile(document, { kind, name: placed.place })), placed) !==
          undefined;
    }
    this.#asked.set(placed, asked);
    return asked;
  }
}

/** Actions on access points that a policy could name; a pattern that takes any of them is taken for one that speaks of them. */
const ON_ACCESS_POINTS = ['', 'Create', 'Delete', 'Get', 'Put', 'List', 'Update'].flatMap((verb) =>
  ['', 'Policy', 'PolicyStatus', 'Scope', 'ForObjectLambda', 's'].map((rest) =>
    `s3:${verb}AccessPoint${rest}`.toLowerCase(),
  ),
);

/** Whether what changed could be about making and changing access points. */
function speaksOfAccessPoints({ joined, onlyBefore, onlyAfter }: Versions): boolean {
  return (joined?.statements ?? []).some(
    ({ index, actions }) =>
      (onlyBefore.has(index) || onlyAfter.has(index)) &&
      (ON_ACCESS_POINTS.some((each) => actions.matches(each) !== NO) ||
        actions.patterns.some((each) => NOT_JUDGED.test(each))),
  );
}

/** Whether what changed depends on which access point a request comes through. */
function tellsAccessPointsApart({ joined, onlyBefore, onlyAfter }: Versions): boolean {
  return (joined?.statements ?? []).some(
    ({ index, conditions }) =>
      (onlyBefore.has(index) || onlyAfter.has(index)) &&
      conditions.some(({ key }) => key.startsWith('s3:dataaccesspoint')),
  );
}

function nameOf({ grant, grantee, from, until }: AskedGrant): string {
  return JSON.stringify([grant.input, grantee, from, until]);
}

/** The request, with what becomes of it before and after. */
function inWords({ question, object, context, before, after }: Difference): string {
  const { asker, action, target, accessPoint } = question;
  const when = Object.entries(context).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return [
    `${tellAsker(asker)}: ${deedOf(action)} (${action}) on ${target.place}${object === '' ? '' : ` ${object}`}`,
    ...(accessPoint === undefined ? [] : [`through ${accessPoint}`]),
    ...(when.length === 0 ? [] : [`when ${when.join(', ')}`]),
    `before: ${before.verdict}, ${why(before).join('; ')}`,
    `after: ${after.verdict}, ${why(after).join('; ')}`,
  ].join('\n  ');
}
