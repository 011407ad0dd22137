/** Has the CDK let go of an app that is synthesised (findings/cdk-keeps-every-app.sh). */
import { Reference } from 'aws-cdk-lib';

/** What the CDK remembers by name, or by construct, for as long as the process lives. */
type Table = Map<unknown, unknown>;

/**
 * Calls, and takes out of the CDK’s two tables what was put there meanwhile. So an app that is made and synthesised in the call is
 * garbage afterwards with all its constructs, and the proof and the evidence have their place. An assembly needs nothing of its app.
 *
 * What is of no app stays, such as `Aws.REGION`, which the CDK makes when it is first asked for. The tables are no part of its public
 * interface: where they are not as they are today, it keeps the app, as it does without this.
 */
export function lettingGo<T>(make: () => T): T {
  const before = new Set(tokens().keys());
  const referredTo = new Set(references().keys());
  const made = make();
  const fresh = [...tokens()].filter(([name]) => !before.has(name));
  const table = references();
  for (const construct of table.keys()) if (!referredTo.has(construct)) table.delete(construct);
  for (const [name, token] of fresh) if (!isPseudoParameter(token)) tokens().delete(name);
  return made;
}

/** What stands for a text until that is known, by its name. */
function tokens(): Table {
  return tableIn(Reflect.get(globalThis, '__cdkTokenMap'), 'stringTokenMap');
}

/** The references to each construct of any app: a property of their class, which any of them leads to. */
function references(): Table {
  for (const token of tokens().values())
    if (Reference.isReference(token)) return tableIn(token.constructor, 'referenceTable');
  return new Map();
}

function tableIn(owner: unknown, name: string): Table {
  const found: unknown = owner instanceof Object ? Reflect.get(owner, name) : undefined;
  return found instanceof Map ? found : new Map();
}

function isPseudoParameter(token: unknown): boolean {
  if (!(token instanceof Object) || Reference.isReference(token)) return false;
  const { Ref } = (Reflect.get(token, 'value') ?? {}) as { Ref?: unknown };
  return typeof Ref === 'string' && Ref.startsWith('AWS::');
}
