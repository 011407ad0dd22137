/** `concordat rollout engine`: makes the template of what carries plans out over many accounts, and checks it. */
import { join, resolve } from 'node:path';
import { quoted } from '../../words';
import { findingsText } from '../assembly/summary';
import { command } from '../command';
import { placesOfRegister } from '../home';
import { orNameAnother } from '../made-folder';
import { text, UsageError } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT } from '../terminal';
import { REGISTER_OPTIONS } from '../vocabulary';

/** Needs neither network nor AWS. Exits 0, 1 where there are findings, 2 where the register has no engine, 3 where it is faulty. */
export const rolloutEngine = command({
  name: 'rollout engine',
  words: {},
  options: {
    ...REGISTER_OPTIONS,
    output: text('DIR', 'where its cloud assembly goes; engine.out in the folder of the zone if not given'),
  },
  example: 'npx concordat rollout engine --register register',
  run: async (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const { zone } = register;
    if (zone.rollout === undefined)
      throw new UsageError(
        'zone.yaml has no `rollout`: say there in which account the engine is, who starts it and who approves',
      );
    const { engineMade, holdingTheEngine } =
      require('./rollout-engine-run') as typeof import('./rollout-engine-run');
    const output = values.output ?? join(placesOfRegister(input.folder, terminal).home, 'engine.out');
    const open = await orNameAnother(output, 'with --output DIR', terminal, () =>
      engineMade(resolve(terminal.cwd, output), zone, input.asOf),
    );
    terminal.err(findingsText(open, terminal.colour));
    const held = holdingTheEngine(zone);
    if (held.length > 0)
      terminal.out(
        `First take ${held.join(' and ')} off ${zone.rollout.account} (aws organizations detach-policy): they refuse what makes the engine. Put them back after it (attach-policy).\n`,
      );
    terminal.out(
      `With credentials of ${zone.rollout.account}, whose bootstrap is the CDK’s own: npx cdk deploy --app ${quoted(output)} Rollout\n`,
    );
    return open.length === 0 ? EXIT.clean : EXIT.findings;
  },
});
