/** `concordat identity new`: makes the secret key by which an organisation opens what is sealed to it. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeIdentity } from '../../client';
import { today } from '../../register/calendar';
import { systemCode } from '../../words';
import { command } from '../command';
import { toggle, UsageError, word } from '../option';
import { EXIT } from '../terminal';
import { unwritten } from '../unwritten';

/** Needs no profile and no network. Exits 0; a file that is there already is never written over. */
export const identityNew = command({
  name: 'identity new',
  words: { file: word('the file for the secret key, where there is none yet') },
  options: {
    'post-quantum': toggle(
      'make a post-quantum hybrid key (age1pq1…), which age 1.3 and this program read, and rage does not',
    ),
  },
  example: 'npx concordat identity new duty-team.key',
  run: async (values, terminal) => {
    const path = resolve(terminal.cwd, values.file);
    if (!existsSync(dirname(path))) throw new UsageError(`there is no folder for ${values.file}`);
    const kind = values['post-quantum'] ? 'post-quantum' : 'x25519';
    try {
      terminal.out(`${await writeIdentity(path, kind, today(new Date()))}\n`);
    } catch (error) {
      const code = systemCode(error);
      if (code === 'EEXIST')
        throw new UsageError(
          `${values.file} is there already: give another name, for a key that is lost opens nothing any more`,
          { cause: error },
        );
      if (code === undefined) throw error;
      throw unwritten(values.file, 'file', error);
    }
    terminal.err(
      `\nThis is the public key: give it to whoever writes the agreement. The secret key is in ${values.file}, which nobody but you may read. Whoever has it reads all that is sealed to it, and whoever loses it reads nothing: keep a copy in a safe place, and send it to nobody.\n`,
    );
    return EXIT.clean;
  },
});
