/** `concordat schema`: writes the JSON Schemas that editors pick up. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { jsonSchemas } from '../register/schema/json-schema';
import { referencePage } from '../register/schema/reference';
import { type Command, textOf } from './command';
import { EXIT } from './terminal';

/** One file for each kind of register file, in `register/schema/`. */
export const schema: Command = {
  name: 'schema',
  summary: 'write the JSON Schemas with which editors complete and check the register',
  usage: '[--register DIR] [--docs FILE]',
  options: {
    register: { type: 'string', value: 'DIR', help: 'the register folder; register if not given' },
    docs: { type: 'string', value: 'FILE', help: 'also write a Markdown page of all settings there' },
  },
  example: 'npx concordat schema',
  run: (values, terminal) => {
    const folder = join(textOf(values, 'register') ?? 'register', 'schema');
    mkdirSync(resolve(terminal.cwd, folder), { recursive: true });
    for (const [name, text] of jsonSchemas()) {
      writeFileSync(resolve(terminal.cwd, folder, name), text);
      terminal.out(`${join(folder, name)}\n`);
    }
    const docs = textOf(values, 'docs');
    if (docs !== undefined) {
      writeFileSync(resolve(terminal.cwd, docs), referencePage());
      terminal.out(`${docs}\n`);
    }
    return EXIT.clean;
  },
};
