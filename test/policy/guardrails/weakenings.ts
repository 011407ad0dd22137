/** Every way of taking one part of a guardrail away. Nothing here is listed by hand for one policy. */
import type { Guardrail } from '../../../lib/policy/guardrails/guardrails';

type Statement = Readonly<Record<string, unknown>>;
/** A guardrail, less something. */
interface Weak {
  readonly type: Guardrail['type'];
  readonly name: string;
  readonly content: unknown;
}
/** How it is weaker, and of which statement. */
export type Weakening = readonly [how: string, sid: string, weak: Weak];

/** The guardrail without each of its statements, conditions, actions, resources and spared roles, one at a time. */
export function weakenings({ type, name, content }: Guardrail): Weakening[] {
  if (!('Statement' in content)) return [];
  const statements = content.Statement as readonly Statement[];
  return statements.flatMap((statement, index) => {
    const sid = String(statement.Sid);
    const put = (how: string, changed: readonly Statement[]): Weakening => [
      `${sid} ${how}`,
      sid,
      { type, name, content: { ...content, Statement: statements.toSpliced(index, 1, ...changed) } },
    ];
    const weaker = [...shorterLists(statement), ...looserConditions(statement)];
    return [put('is gone', []), ...weaker.map(([how, changed]) => put(how, [changed]))];
  });
}

type Change = readonly [how: string, changed: Statement];

function shorterLists(statement: Statement): Change[] {
  return ['Action', 'NotAction', 'Resource', 'NotResource'].flatMap((element) => {
    const list = statement[element];
    if (!Array.isArray(list) || list.length < 2) return [];
    return list.map(
      (each): Change => [
        `without ${element} ${each}`,
        { ...statement, [element]: list.filter((other) => other !== each) },
      ],
    );
  });
}

function looserConditions(statement: Statement): Change[] {
  const block = (statement.Condition ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, value]) => {
      const { [key]: _, ...others } = keys;
      const without = { ...statement, Condition: { ...block, [operator]: others } };
      const values = Array.isArray(value) ? (value as unknown[]) : [];
      const shorter = values.map(
        (each): Change => [
          `${operator} ${key} without ${each}`,
          {
            ...statement,
            Condition: { ...block, [operator]: { ...keys, [key]: values.filter((other) => other !== each) } },
          },
        ],
      );
      return [[`without ${operator} ${key}`, without] as Change, ...(values.length > 1 ? shorter : [])];
    }),
  );
}
