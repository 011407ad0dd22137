/** Explains a setting that does not exist where it stands: misspelt, or at home elsewhere. */

import { describe, nearest, orList } from '../../words';
import type { Path } from '../yaml-source';
import { type Fault, settingName } from './fault';
import {
  alternatives,
  discriminatorOf,
  type Schema,
  schemaAt,
  settingsOf,
  unionAt,
  unwrap,
  valueAt,
  valuesOf,
} from './schema-walk';

/** What a file is called in messages: “a setting of an agreement”. */
export type FileNoun =
  | 'the zone'
  | 'an organisation'
  | 'an agreement'
  | 'a data contract'
  | 'an approval'
  | 'a file of decisions'
  | 'a zone’s folder';

/**
 * The fault of a setting that the group at the path does not have.
 * @param allowed the settings that it has, where that does not follow from the value
 */
export function unknownKey(
  root: Schema,
  value: unknown,
  noun: FileNoun,
  path: Path,
  key: string,
  allowed: readonly string[] = Object.keys(settingsOf(schemaAt(root, path, value) ?? root)),
): Fault {
  const group = path.length === 0 ? noun : settingName(path);
  const message = key === '' ? 'a setting has no name' : `\`${describe(key)}\` is not a setting of ${group}`;
  const base = {
    code: 'unknown-key',
    path: [...path, key],
    part: 'key',
    message,
    allowed: orList(allowed),
  } as const;
  if (key === '') return { ...base, fix: 'write its name before the colon, or remove the line' };
  const near = nearest(key, allowed);
  if (near && near.because !== 'spelling') {
    const side = near.because === 'american' ? 'British' : 'American';
    return { ...base, suggestion: near.word, fix: `use the ${side} spelling here: \`${near.word}\`` };
  }
  const elsewhere = otherAlternative(root, value, path, key);
  if (elsewhere) return { ...base, message: `${message} where ${elsewhere.here}`, fix: elsewhere.fix };
  const fix = otherGroup(root, value, noun, path, key);
  if (fix !== undefined) return { ...base, fix };
  if (near) return { ...base, suggestion: near.word, fix: `rename it to \`${near.word}\`` };
  return { ...base, fix: 'remove it, or look for the right name among the settings allowed' };
}

/** Whether a setting that does not belong here belongs where the telling setting has another value. */
function otherAlternative(root: Schema, value: unknown, path: Path, key: string) {
  const union = unionAt(root, path, value);
  const discriminator = union && discriminatorOf(union);
  if (union === undefined || discriminator === undefined) return undefined;
  const fitting = alternatives(union)
    .filter((option) => Object.hasOwn(settingsOf(option), key))
    .flatMap((option) => valuesOf(settingsOf(option)[discriminator] as Schema));
  if (fitting.length === 0) return undefined;
  const here = describe((valueAt(value, path) as Record<string, unknown>)[discriminator]);
  return {
    here: `\`${discriminator}\` is ${here}`,
    fix: `remove it, or set \`${discriminator}\` to ${orList(fitting)}`,
  };
}

/** How to move a setting that belongs to a group beside it, or to the top of the file; undefined if to neither. */
function otherGroup(root: Schema, value: unknown, noun: FileNoun, path: Path, key: string) {
  const has = (schema: Schema | undefined) =>
    schema !== undefined && alternatives(schema).some((each) => Object.hasOwn(settingsOf(each), key));
  const beside = Object.entries(settingsOf(schemaAt(root, path, value) ?? root)).find(([, each]) =>
    has(each),
  );
  if (beside && valueAt(value, [...path, beside[0], key]) !== undefined)
    return `remove it: \`${beside[0]}\` has it already`;
  if (beside)
    return `move it below \`${beside[0]}:\`, two spaces further in: it is a setting of \`${beside[0]}\``;
  if (path.length > 0 && has(unwrap(root)))
    return `begin it in the first column of a line after this group: it is a setting of ${noun}`;
  return undefined;
}
