/** Values of a template with every function of CloudFormation replaced by text, as far as the template tells. */
import { AssemblyError } from './errors';
import { jsonFor } from './json-text';
import { functionIn, resolved, UNRESOLVED } from './resolve';
import { groupRewritten, listRewritten } from './rewritten';
import { type AssemblyStack, isGroup, type TemplateResource } from './stack';

/** Where a value stands, for messages. */
export interface Where {
  readonly file: string;
  readonly id: string;
}

/** One resource, with its stack and its name for messages. */
export interface Placed {
  readonly id: string;
  /** `Organisation-leeds/CollectRole0EC148CA`. */
  readonly place: string;
  readonly stack: AssemblyStack;
  readonly resource: TemplateResource;
  /** Its properties, with every function of CloudFormation replaced. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The ARN that stands for a key whose id AWS will choose. No other key has it. */
export function keyArnToBe({ region, account }: AssemblyStack, logicalId: string): string {
  return `arn:aws:kms:${region}:${account}:key/to-be-${logicalId}`;
}

const placed = new WeakMap<AssemblyStack, readonly Placed[]>();

/** Every resource of a stack. Each is resolved once, when its properties are first asked for. */
export function placedIn(stack: AssemblyStack): readonly Placed[] {
  const known = placed.get(stack);
  if (known) return known;
  const made = Object.entries(stack.resources).map(
    ([id, resource]) => new PlacedResource(stack, id, resource),
  );
  placed.set(stack, made);
  return made;
}

/** Of one class, so that V8 knows them all alike: an object with a getter of its own is of a form of its own. */
class PlacedResource implements Placed {
  readonly place: string;
  #properties: Placed['properties'] | undefined;

  constructor(
    readonly stack: AssemblyStack,
    readonly id: string,
    readonly resource: TemplateResource,
  ) {
    this.place = `${stack.name}/${id}`;
  }

  get properties(): Placed['properties'] {
    this.#properties ??= groundedGroup(this.resource.Properties ?? {}, this.stack);
    return this.#properties;
  }
}

/**
 * A value with functions replaced, each key that is still to be made by its one ARN, and each distribution by what stands for
 * it. What cannot be told begins with `UNRESOLVED`. What holds no function is shared, not copied.
 * @internal Only tests import it.
 */
export function grounded(value: unknown, stack: AssemblyStack): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return listRewritten(value, grounded, stack);
  if (functionIn(value) !== undefined) return withKeys(resolved(value, stack), stack);
  return groundedGroup(value as Readonly<Record<string, unknown>>, stack);
}

function groundedGroup(
  value: Readonly<Record<string, unknown>>,
  stack: AssemblyStack,
): Readonly<Record<string, unknown>> {
  return groupRewritten(value, grounded, stack);
}

function withKeys(value: unknown, stack: AssemblyStack): unknown {
  if (typeof value !== 'string') return value;
  return value
    .replace(/\$\{([A-Za-z0-9]+)\.Arn\}/g, (text, id: string) =>
      stack.resources[id]?.Type === 'AWS::KMS::Key' ? keyArnToBe(stack, id) : text,
    )
    .replace(/\$\{([A-Za-z0-9]+)\}/g, (text, id: string) => distributionToBe(stack.resources[id]) ?? text);
}

/** What stands for the id of a distribution, which AWS will choose: the first host that it serves, which no other can have. */
function distributionToBe(resource: TemplateResource | undefined): string | undefined {
  if (resource?.Type !== 'AWS::CloudFront::Distribution') return undefined;
  const { DistributionConfig: config } = resource.Properties ?? {};
  const host: unknown = isGroup(config) && Array.isArray(config.Aliases) ? config.Aliases[0] : undefined;
  return typeof host === 'string' ? `to-be-${host}` : undefined;
}

/** How far a value is shown that cannot be told. */
const MOST_SHOWN = 120;

const told = new WeakSet<object>();

/** The properties of a resource, of which each must be told by the template. @throws AssemblyError if one is not */
export function toldProperties({ properties, stack, id }: Placed): Placed['properties'] {
  if (told.has(properties)) return properties;
  demandTold(properties, stack, id);
  told.add(properties);
  return properties;
}

function demandTold(value: unknown, { file }: AssemblyStack, id: string): void {
  const found = untoldIn(value);
  if (found === undefined) return;
  throw new AssemblyError(
    `${file}: ${id} holds ${shown(found.slice(found.indexOf(UNRESOLVED) + UNRESOLVED.length))}, which cannot be told from the template: write the value out`,
  );
}

/** What cannot be told, as it stands in the template; of one that is long, or stands within a text, how it begins. */
function shown(text: string): string {
  const [, reference] = /^(\$\{[^}]*\})/.exec(text) ?? [];
  if (reference !== undefined) return reference;
  const [, name] = /^\{"(Ref|Fn::[A-Za-z:]+)":/.exec(text) ?? [];
  if (name === undefined || text.length <= MOST_SHOWN)
    return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return `a value by ${name}`;
}

/** The first text that holds something that cannot be told. */
function untoldIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes(UNRESOLVED) ? value : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  const group = value as Readonly<Record<string, unknown>>;
  for (const name in group) {
    const found = untoldIn(group[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a tag of a resource says, where it has one that is a text. */
export function tagIn({ Tags }: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const found: unknown = Array.isArray(Tags)
    ? Tags.find((tag: unknown) => isGroup(tag) && tag.Key === name)
    : undefined;
  return isGroup(found) && typeof found.Value === 'string' ? found.Value : undefined;
}

/** A property that must be a text. @throws AssemblyError if it is not */
export function textIn(properties: Readonly<Record<string, unknown>>, name: string, where: Where): string {
  const value = properties[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AssemblyError(
    `${where.file}: ${where.id} has no ${name}, so its name cannot be told from the template: give it one`,
  );
}

/** A policy document. @throws AssemblyError if it is not one, or is text that is not JSON */
export function documentOf(value: unknown, { file, id }: Where): object {
  const document = typeof value === 'string' ? jsonFor(value, `${file}: the policy of ${id}`) : value;
  if (document !== null && typeof document === 'object' && !Array.isArray(document)) return document;
  throw new AssemblyError(`${file}: the policy of ${id} is no policy: synthesise the assembly again`);
}
