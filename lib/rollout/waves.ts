/**
 * In which waves the stacks of a plan are deployed, as a pure function of the plan: the operator’s first, then a canary, one
 * organisation of each sector, and widening shares of the rest. What only takes away comes last, in such waves again.
 */
import type { AskedPolicy, Fleet, FleetStack } from './fleet';

/** How careful a rollout is. */
export interface Caution {
  /** The ids of the organisations that go first; none for the first of the plan. */
  readonly canary: readonly string[];
  /** How much of the rest is through after each further wave, in per cent; rising, the last is 100. */
  readonly shares: readonly number[];
  /** How many of a wave’s accounts may fail before the rollout stops, in per cent of them, rounded down. */
  readonly tolerance: number;
}

/** What a rollout does where nothing else is asked. */
export const USUAL_CAUTION: Caution = { canary: [], shares: [10, 40, 100], tolerance: 5 };

/** What a wave is for. `late`: what waits for something that is done by hand. */
export type WaveName = 'operator' | 'canary' | 'sectors' | 'share' | 'late';

/** Stacks that are deployed side by side; those of one account one after the other. */
export interface Wave {
  readonly kind: 'wave';
  readonly name: WaveName;
  /** Whether all that they do is to take away. */
  readonly takesAway: boolean;
  /** In the order of the plan. */
  readonly stacks: readonly FleetStack[];
  /** How many accounts may fail before the rollout stops. */
  readonly tolerated: number;
}

/** What somebody does by hand. */
export interface ByHand {
  readonly kind: 'by-hand';
  /** Whether the rollout goes on only once all of it is done. */
  readonly holdsUp: boolean;
  /** Deployed, handed over or deleted by their `by`. */
  readonly stacks: readonly FleetStack[];
  readonly asked: readonly AskedPolicy[];
  /** Stacks that moved: the old ones are to be deleted. */
  readonly moved: readonly FleetStack[];
}

/** One step of a rollout. */
export type Step = Wave | ByHand;

type Place = { readonly kind: 'by-hand' } | { readonly kind: 'wave'; readonly name: WaveName };
const BY_HAND: Place = { kind: 'by-hand' };
const wave = (name: WaveName): Place => ({ kind: 'wave', name });

/**
 * The steps of a rollout, in order. Each stack of the plan is in one of them. None is before one that it waits for: within a
 * step, stacks stand in the order of the plan. A stack that only takes away and for which one waits that gives goes with those
 * that give; all others of its kind come after the last that gives.
 * @param fleet in the order of the plan, in which none comes before one that it waits for
 */
export function stepsOf(fleet: Fleet, caution: Caution): Step[] {
  const { stacks, asked } = fleet;
  const first = neededByGiving(stacks);
  const waitedFor = new Set(stacks.flatMap(({ waitsFor }) => waitsFor));
  // For one that is left behind, others of its account alone wait.
  const isLeft = ({ stack, by }: FleetStack) =>
    by === 'left-behind' || (!waitedFor.has(stack) && (by === 'nobody' || by === 'organisation'));
  const giving = stacks.filter((each) => first.has(each.stack) && !isLeft(each));
  const taking = stacks.filter((each) => !first.has(each.stack) && !isLeft(each));
  const left = stacks.filter(isLeft);
  const moved = stacks.filter(({ from }) => from !== undefined);
  const steps: Step[] = [...arranged(giving, caution, false), ...arranged(taking, caution, true)];
  const [head, ...rest] = steps;
  const asking: ByHand = { kind: 'by-hand', holdsUp: true, stacks: [], asked, moved: [] };
  if (asked.length > 0)
    steps.splice(
      0,
      steps.length,
      ...(head?.kind === 'by-hand' ? [{ ...head, asked }, ...rest] : [asking, ...steps]),
    );
  if (left.length + moved.length > 0)
    steps.push({ kind: 'by-hand', holdsUp: false, stacks: left, asked: [], moved });
  return steps;
}

/**
 * The names of those that give, of all for which one of them waits, and of what the plan has an administrator do before one of
 * them, such as guardrails. What is handed over counts where somebody waits for it.
 */
function neededByGiving(stacks: readonly FleetStack[]): Set<string> {
  const needed = new Set<string>();
  // Those that wait stand behind those that they wait for.
  for (const { stack, takesAway, by, waitsFor } of [...stacks].reverse()) {
    const isBefore = by === 'administrator' && needed.size > 0;
    if (needed.has(stack) || isBefore || (!takesAway && (by === 'rollout' || by === 'administrator'))) {
      needed.add(stack);
      for (const each of waitsFor) needed.add(each);
    }
  }
  return needed;
}

function arranged(stacks: readonly FleetStack[], caution: Caution, takesAway: boolean): Step[] {
  const { places, placeOf } = usualPlaces(stacks, caution, takesAway);
  const placed = new Map<string, number>();
  const held: FleetStack[][] = places.map(() => []);
  for (const each of stacks) {
    const isByHand = each.by !== 'rollout';
    const earliest = Math.max(placeOf(each), ...each.waitsFor.map((other) => placed.get(other) ?? 0));
    let at = earliest;
    while (places[at] !== undefined && (places[at]?.kind === 'by-hand') !== isByHand) at++;
    if (places[at] === undefined) {
      places.push(isByHand ? BY_HAND : wave('late'));
      held.push([]);
    }
    held[at]?.push(each);
    placed.set(each.stack, at);
  }
  return places.flatMap((place, at): Step[] => {
    const own = held[at] ?? [];
    if (own.length === 0) return [];
    if (place.kind === 'by-hand')
      return [{ kind: 'by-hand', holdsUp: true, stacks: own, asked: [], moved: [] }];
    const accounts = new Set(own.map(({ account }) => account)).size;
    const strict = place.name === 'operator' || place.name === 'canary';
    const tolerated = strict ? 0 : Math.floor((accounts * caution.tolerance) / 100);
    return [{ kind: 'wave', name: place.name, takesAway, stacks: own, tolerated }];
  });
}

/** The places of a part of the plan, and where each stack would be if it waited for none. */
function usualPlaces(stacks: readonly FleetStack[], caution: Caution, takesAway: boolean) {
  const deployed = stacks.filter(({ by }) => by === 'rollout');
  const accounts = distinct(deployed.filter(isOfOrganisation), ({ account }) => account);
  const asked = accounts.filter(({ organisation = '' }) => caution.canary.includes(organisation));
  const canary = asked.length > 0 ? asked : accounts.slice(0, 1);
  const seen = new Set(canary.map(({ sector }) => sector));
  const others = accounts.filter((each) => !canary.includes(each));
  const sectors = distinct(others, ({ sector }) => sector ?? '').filter(({ sector }) => !seen.has(sector));
  const rest = others.filter((each) => !sectors.includes(each));
  const operator: readonly Place[] = [BY_HAND, wave('operator'), BY_HAND];
  const organisations = [wave('canary'), wave('sectors'), ...caution.shares.map(() => wave('share'))];
  // The plan has the operator’s first where they give, and last where they take away; guardrails come first.
  const places: Place[] = takesAway
    ? [BY_HAND, ...organisations, ...operator]
    : [...operator, ...organisations];
  const base = takesAway ? 1 : operator.length;
  const of = new Map<string, number>([
    ...canary.map(({ account }) => [account, base] as const),
    ...sectors.map(({ account }) => [account, base + 1] as const),
    ...rest.map(({ account }, index) => {
      const through = caution.shares.findIndex((share) => index < Math.ceil((rest.length * share) / 100));
      return [account, base + 2 + Math.max(through, 0)] as const;
    }),
  ]);
  const lastOfOrganisations = stacks.findLastIndex((each) => each.by === 'rollout' && isOfOrganisation(each));
  const placeOf = (each: FleetStack) => {
    if (each.by === 'rollout' && isOfOrganisation(each)) return of.get(each.account) ?? base;
    const isFirst = each.by !== 'rollout' && stacks.indexOf(each) < lastOfOrganisations;
    return takesAway && !isFirst ? base + organisations.length : 0;
  };
  return { places, placeOf };
}

function isOfOrganisation({ organisation }: FleetStack): boolean {
  return organisation !== undefined;
}

/** The first of each kind, in order. */
function distinct<T>(items: readonly T[], kindOf: (item: T) => string): T[] {
  const kinds = new Set<string>();
  return items.filter((each) => !kinds.has(kindOf(each)) && kinds.add(kindOf(each)));
}
