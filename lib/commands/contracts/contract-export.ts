/** `concordat contract export`: writes a contract in a format of others. */
import { EXPORT_FORMATS, exportContract } from '../../contracts/export';
import { ruleLine, ruleWords } from '../../contracts/words';
import { plainText, plural } from '../../words';
import { command } from '../command';
import { choice, needed } from '../option';
import { EXIT } from '../terminal';
import { CONTRACT_OPTIONS, CONTRACT_WORD, contractOrExplain } from './contract-input';

/** Needs neither network nor AWS. Exits 0, or 3 where the contract is faulty. */
export const contractExport = command({
  name: 'contract export',
  words: CONTRACT_WORD,
  options: { to: needed(choice(EXPORT_FORMATS, 'the format that is written')), ...CONTRACT_OPTIONS },
  example: 'npx concordat contract export housing-benefit-awards --to csvw',
  run: (values, terminal) => {
    const input = contractOrExplain(values, terminal);
    if (input === undefined) return EXIT.faultyInput;
    const { text, unsaid } = exportContract(input.contract, input.plan, values.to);
    terminal.out(text);
    if (values.to === 'dcat')
      terminal.err(
        '\nDCAT tells of the data as a whole: the rules of the contract stand in the contract alone.\n',
      );
    if (unsaid.length === 0 || values.to === 'dcat') return EXIT.clean;
    const words = ruleWords(input.plan, 'csv');
    const told = unsaid.map((rule) => `- ${plainText(ruleLine(rule, words))}\n`).join('');
    terminal.err(
      `\n${plural(unsaid.length, 'rule')} of the contract cannot be said whole in this format:\n${told}`,
    );
    return EXIT.clean;
  },
});
