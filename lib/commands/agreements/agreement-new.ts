/** `concordat agreement new`: asks for an agreement in the order of the ICO’s data sharing code, and writes its file. */
import type { RegisterFile } from '../../register';
import { Agreeing } from '../../register/changes';
import { command } from '../command';
import { answersTo } from '../interview/answers';
import { CHANGE_OPTIONS, changeRegister } from '../interview/change-register';
import { doneBy, registerInput } from '../register-input';
import { AGREEMENT_ANSWERS, keptAgreement } from './agreement-answers';

/** Needs neither network nor AWS. Exits 0, 1 where something is missing or wrong, 3 where the register is faulty. */
export const agreementNew = command({
  name: 'agreement new',
  words: {},
  options: { ...AGREEMENT_ANSWERS, ...CHANGE_OPTIONS },
  forms: ['[OPTIONS], which asks for what is not given'],
  example: 'npx concordat agreement new --owner dwp --recipients leeds',
  run: async (values, terminal) => {
    const input = registerInput(values, terminal);
    const kept = keptAgreement(input, terminal);
    return changeRegister(
      values,
      terminal,
      async (files: readonly RegisterFile[], asOf) => {
        const agreeing = new Agreeing(files, asOf, doneBy(input));
        const answers = await answersTo(
          {
            drafting: agreeing,
            values,
            kept,
            confirm: ({ id }) => `Write ${input.folder}/agreements/${id}.yaml?`,
            goesWith: 'the lawful basis or the contract',
          },
          terminal,
        );
        return agreeing.agreed(answers);
      },
      { written: kept.forget },
    );
  },
});
