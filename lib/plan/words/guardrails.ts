/** Changes of guardrails, and of the roles of baselines, in sentences. */
import { andList, code, say, type Words } from '../../words';
import type { Change } from '../change';
import {
  type BaselineRole,
  type Guardrail,
  guardrailEffect,
  otherStatements,
  otherStatementsOfRole,
  widensBaseline,
} from '../guardrails';
import type { Told } from './told';

/** A guardrail that comes, goes or changes. */
export function tellGuardrail(change: Change<Guardrail>): Told {
  const { before, after } = change;
  const { freed, reached, loses, widens } = guardrailEffect(change);
  const name = code(after?.name ?? before?.name ?? '');
  if (before === undefined)
    return { mark: '+', sentence: say`The guardrail ${name} is new`, more: [], widens };
  if (after === undefined) return { mark: '-', sentence: say`The guardrail ${name} goes`, more: [], widens };
  const more = [
    ...(freed.length > 0 ? [`It no longer holds the accounts of ${andList(freed)}.`] : []),
    ...(reached.length > 0 ? [`It now holds the accounts of ${andList(reached)}.`] : []),
    ...(loses
      ? [
          say`Statements change or go, so it may deny less: ${andList(otherStatements(change).map(code))}. This is not judged: compare them in ${code(after.file)} of both assemblies.`,
        ]
      : []),
  ];
  return { mark: '~', sentence: say`The guardrail ${name} changes`, more, widens };
}

/** A role of a baseline that comes, goes or changes. */
export function tellBaselineRole(change: Change<BaselineRole>): Told {
  const { before, after } = change;
  const widens = widensBaseline(change);
  const name = code(after?.name ?? before?.name ?? '');
  if (after === undefined)
    return { mark: '-', sentence: say`${name} goes from the baseline of every account`, more: [], widens };
  return {
    mark: before === undefined ? '+' : '~',
    sentence: say`${name} ${before === undefined ? 'comes into' : 'changes in'} the baseline of every account`,
    more: [whatItMayDo(change, after)],
    widens,
  };
}

function whatItMayDo(change: Change<BaselineRole>, { file }: BaselineRole): Words {
  const statements = otherStatementsOfRole(change);
  const what =
    statements.length === 0
      ? 'No statement of its policies changes, but whom it lets in, or what limits it'
      : say`${change.before === undefined ? 'It has these statements' : 'Statements change'}: ${andList(statements.map(code))}`;
  return say`${what}. What it may do is not judged: compare it in the TemplateBody of ${code(file)} of both assemblies.`;
}
