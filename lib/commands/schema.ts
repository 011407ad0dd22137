/** `concordat schema`: writes the JSON Schemas that editors pick up. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../disk';
import { jsonSchemas, referencePage } from '../register';
import { command } from './command';
import { text } from './option';
import { EXIT } from './terminal';
import { REGISTER_OPTION } from './vocabulary';

/** One file for each kind of register file, in `register/schema/`. */
export const schema = command({
  name: 'schema',
  words: {},
  options: { ...REGISTER_OPTION, docs: text('FILE', 'also write a Markdown page of all settings there') },
  example: 'npx concordat schema',
  run: ({ register, docs }, terminal) => {
    const folder = join(register, 'schema');
    const schemas = [...jsonSchemas()];
    mkdirSync(resolve(terminal.cwd, folder), { recursive: true });
    // Each stands by itself, and what else is in the folder is somebody’s.
    for (const [name, schemaText] of schemas) {
      writeWhole(resolve(terminal.cwd, folder, name), schemaText);
      terminal.out(`${join(folder, name)}\n`);
    }
    if (docs !== undefined) {
      writeWhole(resolve(terminal.cwd, docs), referencePage());
      terminal.out(`${docs}\n`);
    }
    return EXIT.clean;
  },
});
