/** `concordat probe record`: writes down what somebody saw who tested an assumption about AWS by hand. */

import { AWS_ASSUMPTIONS } from '../../policy';
import { recorded } from '../../probe';
import { today } from '../../register/calendar';
import { documentFile } from '../../start/documents';
import { WireError } from '../../wire';
import { nearest } from '../../words';
import { command } from '../command';
import { choice, needed, text, UsageError, word } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT } from '../terminal';
import { REGISTER_OPTION } from '../vocabulary';
import { outcomesFile, readOutcomes, writeOutcomes } from './live-outcomes-file';

const MOST_CHARACTERS = 500;

/** The command. What the probe tests itself is not taken from anybody’s word. */
export const probeRecord = command({
  name: 'probe record',
  words: { assumption: word(`the handle of the assumption, as ${documentFile('limits')} gives it`) },
  options: {
    outcome: needed(choice(['seen', 'refuted'], 'whether AWS did as is assumed')),
    saw: needed(text('TEXT', 'what was seen, for those who review it')),
    ...REGISTER_OPTION,
  },
  example:
    'npx concordat probe record s3-policy-by-cloudformation --outcome seen --saw "Guardrails-s3 came up in the canary unit"',
  run: (values, terminal) => {
    const input = registerInput({ register: values.register, 'as-of': undefined }, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const { assumption: id, outcome, saw } = values;
    demandByHand(id);
    if (saw.trim() === '' || saw.length > MOST_CHARACTERS)
      throw new UsageError(`--saw takes text of 1 to ${MOST_CHARACTERS} characters`);
    try {
      const before = readOutcomes(values.register, terminal);
      const on = today();
      const { region } = register.zone;
      writeOutcomes(recorded(before, [{ id, outcome, saw }], { on, region }), values.register, terminal);
      terminal.out(
        `${outcomesFile(values.register)} says that ${id} was ${outcome} on ${on} in ${region}: have it reviewed like the register.\n`,
      );
      return EXIT.clean;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      terminal.err(`error: ${outcomesFile(values.register)}: ${error.message}.\nNothing was written.\n`);
      return EXIT.faultyInput;
    }
  },
});

/** @throws UsageError where there is no such assumption, or the probe tests it */
function demandByHand(id: string): void {
  const assumption = AWS_ASSUMPTIONS.find((each) => each.id === id);
  const byHand = AWS_ASSUMPTIONS.filter(({ test }) => test.by === 'hand').map((each) => each.id);
  if (assumption === undefined) {
    const near = nearest(id, byHand);
    throw new UsageError(
      `there is no assumption '${id}'${near ? `: did you mean ${near.word}?` : ''}; tested by hand are ${byHand.join(', ')}`,
    );
  }
  if (!byHand.includes(id))
    throw new UsageError(
      `${id} is tested by npx concordat probe, which records it itself; tested by hand are ${byHand.join(', ')}`,
    );
}
