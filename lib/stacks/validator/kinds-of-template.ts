/** Templates of one shape, and a few of them in which all is to be seen that is to be seen in any. */
import type { PolicyValidationStack } from 'aws-cdk-lib';
import { type NameKind, type Shape, type Sight, sightsIn } from '../../compliance/shapes';
import type { ToldShape, ToldShapes } from '.';

/** The templates of one shape in one Region. */
export interface Kind {
  /** The first of them, in which its sights are. */
  readonly stack: PolicyValidationStack;
  readonly bytes: number;
  /** By key. */
  readonly sights: ReadonlyMap<string, Sight>;
  readonly stacks: PolicyValidationStack[];
}

/** Templates by their shapes. */
export class KindsOfTemplate {
  readonly #byShape = new Map<string, Kind>();
  /** One may be of different kinds in the templates of different accounts. */
  readonly #names = new Map<string, readonly [name: string, kind: NameKind]>();
  readonly #told = new Map<string, ToldShape>();
  #holders: Map<string, Kind[]> | undefined;
  #bytes = 0;

  /** Adds a template, which is as long as told. Gives whether it is the first of its shape. */
  add(stack: PolicyValidationStack, bytes: number, shape: Shape): boolean {
    this.#bytes += bytes;
    for (const each of shape.names) this.#names.set(each.join(' '), each);
    const labels = new Map(Array.from(shape.resources, ([id, { label }]) => [id, label]));
    this.#told.set(stack.stackConstructPath, { whole: shape.whole, labels });
    const key = `${stack.region} ${shape.whole}`;
    const kind = this.#byShape.get(key);
    if (kind) {
      kind.stacks.push(stack);
      return false;
    }
    const sights = new Map(sightsIn(shape).map((sight) => [placed(stack, sight.key), sight]));
    this.#byShape.set(key, { stack, bytes, sights, stacks: [stack] });
    this.#holders = undefined;
    return true;
  }

  /** All names that stand in the templates, with their kinds. */
  get names(): Iterable<readonly [name: string, kind: NameKind]> {
    return this.#names.values();
  }

  /** What rule packs are told of the shape of each template. */
  get told(): ToldShapes {
    return this.#told;
  }

  /** How long all templates are. */
  get bytes(): number {
    return this.#bytes;
  }

  get all(): readonly Kind[] {
    return [...this.#byShape.values()];
  }

  /** Those in which something is to be seen. */
  holding(key: string): readonly Kind[] {
    return this.#held().get(key) ?? [];
  }

  /** Whether it is one template in which nothing is to be seen that another has as well. */
  isAlone({ stacks, sights }: Kind): boolean {
    return stacks.length === 1 && Array.from(sights.keys()).every((key) => this.holding(key).length === 1);
  }

  #held(): ReadonlyMap<string, readonly Kind[]> {
    if (this.#holders) return this.#holders;
    this.#holders = new Map<string, Kind[]>();
    for (const kind of this.all)
      for (const key of kind.sights.keys()) {
        const list = this.#holders.get(key);
        if (list) list.push(kind);
        else this.#holders.set(key, [kind]);
      }
    return this.#holders;
  }
}

/** What is seen in a template: rules tell Regions apart. */
export function placed({ region }: PolicyValidationStack, sight: string): string {
  return `${region} ${sight}`;
}

/** A template that is judged for what is to be seen in it. */
export interface Chosen {
  readonly kind: Kind;
  readonly sights: readonly Sight[];
}

/**
 * As few as a simple search finds, so that each sight is in one of them: the one with most that are left, the shortest first.
 * @param settled the keys of sights that are in others
 */
export function covering({ all }: KindsOfTemplate, settled: ReadonlySet<string> = new Set()): Chosen[] {
  const left = new Set(all.flatMap(({ sights }) => [...sights.keys()].filter((key) => !settled.has(key))));
  const chosen: Chosen[] = [];
  while (left.size > 0) {
    let best: Kind | undefined;
    let most = 0;
    for (const kind of all) {
      let count = 0;
      for (const key of kind.sights.keys()) if (left.has(key)) count += 1;
      if (count > most || (count === most && count > 0 && kind.bytes < (best?.bytes ?? 0))) {
        best = kind;
        most = count;
      }
    }
    if (best === undefined) break;
    const sights = [...best.sights].flatMap(([key, sight]) => (left.delete(key) ? [sight] : []));
    chosen.push({ kind: best, sights });
  }
  return chosen;
}
