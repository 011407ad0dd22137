/**
 * The access proof: asks of everything that holds shared data, for everybody who could ask, whether the templates allow what
 * the agreements imply, and nothing else. Of groups of questions that differ in names alone it asks one.
 */
import type { World } from '../assembly';
import { Askers } from './askers';
import { baselineProof } from './baseline/baseline';
import { classesOf } from './classes';
import { Entitlements } from './entitlement/entitlements';
import { type Answer, examine } from './examine';
import { type Group, groupsOf, seenFrom } from './groups';
import { type GuardrailsProof, guardrailsProof } from './guardrails/guardrails';
import type { Asker } from './question';
import { lettingInFindings } from './rights/letting-in';
import { retiringFindings } from './rights/retiring';
import { type RightFinding, rightFindings } from './rights/rights';
import { type Bundles, type SettingFinding, settingFindings } from './settings/settings';
import { Shapes } from './shape';
import type { ImpliedShare } from './shares';
import { Speller } from './spelling';
import { varyingVariables } from './variables';
import { questionOf } from './way';
import { everyWay, type OwnedWay, withoutAccessPoint } from './ways';

/** What the proof came to. */
export interface Proof {
  readonly organisations: number;
  /** Ordered pairs of organisations. */
  readonly pairs: number;
  readonly shares: number;
  /** Requests that the engine decided. */
  readonly asked: number;
  /** Requests that were each compared with what agreements imply. */
  readonly compared: number;
  /** Requests that these stand for: the same for every asker and every action of one class. */
  readonly covered: number;
  readonly differences: readonly Answer[];
  readonly notJudged: readonly Answer[];
  /** Shares that the agreements imply, for which there is no access point. */
  readonly withoutAccessPoint: readonly ImpliedShare[];
  /** What is not made, or not set, as it is to be. */
  readonly settings: readonly SettingFinding[];
  /** What roles may do beyond their purpose, and what they lack for it. */
  readonly rights: readonly RightFinding[];
  /** The guardrails, with all of them attached and as they stand. */
  readonly guardrails: GuardrailsProof;
  readonly notUnderstood: readonly string[];
}

/** How thoroughly to ask. The first two are slow, and there to check what makes a proof quick. */
export interface ProofSettings {
  /** Has the engine decide every request that is compared. */
  readonly askEach?: boolean;
  /** Asks every group by itself, whatever its shape. */
  readonly askAlike?: boolean;
  /** Asks of no bucket, key, role or table of a stack: what is left takes no time. */
  readonly besidesAccess?: boolean;
  /** What functions are to run; whether they do is not asked where it is not given. */
  readonly bundles?: Bundles;
}

/**
 * Proves a world.
 * @param only the accounts whose resources are asked for; all if not given
 */
export function prove(world: World, only?: ReadonlySet<string>, settings: ProofSettings = {}): Proof {
  return new Prover(world, settings).run(only);
}

function isAsked(account: string, only: ReadonlySet<string> | undefined): boolean {
  return only === undefined || only.has(account);
}

/** What was counted. */
interface Counts {
  readonly asked: number;
  readonly compared: number;
  readonly covered: number;
}

class Prover {
  readonly #counts = { asked: 0, compared: 0, covered: 0 };
  /** What one account of each shape of a group covers, where nothing was wrong. */
  readonly #sound = new Map<string, number>();
  /** What all groups cover of each shape of a way, where nothing was wrong. */
  readonly #soundWays = new Map<string, number>();
  /** What one question stands for of each shape of asker, and action, where nothing was wrong. */
  readonly #soundQuestions = new Map<string, number>();
  readonly #answers: Answer[] = [];
  readonly #askers: Askers;
  readonly #entitlements: Entitlements;
  readonly #speller: Speller;
  readonly #shapes: Shapes;

  constructor(
    private readonly world: World,
    private readonly settings: ProofSettings,
  ) {
    this.#askers = new Askers(world);
    this.#entitlements = new Entitlements(world);
    this.#speller = new Speller(world.register);
    this.#shapes = new Shapes(this.#speller);
  }

  run(only: ReadonlySet<string> | undefined): Proof {
    const { register, notUnderstood } = this.world;
    const { organisations } = register;
    const shares = organisations
      .filter(({ account }) => only === undefined || only.has(account))
      .flatMap(({ account }) => this.#entitlements.sharesOf(account));
    if (!this.settings.besidesAccess) for (const way of everyWay(this.world, only)) this.#way(way);
    const isManagement = isAsked(register.zone.accounts.management, only);
    const baseline = isManagement ? this.#baseline() : undefined;
    const speller = this.settings.askAlike ? undefined : this.#speller;
    return {
      organisations: organisations.length,
      pairs: organisations.length * (organisations.length - 1),
      shares: this.#entitlements.shares.length,
      ...this.#counts,
      differences: this.#answers.filter(({ kind }) => kind !== 'not judged'),
      notJudged: this.#answers.filter(({ kind }) => kind === 'not judged'),
      withoutAccessPoint: withoutAccessPoint(this.world, shares),
      rights: [
        ...rightFindings(this.world, only, speller),
        ...lettingInFindings(this.world, only, speller),
        ...retiringFindings(this.world, only),
        ...(baseline?.rights ?? []),
      ],
      settings: [...settingFindings(this.world, only, this.settings.bundles), ...(baseline?.settings ?? [])],
      guardrails: isManagement ? guardrailsProof(this.world) : { findings: [] },
      notUnderstood: [...notUnderstood, ...varyingVariables(this.world)],
    };
  }

  /** What StackSets make; of the requests, those of one account stand for those of all. */
  #baseline() {
    const { answers, asked, compared, ...rest } = baselineProof(this.world);
    this.#answers.push(...answers);
    this.#counts.asked += asked;
    this.#counts.compared += compared;
    this.#counts.covered += compared;
    return rest;
  }

  #way({ way, owner, keyArn, readers }: OwnedWay): void {
    const shares = way.target.kind === 'role' ? [] : this.#entitlements.sharesOf(way.target.account);
    const known = {
      owner,
      keyArn,
      isActive: this.#entitlements.isActive(owner),
      awsOrganization: this.#askers.organizationOf(way.target.account),
    };
    const seen = seenFrom(way, owner, shares, this.#askers, readers);
    const shape = this.settings.askAlike ? undefined : this.#shapes.ofWay(seen, known, this.#askers);
    const before = shape === undefined ? undefined : this.#soundWays.get(shape);
    if (before !== undefined) {
      this.#counts.covered += before;
      return;
    }
    const { covered } = this.#counts;
    let isSound = true;
    for (const each of groupsOf(seen, this.#askers)) isSound = this.#group({ ...known, ...each }) && isSound;
    if (shape !== undefined && isSound) this.#soundWays.set(shape, this.#counts.covered - covered);
  }

  /** Whether everything is right, and need not be asked again of what is of its shape. */
  #group(group: Group): boolean {
    const shape = this.settings.askAlike ? undefined : this.#shapes.of(group);
    const known = shape === undefined ? undefined : this.#sound.get(shape);
    if (known !== undefined) {
      this.#counts.covered += known * group.covers;
      return true;
    }
    const before = this.#answers.length;
    const { asked, compared, covered } = this.#ask(group);
    this.#counts.asked += asked;
    this.#counts.compared += compared;
    this.#counts.covered += covered * group.covers;
    // What is wrong is to be said of each owner concerned, so its shape is asked about again.
    if (shape === undefined || this.#answers.length > before) return false;
    this.#sound.set(shape, covered);
    return true;
  }

  #ask(group: Group): Counts {
    const { way, owner, askers, shares, keyArn, awsOrganization } = group;
    const { target } = way;
    const toQuestion = (asker: Asker, action: string) => questionOf(way, asker, action, awsOrganization);
    const counts = { asked: 0, compared: 0, covered: 0 };
    const classes = classesOf(
      target,
      askers.map((asker) => ({ asker, covers: 1 })),
      toQuestion,
      (question) => this.#entitlements.of(question, owner, shares, keyArn),
      (asker) => this.#entitlements.couldEntitle(asker, target, shares),
    );
    const shapeOf = this.#shapesIn(group);
    for (const { question, entitlement, covers } of classes) {
      const one = shapeOf(question.asker);
      const shape = one === undefined ? undefined : `${one} ${question.action}`;
      const known = shape === undefined ? undefined : this.#soundQuestions.get(shape);
      if (known !== undefined) {
        counts.covered += known * covers;
        continue;
      }
      const { asked, compared, answers } = examine(question, entitlement, this.settings.askEach);
      if (shape !== undefined && answers.length === 0) this.#soundQuestions.set(shape, compared);
      counts.asked += asked;
      counts.compared += compared;
      counts.covered += compared * covers;
      // Nobody has to be able to do anything through what no template makes.
      this.#answers.push(...answers.filter(({ kind }) => !(way.byOthers && kind === 'missing')));
    }
    return counts;
  }

  /**
   * The shapes of those who ask, one by one, of an owner’s own bucket: nobody is asked more, and buckets whose roles differ in one
   * have all others in common. Elsewhere to write the shapes down would take as long as to ask.
   */
  #shapesIn(group: Group): (asker: Asker) => string | undefined {
    const { target } = group.way;
    const known = new Map<Asker, string | undefined>();
    if (this.settings.askAlike || target.kind !== 'bucket') return () => undefined;
    return (asker) => {
      if (asker.caller.account !== target.account) return undefined;
      if (!known.has(asker)) known.set(asker, this.#shapes.ofOne(group, asker));
      return known.get(asker);
    };
  }
}
