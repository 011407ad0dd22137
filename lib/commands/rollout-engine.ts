/** `concordat rollout engine`: makes the template of what carries plans out over many accounts, and checks it. */
import { resolve } from 'node:path';
import { command } from './command';
import { textOr, UsageError } from './option';
import { loadOrExplain, registerInput } from './register-input';
import { findingsText } from './summary';
import { EXIT } from './terminal';
import { REGISTER_OPTIONS } from './vocabulary';

/** Needs neither network nor AWS. Exits 0, 1 where there are findings, 2 where the register has no engine, 3 where it is faulty. */
export const rolloutEngine = command({
  name: 'rollout engine',
  words: {},
  options: {
    ...REGISTER_OPTIONS,
    output: textOr('DIR', 'where its cloud assembly goes', 'engine.out'),
  },
  example: 'npx concordat rollout engine --register register',
  run: (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const { zone } = register;
    if (zone.rollout === undefined)
      throw new UsageError(
        'zone.yaml has no `rollout`: say there in which account the engine is, who starts it and who approves',
      );
    const { engineMade } = require('./rollout-engine-run') as typeof import('./rollout-engine-run');
    const open = engineMade(resolve(terminal.cwd, values.output), zone, input.asOf);
    terminal.err(findingsText(open, terminal.colour));
    terminal.out(
      `With credentials of ${zone.rollout.account}, whose bootstrap is the CDK’s own: npx cdk deploy --app ${values.output} Rollout\n`,
    );
    return open.length === 0 ? EXIT.clean : EXIT.findings;
  },
});
