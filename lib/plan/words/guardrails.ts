/** Changes of guardrails, and of the roles of baselines, in sentences. */
import { andList, code, say } from '../../words';
import type { Change } from '../change';
import { type BaselineRole, type Guardrail, guardrailEffect, widensBaseline } from '../guardrails';
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
      ? ['Statements change or go, so it may deny less. This is not judged: compare the templates.']
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
    more: ['What it may do is not judged: compare the templates.'],
    widens,
  };
}
