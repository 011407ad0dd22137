/** A copy of an assembly with some of its files edited, as somebody would who edits one by hand after a synth. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../compliance/judged-sample';

/** Edits one file, by its name. */
export type Edits = Readonly<Record<string, (value: Json) => void>>;

/** Does something with a copy in which these files are edited; all others are those of the folder itself. */
export function withEdited<T>(folder: string, edits: Edits, use: (copy: string) => T): T {
  const copy = mkdtempSync(join(tmpdir(), 'concordat-edited-'));
  try {
    for (const name of readdirSync(folder)) {
      const edit = edits[name];
      if (edit === undefined) symlinkSync(join(folder, name), join(copy, name));
      else {
        const value: Json = JSON.parse(readFileSync(join(folder, name), 'utf8'));
        edit(value);
        writeFileSync(join(copy, name), JSON.stringify(value, null, 1));
      }
    }
    return use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** A resource of a template by its type, and by part of its logical id. */
export function resourceOf(template: Json, type: string, id = ''): Json {
  const found = Object.entries<Json>(template.Resources).find(
    ([name, each]) => each.Type === type && name.includes(id),
  );
  if (found === undefined) throw new Error(`there is no ${type} ${id}`);
  return found[1];
}
