/** Entitlements that are put together from single conditions, all of which must hold. */
import type { Basis, Entitlement } from '../question';
import type { Value } from '../values';

/** One condition key, with values for which it holds and for which it does not. */
export interface KeyTest {
  readonly key: string;
  readonly values: readonly Value[];
  readonly holds: (value: Value) => boolean;
}

/** Which objects it is about, with names on either side. */
export interface ObjectTest {
  readonly objects: readonly string[];
  readonly holds: (object: string) => boolean;
}

/** What holds where all conditions do. */
export function entitled(by: Basis, whens: readonly KeyTest[] = [], where?: ObjectTest): Entitlement {
  return {
    by,
    alike: `${JSON.stringify(by)} ${whens.map(({ key }) => key).join()} ${where?.objects.join() ?? ''}`,
    values: new Map(whens.map(({ key, values }) => [key, values])),
    objects: where?.objects ?? [],
    holds: (read, object) =>
      whens.every(({ key, holds }) => holds(read(key))) && (where?.holds(object) ?? true),
  };
}

/** That a key has one of some values. */
export function is(key: string, ...wanted: readonly [string, ...string[]]): KeyTest {
  return {
    key,
    values: [...wanted, `${wanted[0]}-of-another`],
    holds: (value) => wanted.includes(String(value)),
  };
}

/** That a key’s value begins so. */
export function begins(key: string, start: string): KeyTest {
  return { key, values: [`${start}a`, 'another'], holds: (value) => String(value).startsWith(start) };
}

/** What every request to a bucket must keep to. */
export const OVER_TLS: readonly KeyTest[] = [
  { key: 'aws:securetransport', values: ['true', 'false'], holds: (value) => value !== 'false' },
  {
    key: 's3:tlsversion',
    values: ['1.2', '1.1'],
    holds: (value) => value === undefined || Number(value) >= 1.2,
  },
];

/** That an object lies below one of some prefixes. */
export function below(...prefixes: readonly string[]): ObjectTest {
  return {
    objects: [...prefixes.map((each) => `${each}object`), 'object'],
    holds: (object) => prefixes.some((each) => object.startsWith(each)),
  };
}
