/** What a new agreement is asked for, as options, and the answers that wait: the same whether they are typed or read from a document. */
import { NEW_AGREEMENT_QUESTIONS, type NewAgreementQuestionName } from '../../register/changes';
import { type KeptAnswers, keptAnswers } from '../interview/kept-answers';
import { type Option, text } from '../option';
import type { RegisterInput } from '../register-input';
import type { Terminal } from '../terminal';

/** An option for each question. */
export const AGREEMENT_ANSWERS = Object.fromEntries(
  NEW_AGREEMENT_QUESTIONS.map(({ name, takes, help }) => [name, text(takes, help)]),
) as Record<NewAgreementQuestionName, Option<string | undefined>>;

/** The answers of an interview that was not ended, beside the register's files. */
export function keptAgreement({ folder }: RegisterInput, { cwd }: Terminal): KeptAnswers {
  return keptAnswers(cwd, `${folder}/.agreement-answers.json`, 'agreement');
}
