/** What stands for values that the CDK works out late, in a template: worked out as the CDK does, and copied less. */
import {
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  type ResolveChangeContextOptions,
  Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PlainPolicy } from '../constructs';

/** What every text and number that stands for something else has in it (`core/lib/private/encoding.ts` of the CDK). */
const STANDS_FOR_TEXT = 'Token[';
const STANDS_FOR_LIST = '#{Token[';
const STANDS_FOR_NUMBER = 'e+289';
const LEAST_NUMBER = 1e287;

/**
 * Gives the same as the CDK’s own `Stack.resolve`, for which each value is walked with its path, copied and marked. Most of a
 * template is plain, and three walks of it were a third of a synth (docs/performance.md). What is not plain goes to the CDK.
 */
export class Resolution {
  readonly #made = new WeakSet<object>();

  /** @param resolve the CDK’s own way, for texts, numbers and whatever is not known here */
  constructor(
    private readonly scope: IConstruct,
    private readonly resolve: (value: unknown) => unknown,
  ) {}

  /** Of a value that may be resolved again as a part of another: resources are, as parts of their template. */
  of(value: unknown): unknown {
    let resolved: unknown;
    try {
      resolved = this.#walk(value);
    } catch {
      // What is refused is refused by the CDK, which says where it stands.
      return this.resolve(value);
    }
    for (const resource of resourcesIn(resolved)) this.#made.add(resource);
    return resolved;
  }

  #walk(value: unknown): unknown {
    if (typeof value === 'string') return standsForMore(value) ? this.#text(value) : value;
    if (typeof value === 'number') return Math.abs(value) < LEAST_NUMBER ? value : this.resolve(value);
    if (value === null || value === undefined || typeof value === 'boolean') return value;
    if (typeof value !== 'object') return this.resolve(value);
    if (Array.isArray(value)) return this.#list(value);
    if (this.#made.has(value)) return value;
    if (isResolvable(value)) return this.#standIn(value);
    return isPlain(value) ? this.#map(value) : this.resolve(value);
  }

  #text(text: string): unknown {
    if (text.includes(STANDS_FOR_LIST)) return this.resolve(text);
    const { length, firstToken } = Tokenization.reverseString(text);
    return length === 1 && firstToken !== undefined ? this.#standIn(firstToken) : this.resolve(text);
  }

  #list(values: readonly unknown[]): unknown {
    if (values.some((each) => typeof each === 'string' && each.includes(STANDS_FOR_LIST)))
      return this.resolve(values);
    const made: unknown[] = [];
    for (const each of values) {
      const value = this.#walk(each);
      if (value !== undefined) made.push(value);
    }
    return made;
  }

  #map(values: Readonly<Record<string, unknown>>): unknown {
    const made: Record<string, unknown> = {};
    for (const key of Object.keys(values)) {
      const value = this.#walk(values[key]);
      if (value === undefined) continue;
      const name = standsForMore(key) ? this.#text(key) : key;
      if (typeof name !== 'string') return this.resolve(values);
      made[name] = value;
    }
    return made;
  }

  #standIn(token: IResolvable): unknown {
    if (token instanceof PlainPolicy) return token.policy;
    let after: IPostProcessor | undefined;
    let resolved: unknown;
    const context: IResolveContext = {
      scope: this.scope,
      preparing: false,
      documentPath: [],
      registerPostProcessor: (processor) => {
        after = processor;
      },
      resolve: (value: unknown, { removeEmpty }: ResolveChangeContextOptions = {}) => {
        if (removeEmpty !== false) return this.#walk(value);
        if (hasNothing(value)) return value;
        // Overrides, which the CDK merges into the resource in place: what it shares with others stays as it is.
        unshare(resolved);
        return this.#withUndefined(value);
      },
    };
    resolved = this.#walk(token.resolve(context));
    return after ? after.postProcess(resolved, context) : resolved;
  }

  /** What is undefined in an override takes away what stands there: it stays undefined, which the CDK does only within a token. */
  #withUndefined(value: unknown): unknown {
    let resolved: unknown;
    this.resolve({
      creationStack: [],
      resolve: (context: IResolveContext) => {
        resolved = context.resolve(value, { removeEmpty: false });
        return null;
      },
    });
    return resolved;
  }
}

function hasNothing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && isPlain(value) && Object.keys(value).length === 0;
}

/** Copies what a resolved resource is made of, in place: it may hold the policy of others too. */
function unshare(resource: unknown): void {
  if (typeof resource === 'object' && resource !== null) Object.assign(resource, structuredClone(resource));
}

function standsForMore(text: string): boolean {
  return text.includes(STANDS_FOR_TEXT) || text.includes(STANDS_FOR_NUMBER);
}

function isResolvable(value: object): value is IResolvable {
  return 'resolve' in value && typeof value.resolve === 'function';
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function resourcesIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null || !('Resources' in value)) return [];
  return Object.values(value.Resources ?? {}).filter((each) => typeof each === 'object' && each !== null);
}
