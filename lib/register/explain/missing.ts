/** The fault of a required setting that is not there, with the line that it begins with. */
import { z } from 'zod';
import { orList } from '../../words';
import type { Path } from '../yaml-source';
import { type Fault, settingName } from './fault';
import { metaOf, type Schema, settingsOf, shapeOf, unwrap, valuesOf } from './schema-walk';

/** A required setting that is missing. */
export function missing(schema: Schema | undefined, path: Path): Fault {
  const values = schema ? valuesOf(schema) : [];
  const { expects = values.length > 0 ? orList(values) : schema ? contentsOf(schema) : 'a value' } = schema
    ? metaOf(schema)
    : {};
  return {
    code: 'missing-key',
    path,
    part: 'key',
    message: `${settingName(path)} is missing`,
    allowed: expects,
    fix: `add ${line(String(path.at(-1)), schema, values)}`,
  };
}

/** The line that a missing setting begins with, and what goes below it. */
function line(name: string, schema: Schema | undefined, values: readonly string[]): string {
  const { quoted }: z.core.GlobalMeta = schema ? metaOf(schema) : {};
  const takes = schema ? shapeOf(schema) : '';
  if (takes === 'a group of settings') return `\`${name}:\`, and its settings on the lines below`;
  if (takes === 'a list') {
    const below = 'items on the lines below, each after a dash and a space';
    return schema && z.safeParse(schema, []).success
      ? `\`${name}:\` and ${below}, or \`${name}: []\` if there are none`
      : `\`${name}:\` and ${below}`;
  }
  if (values.length > 1) return `\`${name}:\` with one of these`;
  if (values.length === 1) return `\`${name}: ${values[0]}\``;
  return `\`${name}: ${quoted ? '"…"' : '…'}\` with the right value`;
}

/** What a setting takes, with the names of a group’s required settings. */
export function contentsOf(schema: Schema): string {
  const required = Object.entries(settingsOf(schema)).filter(([, each]) => unwrap(each) === each);
  const names = required.map(([name]) => name).join(', ');
  return names === '' ? shapeOf(schema) : `${shapeOf(schema)}: ${names}`;
}
