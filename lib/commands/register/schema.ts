/** `concordat schema`: writes the JSON Schemas that editors pick up. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeWithThoseAbove, writeWhole } from '../../disk';
import { jsonSchemas, referencePage } from '../../register';
import { command } from '../command';
import { text, UsageError } from '../option';
import { EXIT, type Terminal } from '../terminal';
import { textNamed } from '../unread';
import { unwritten } from '../unwritten';
import { REGISTER_OPTION } from '../vocabulary';

/** One file for each kind of register file, in `register/schema/`. */
export const schema = command({
  name: 'schema',
  words: {},
  options: { ...REGISTER_OPTION, docs: text('FILE', 'also write a Markdown page of all settings there') },
  example: 'npx concordat schema',
  run: ({ register, docs }, terminal) => {
    const folder = join(register, 'schema');
    const schemas = [...jsonSchemas()];
    if (docs !== undefined) demandPage(docs, terminal);
    makeWithThoseAbove(resolve(terminal.cwd, folder));
    // Each stands by itself, and what else is in the folder is somebody’s.
    for (const [name, schemaText] of schemas) {
      writeWhole(resolve(terminal.cwd, folder, name), schemaText);
      terminal.out(`${join(folder, name)}\n`);
    }
    if (docs !== undefined) {
      try {
        writeWhole(resolve(terminal.cwd, docs), referencePage());
      } catch (error) {
        throw unwritten(docs, 'file with --docs FILE', error);
      }
      terminal.out(`${docs}\n`);
    }
    return EXIT.clean;
  },
});

/** Demands that a page may go there: nothing is there, or an earlier one. @throws UsageError */
function demandPage(docs: string, terminal: Terminal): void {
  if (!existsSync(resolve(terminal.cwd, docs))) return;
  const [heading = ''] = referencePage().split('\n');
  const written = textNamed(docs, 'name another file with --docs FILE', terminal);
  if (written.split('\n')[0] !== heading)
    throw new UsageError(`${docs} is there and is no page of settings: name another file with --docs FILE`);
}
