/** Which conditions of a template hold, as far as the template itself tells. */
import { isUnresolved, resolved } from '../resolve';
import { type AssemblyStack, isGroup } from '../stack';

/** What becomes of a condition; undefined where that is known only as the stack is deployed. */
export type Held = ReadonlyMap<string, boolean | undefined>;

/**
 * Decides the conditions of a template. Texts and pseudo parameters are compared; what depends on a parameter, a mapping or
 * another stack is left open.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
 */
export function heldConditions(conditions: unknown, stack: AssemblyStack): Held {
  const held = new Map<string, boolean | undefined>();
  if (!isGroup(conditions)) return held;
  // One that rests on itself is left open: it is given no answer before it is asked.
  const named = (name: unknown): boolean | undefined => {
    if (typeof name !== 'string' || !Object.hasOwn(conditions, name)) return undefined;
    if (!held.has(name)) {
      held.set(name, undefined);
      held.set(name, decided(conditions[name], stack, named));
    }
    return held.get(name);
  };
  for (const name of Object.keys(conditions)) named(name);
  return held;
}

type Named = (name: unknown) => boolean | undefined;

function decided(value: unknown, stack: AssemblyStack, named: Named): boolean | undefined {
  if (!isGroup(value)) return undefined;
  const [[name, argument] = ['', undefined], ...more] = Object.entries(value);
  if (more.length > 0) return undefined;
  if (name === 'Condition') return named(argument);
  if (!Array.isArray(argument)) return undefined;
  switch (name) {
    case 'Fn::Equals':
      return argument.length === 2 ? equal(argument, stack) : undefined;
    case 'Fn::Not': {
      const [only] = argument.map((each) => decided(each, stack, named));
      return only === undefined ? undefined : !only;
    }
    case 'Fn::And':
      return all(argument.map((each) => decided(each, stack, named)));
    case 'Fn::Or': {
      const none = all(
        argument.map((each) => {
          const one = decided(each, stack, named);
          return one === undefined ? undefined : !one;
        }),
      );
      return none === undefined ? undefined : !none;
    }
    default:
      return undefined;
  }
}

function all(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function equal(sides: readonly unknown[], stack: AssemblyStack): boolean | undefined {
  const [one, other] = sides.map((each) => plain(resolved(each, stack)));
  return one === undefined || other === undefined ? undefined : one === other;
}

/** A text that the template tells in full. */
function plain(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const isTold = typeof value === 'string' && !isUnresolved(value) && !/\$\{|\{\{/.test(value);
  return isTold ? value : undefined;
}
