/** What in a policy document AWS would never act on, by its service authorization reference. */
import { z } from 'zod';
import { isGroup } from '../../../lib/assembly';
import { listed } from '../decision';
import { actionsMeant, givesKey, kindsMeant, type ReferenceAction } from './service-reference';

/** One thing that does not fit, and where it stands. */
export interface Misfit {
  readonly where: string;
  readonly sid: string;
  readonly what: 'unknown action' | 'key' | 'action without its resource' | 'resource without its action';
  /** The condition key, or the ARN, where there is one. */
  readonly about: string;
  readonly action: string;
}

const texts = z.union([z.string(), z.array(z.string())]);
/** A statement of a document, of whatever kind. */
const anyStatement = z.object({
  Sid: z.string(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
type AnyStatement = z.infer<typeof anyStatement>;

/** A policy document, found by its shape. */
export interface FoundDocument {
  readonly where: string;
  readonly statements: readonly AnyStatement[];
}

/** Every policy document in a value, also in texts of JSON within it. */
export function documentsIn(value: unknown, where: string): FoundDocument[] {
  if (typeof value === 'string')
    return value.startsWith('{') && value.includes('"Statement"')
      ? documentsIn(JSON.parse(value), where)
      : [];
  if (Array.isArray(value)) return value.flatMap((each) => documentsIn(each, where));
  if (!isGroup(value)) return [];
  if (value.Statement !== undefined)
    return [{ where, statements: z.array(anyStatement).parse(value.Statement) }];
  return Object.values(value).flatMap((each) => documentsIn(each, where));
}

/** What does not fit in some documents. Statements that differ by the account alone are judged once, where they stand first. */
export async function misfitsIn(documents: readonly FoundDocument[]): Promise<Misfit[]> {
  const different = new Map<string, { where: string; statement: AnyStatement }>();
  for (const { where, statements } of documents)
    for (const statement of statements) {
      const text = JSON.stringify(statement).replace(/\d{12}/g, '111122223333');
      if (!different.has(text)) different.set(text, { where, statement });
    }
  const found: Misfit[] = [];
  for (const { where, statement } of different.values())
    found.push(...(await misfitsOf(statement)).map((each) => ({ ...each, where, sid: statement.Sid })));
  return found;
}

async function misfitsOf(statement: AnyStatement): Promise<Omit<Misfit, 'where' | 'sid'>[]> {
  const found: Omit<Misfit, 'where' | 'sid'>[] = [];
  const keys = Object.values(statement.Condition ?? {}).flatMap((each) => Object.keys(each));
  // A trust policy, and a statement about all resources but some, is about whatever its actions are about.
  const resources = listed(statement.Resource ?? '*');
  const idle = new Set(resources);
  for (const pattern of listed(statement.Action ?? statement.NotAction ?? [])) {
    if (pattern === '*') {
      idle.clear();
      continue;
    }
    const actions = await actionsMeant(pattern);
    if (actions.length === 0) found.push({ what: 'unknown action', about: '', action: pattern });
    // What is said of all actions but some is said of those that are not listed here.
    if (statement.Action === undefined) {
      idle.clear();
      continue;
    }
    const about = actions.filter((action) => {
      const met = resources.filter((each) => isAbout(action, each));
      for (const each of met) idle.delete(each);
      return met.length > 0;
    });
    if (actions.length > 0 && about.length === 0)
      found.push({ what: 'action without its resource', about: resources.join(' '), action: pattern });
    for (const action of about) {
      const kinds = resources.includes('*')
        ? action.kinds
        : resources.flatMap((each) => kindsMeant(action, each));
      for (const key of keys)
        if (!givesKey(action, kinds, key)) found.push({ what: 'key', about: key, action: action.name });
    }
  }
  for (const each of idle)
    found.push({
      what: 'resource without its action',
      about: each,
      action: listed(statement.Action ?? []).join(' '),
    });
  return found;
}

/** `*` fits all; an action about no resource fits nothing else. */
function isAbout(action: ReferenceAction, resource: string): boolean {
  return resource === '*' || kindsMeant(action, resource).length > 0;
}
