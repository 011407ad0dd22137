/** What it takes to read one resource back, and to compare it with its template. */
import { type AssemblyStack, arnOf, resolved } from '../../assembly';
import type { Clients } from '../clients';
import type { PropertyRead } from '../result';

export type Properties = Readonly<Record<string, unknown>>;

/** A resource as it was deployed. */
export interface Deployed {
  readonly clients: Clients;
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  readonly physicalId: string;
  /** Its template’s, with references replaced by what they came to. */
  readonly properties: Properties;
}

/** The property, what the template wants, and what the service says. Undefined wants are passed over. */
export type PropertyReading = readonly [property: string, wanted: unknown, seen: unknown];

/** Reads one type. It throws where the service does not know the operation or the resource. */
export type Reader = (deployed: Deployed) => Promise<readonly PropertyReading[]>;

/** What a call answers, or undefined where the service says that there is nothing. */
export async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 404 || /NotFound|NoSuch|DoesNotExist/i.test(name ?? ''))
      return undefined;
    throw error;
  }
}

/** Compares. What is absent or off was ignored by the endpoint; anything else that is not the same differs. */
export function outcomeOf([, wanted, seen]: PropertyReading): PropertyRead['outcome'] {
  if (text(wanted) === text(seen)) return 'as the template says';
  return isAbsent(seen) ? 'ignored by the endpoint' : 'differs';
}

function isAbsent(seen: unknown): boolean {
  if (seen === undefined || seen === null || seen === false || seen === '') return true;
  if (Array.isArray(seen)) return seen.length === 0;
  return typeof seen === 'object' && Object.keys(seen).length === 0;
}

/** The same text for the same value, whatever the order of its names. */
export function text(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'nothing';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** A policy that a service gives as text. */
export function policyIn(given: string | undefined): unknown {
  if (given === undefined || given === '') return undefined;
  return JSON.parse(given.startsWith('%') ? decodeURIComponent(given) : given) as unknown;
}

/** Properties with what CloudFormation put in place of references, as far as the physical ids tell. */
export function deployedProperties(
  properties: unknown,
  stack: AssemblyStack,
  physicalIds: ReadonlyMap<string, string>,
): Properties {
  const plain = JSON.stringify(resolved(properties ?? {}, stack));
  const done = plain.replace(
    /\$\{([A-Za-z0-9]+)(?:\.([A-Za-z]+))?\}/g,
    (whole, id: string, attribute?: string) => {
      const physical = physicalIds.get(id);
      if (physical === undefined) return whole;
      return attribute === 'Arn' ? arnFor(id, physical, stack) : physical;
    },
  );
  return JSON.parse(done) as Properties;
}

function arnFor(id: string, physical: string, stack: AssemblyStack): string {
  if (physical.startsWith('arn:')) return physical;
  const { account, region } = stack;
  const name = physical.slice(physical.lastIndexOf('/') + 1);
  const service: Readonly<Record<string, string>> = {
    'AWS::KMS::Key': `arn:aws:kms:${region}:${account}:key/${physical}`,
    'AWS::SQS::Queue': `arn:aws:sqs:${region}:${account}:${name}`,
    'AWS::Events::Rule': `arn:aws:events:${region}:${account}:rule/${physical}`,
  };
  return service[stack.resources[id]?.Type ?? ''] ?? arnOf(id, stack) ?? physical;
}
