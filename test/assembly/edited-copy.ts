/** An assembly with some of its files edited, as if somebody had edited them by hand after a synth. */
import { type Assembly, openAssembly } from '../../lib/assembly';
import { reopenedWith } from '../../lib/assembly/assembly';
import type { Json } from '../compliance/judged-sample';

/** Edits one file, by its name. */
export type Edits = Readonly<Record<string, (value: Json) => void>>;

/** Opened once for each folder: what is found out about files that are not edited is found out once too. */
const opened = new Map<string, Assembly>();

/** The assembly of a folder as it would be with these files edited. In the folder, nothing is changed. */
export function withEdited(folder: string, edits: Edits): Assembly {
  const source = opened.get(folder) ?? openAssembly(folder);
  opened.set(folder, source);
  const texts = new Map<string, string>();
  for (const [name, edit] of Object.entries(edits)) {
    const text = source.file(name);
    if (text === undefined) throw new Error(`there is no ${name}`);
    const value: Json = JSON.parse(text);
    edit(value);
    texts.set(name, JSON.stringify(value, null, 1));
  }
  return reopenedWith(source, texts);
}

/** A resource of a template by its type, and by part of its logical id. */
export function resourceOf(template: Json, type: string, id = ''): Json {
  const found = Object.entries<Json>(template.Resources).find(
    ([name, each]) => each.Type === type && name.includes(id),
  );
  if (found === undefined) throw new Error(`there is no ${type} ${id}`);
  return found[1];
}
