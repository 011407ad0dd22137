/** `concordat contract infer`: writes a first contract from a sample file. */
import { basename } from 'node:path';
import { PackingError, unpacked } from '../../contracts';
import { inferContract, SampleError } from '../../contracts/infer';
import { LARGEST_SCANNED } from '../../register';
import { FILE_FORMS } from '../../wire/contracts';
import { orList } from '../../words';
import { command } from '../command';
import { choice, text, UsageError, word } from '../option';
import { EXIT } from '../terminal';
import { formByName, openDeskFile, STDIN } from './desk-file';

/** Needs neither network nor AWS. Exits 0, or 3 where no sample can be read of the file. */
export const contractInfer = command({
  name: 'contract infer',
  words: {
    file: word(
      'a sample of the data, in CSV or JSON Lines, packed or not, or in Parquet; - for standard input',
    ),
  },
  options: {
    id: text('ID', 'the id of the contract; from the name of the file if not given'),
    as: choice(FILE_FORMS, 'how the file is read, where its name does not say it'),
  },
  example: 'npx concordat contract infer awards.csv',
  run: async ({ file: name, id, as }, terminal) => {
    const form = as ?? formByName(name);
    if (form === undefined)
      throw new UsageError(
        `${name === STDIN ? 'standard input' : name} does not say how it is read: add ${orList(FILE_FORMS.map((each) => `--as ${each}`))}`,
      );
    const handle = id ?? idFrom(name);
    if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(handle) || handle.length > 48)
      throw new UsageError(
        `--id is '${handle}': give lower-case letters, digits and single hyphens, such as housing-benefit-awards`,
      );
    const file = await openDeskFile(name, terminal.cwd);
    try {
      const source = await unpacked(file.source, {
        form,
        largest: LARGEST_SCANNED,
        name: name === STDIN ? '' : name,
      });
      terminal.out(await inferContract(source, form, handle));
      terminal.err('\nWhat was guessed is marked. Nothing of it holds before somebody has looked at it.\n');
      return EXIT.clean;
    } catch (error) {
      if (!(error instanceof SampleError || error instanceof PackingError)) throw error;
      terminal.err(`error: ${file.name}: ${error.message}\n`);
      return EXIT.faultyInput;
    } finally {
      await file.close();
    }
  },
});

function idFrom(name: string): string {
  return name === STDIN
    ? 'sample'
    : basename(name)
        .replace(/\..*$/, '')
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^[^a-z]+|-+$/g, '')
        .slice(0, 48);
}
