/** `concordat agreement change`: a setting of an agreement changes, by options or by questions. */
import { AGREEMENT_QUESTIONS, type AgreementQuestionName, Changing } from '../../register/changes';
import { command } from '../command';
import { givenAnswers } from '../interview/answers';
import { changedAnswers } from '../interview/change-interview';
import { CHANGE_OPTIONS, changeRegister } from '../interview/change-register';
import { type Option, text, UsageError, word } from '../option';
import { doneBy, registerInput } from '../register-input';
import { demandAgreement } from '../register-word';

const ANSWERS = Object.fromEntries(
  AGREEMENT_QUESTIONS.map(({ name, takes, help }) => [name, text(takes, help)]),
) as Record<AgreementQuestionName, Option<string | undefined>>;

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const agreementChange = command({
  name: 'agreement change',
  words: { agreement: word('the id of the agreement') },
  options: { ...ANSWERS, ...CHANGE_OPTIONS },
  forms: ['AGREEMENT [OPTIONS], which shows what can change where no option says it'],
  example: 'npx concordat agreement change benefit-rates --breach-mailbox incidents@dwp.example --dry-run',
  run: (values, terminal) =>
    changeRegister(values, terminal, async (files, asOf) => {
      const { agreement: id } = values;
      demandAgreement(files, id);
      const input = registerInput(values, terminal);
      const changing = new Changing(files, id, asOf, doneBy(input));
      const given = givenAnswers(AGREEMENT_QUESTIONS, values);
      if (Object.keys(given).length > 0) return changing.changed(withGiven(changing, given));
      const { ask } = terminal;
      if (ask === undefined || values['no-input'])
        throw new UsageError(
          `what is to change? Give it as an option, such as --review 2028-03-31; npx concordat agreement change --help lists them`,
        );
      const what = `${input.folder}/agreements/${id}.yaml`;
      return changing.changed(
        await changedAnswers(
          {
            drafting: changing.drafting,
            current: changing.current,
            fixed: (name) => changing.fixed(name),
            differing: (answers) => changing.differing(answers),
            settle: (answers) => changing.settle(answers),
          },
          what,
          { ...terminal, ask },
        ),
      );
    }),
});

/** What is said now, with what options say instead. @throws UsageError where one is to a question that does not come up */
function withGiven({ drafting, current }: Changing, given: Readonly<Record<string, string>>) {
  const answers = { ...current, ...given };
  const asked = new Set(drafting.asked(answers).map(({ name }) => name));
  const stray = Object.keys(given).find((name) => !asked.has(name));
  if (stray !== undefined) throw new UsageError(`--${stray} does not go with what the agreement says`);
  return Object.fromEntries(Object.entries(answers).filter(([name]) => asked.has(name)));
}
