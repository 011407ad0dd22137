/** Which statements of which policies come, go or change from one assembly to another. */
import { askedPolicyFile } from '../assembly';
import { type Change, changesOf } from './change';
import type { Side } from './side';

/** One statement. */
export interface PolicyStatement {
  /** The resource that carries the policy, `Organisation-leeds/ExchangePolicyE7A1`, or the file of one asked for. */
  readonly place: string;
  /** Its Sid; of one that has none, its whole text. */
  readonly name: string;
  readonly text: string;
}

/** How the statements of every policy differ. */
export function statementChanges(before: Side, after: Side): Change<PolicyStatement>[] {
  return changesOf(statementsIn(before), statementsIn(after));
}

function statementsIn({ source, world }: Side): Map<string, PolicyStatement> {
  const found = new Map<string, PolicyStatement>();
  const add = (place: string, value: unknown, path: string) => {
    for (const [kind, each] of documentsIn(value, path)) {
      const text = JSON.stringify(each);
      const { Sid } = each as { Sid?: unknown };
      const name = typeof Sid === 'string' && Sid !== '' ? Sid : text;
      // Two of one name in one policy are no two of one place: the second is told apart by its text.
      const key = `${place} ${kind} ${name}`;
      found.set(found.has(key) ? `${key} ${text}` : key, { place, name, text });
    }
  };
  for (const stack of source.stacks)
    for (const [id, { Properties }] of Object.entries(stack.resources))
      add(`${stack.name}/${id}`, Properties, '');
  for (const { id } of world.register.organisations) {
    const file = askedPolicyFile(id);
    const text = source.file(file);
    // The reader of the world has found it to be JSON where it counts.
    if (text !== undefined && world.keys.some(({ place }) => place === file)) add(file, JSON.parse(text), '');
  }
  return found;
}

/** Every statement below a value, with the property that holds its policy. Numbers in a list do not count: they shift. */
function* documentsIn(value: unknown, path: string): Generator<readonly [string, object]> {
  if (Array.isArray(value)) {
    for (const each of value) yield* documentsIn(each, path);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, each] of Object.entries(value)) {
    if (key === 'Statement') {
      for (const statement of Array.isArray(each) ? each : [each])
        if (statement !== null && typeof statement === 'object') yield [path, statement];
    } else yield* documentsIn(each, `${path}/${key}`);
  }
}
