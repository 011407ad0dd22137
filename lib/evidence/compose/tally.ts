/** The counts that sum an evidence up, each with what it is out of. */
import { STATE_IN_WORDS } from '../../register';
import { dayWords } from '../../register/calendar';
import { type Evidence, GOAL_STATES, type GoalState } from '../model';
import { isAsAgreed } from './shares';

/** All of them. */
export interface Tally {
  readonly goals: Readonly<Record<GoalState, number>> & { readonly of: number };
  readonly judgements: Readonly<Record<'passed' | 'failed' | 'accepted' | 'notApplicable', number>>;
  /** Shares of which the templates make what the register implies, in force or ended. */
  readonly sharesAsAgreed: number;
  readonly keysToLookAt: number;
  readonly exceptionsPast: number;
}

/** Counts an evidence. */
export function tallyOf({ principles, checks, shares, custody, exceptions }: Evidence): Tally {
  const goals = principles.flatMap(({ parts }) => parts.flatMap((part) => part.goals));
  const sum = (of: keyof Tally['judgements']) => checks.reduce((total, each) => total + each[of], 0);
  const states = GOAL_STATES.map((state) => [state, goals.filter((goal) => goal.state === state).length]);
  return {
    goals: { ...(Object.fromEntries(states) as Record<GoalState, number>), of: goals.length },
    judgements: {
      passed: sum('passed'),
      failed: sum('failed'),
      accepted: sum('accepted'),
      notApplicable: sum('notApplicable'),
    },
    sharesAsAgreed: shares.filter(isAsAgreed).length,
    keysToLookAt: custody.filter(({ attention }) => attention.length > 0).length,
    exceptionsPast: exceptions.filter(({ past }) => past).length,
  };
}

/** Everything in it that has to be mended, in plain words; empty where the evidence is clean. */
export function faultsOf(evidence: Evidence): string[] {
  const { checks, findings, exceptions, shares, undeclared, proof } = evidence;
  return [
    ...checks.flatMap(({ id, judgements }) =>
      judgements
        .filter((each) => each.outcome === 'fail' && each.accepted !== true)
        .map(({ file, pointer, saw }) => `${id}: ${saw} (${file} ${pointer})`),
    ),
    ...findings
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, description, place }) => `${rule}: ${description} (${place})`),
    ...exceptions
      .filter(({ past }) => past)
      .map(
        ({ rule, review, owner, resources }) =>
          `the exception to ${rule} was to be looked at by ${dayWords(review)}: ask ${owner} (${resources[0]}${resources.length > 1 ? ` and ${resources.length - 1} more` : ''})`,
      ),
    ...shares
      .filter((share) => !isAsAgreed(share))
      .map(
        ({ agreement, recipient, state, register }) =>
          `the share of ${agreement} with ${recipient} is ${STATE_IN_WORDS[state]}, and templates make something else (${register})`,
      ),
    ...undeclared.map(({ saw, file, pointer }) => `${saw} (${file} ${pointer})`),
    ...(proof.run
      ? proof.findings.map(({ lines }) => lines[0] ?? 'the access proof found a difference')
      : []),
  ];
}
