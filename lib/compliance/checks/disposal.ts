/** The check on what becomes of the copies once an agreement has ended. */
import { type Duty, dutiesOf, verifiedIn } from '../../register';
import { dayWords } from '../../register/calendar';
import { REGISTER_FILE } from '../../wire';
import type { Check, JudgedAssembly } from '../check';
import { fail, notAsked, onFile, pass, type Verdict } from '../judging';

export const DISPOSAL: readonly Check[] = [
  {
    id: 'AGR-DISPOSED',
    title: 'No recipient is late in declaring that it has disposed of its copies.',
    reads: ['register.json agreements', 'register.json approvals'],
    why: 'Access ends by itself; copies do not. A signed declaration says who answers for them.',
    goals: ['csp-2.4_goal.1'],
    doesNotProve:
      'That the copies are gone: a declaration is the recipient’s word. Nor that the owner has emptied its bucket of what it shared.',
    remediation: 'Have the recipient declare it: npx concordat dispose.',
    judge: (assembly) => {
      const { register, asOf } = assembly;
      const ended = dutiesOf({ ...register, ...verifiedIn(register) }).filter(
        ({ isAsked, collectedUntil }) => isAsked && collectedUntil < asOf,
      );
      const judged = ended.map((duty) => onFile(assembly, REGISTER_FILE, verdictOn(duty, assembly)));
      return judged.length > 0
        ? judged
        : [
            onFile(
              assembly,
              REGISTER_FILE,
              notAsked('No agreement has ended that asks for a declaration.', 'agreements'),
            ),
          ];
    },
  },
];

function verdictOn(
  { agreement, organisation, due, declared }: Duty,
  { register, asOf }: JudgedAssembly,
): Verdict {
  const at = ['agreements', register.agreements.findIndex(({ id }) => id === agreement.id), 'id'] as const;
  const what = `${organisation} under ${agreement.id}`;
  if (declared !== undefined)
    return pass(
      `${what}: declared on ${dayWords(declared.on)} by its ${declared.role} (${declared.sha256}).`,
      ...at,
    );
  if (due === undefined) return notAsked(`${what}: a legal hold has no last day.`, ...at);
  return due < asOf
    ? fail(`${what}: due by ${due}, and not declared.`, ...at)
    : notAsked(`${what}: due by ${due}.`, ...at);
}
