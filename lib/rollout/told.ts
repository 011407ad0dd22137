/** What a rollout tells as it goes on, as values and in words. */
import type { StackState } from '../wire';
import { plural } from '../words';
import type { FleetStack } from './fleet';
import { type LetIn, refusedPrincipalWords } from './refused-principals';
import type { ByHand, Wave } from './waves';
import { byHandLines, waveWords } from './words';

/** Something that has happened. */
export type RolloutEvent =
  | { readonly kind: 'upload' | 'wave'; readonly wave: Wave; readonly stacks: number }
  | { readonly kind: 'not-uploaded'; readonly lines: readonly string[] }
  | { readonly kind: 'stack'; readonly stack: FleetStack; readonly now: StackState }
  | { readonly kind: 'wave-ends'; readonly wave: Wave; readonly failed: number }
  | { readonly kind: 'pause'; readonly minutes: number }
  | { readonly kind: 'by-hand'; readonly step: ByHand }
  | { readonly kind: 'back'; readonly stacks: number };

/** How a run ends. */
export type Ending =
  /** Every stack runs what was planned. */
  | 'through'
  /** All waves are through, and some stacks failed within what was tolerated. */
  | 'failures'
  /** Somebody has to do something by hand first. */
  | 'by-hand'
  /** What a wave needs could not be uploaded: nothing of it was begun. */
  | 'not-uploaded'
  /** Stacks that give are not through, so nothing is taken away. */
  | 'nothing-taken-away'
  /** A wave went over its tolerance, and what it did was put back, or stays as it only took away. */
  | 'stopped'
  /** What was done was put back, as was asked. */
  | 'back'
  /** That was asked, and something could not be put back. */
  | 'not-all-back'
  /** It was interrupted between two stacks. */
  | 'interrupted';

const STANDS: Readonly<Record<StackState['standing'], string>> = {
  waiting: 'waits',
  begun: 'is under way',
  through: 'is through',
  failed: 'failed',
  stuck: 'is stuck',
  back: 'is back',
};

const RUNS: Readonly<Record<StackState['runs'], string>> = {
  before: 'runs what it ran before',
  after: 'runs what was planned',
  nothing: 'has nothing deployed',
  neither: 'runs neither of the two',
  unknown: 'nobody knows what it runs: ask again with the same command',
};

/** What a stack is at, for people: one line, one for each reason, and one where it is known what to do. */
export function stackLines(
  name: string,
  { account, standing, runs, found, why = [] }: StackState,
  letIn: LetIn,
): string[] {
  const by = found === true ? ', deployed by somebody else' : '';
  const toDo = refusedPrincipalWords(why, (resource) => letIn(name, resource));
  return [
    `${name} in ${account} ${STANDS[standing]}${by}: ${RUNS[runs]}`,
    ...why.map((each) => `  ${each}`),
    ...(toDo === undefined ? [] : [`  ${toDo}`]),
  ];
}

/** What has happened, for people: lines without their ends. */
export function eventLines(event: RolloutEvent, folder: string, letIn: LetIn): string[] {
  switch (event.kind) {
    case 'upload':
      return [`Uploading what ${plural(event.stacks, 'stack')} need`];
    case 'not-uploaded':
      return event.lines.map((each) => `  ${each}`);
    case 'wave':
      return [`${waveWords(event.wave)}: ${plural(event.stacks, 'stack')}`];
    case 'stack':
      return stackLines(event.stack.stack, event.now, letIn).map((each) => `  ${each}`);
    case 'wave-ends':
      return event.failed === 0
        ? []
        : [`${plural(event.failed, 'account')} failed, and ${event.wave.tolerated} may`];
    case 'pause':
      return [
        `${plural(event.minutes, 'minute')} until the next wave: look at the alarms; Ctrl-C stops here`,
      ];
    case 'by-hand':
      return byHandLines(event.step, { folder });
    case 'back':
      return [
        event.stacks === 0 ? 'Nothing is to be put back' : `${plural(event.stacks, 'stack')} to be put back`,
      ];
  }
}

const ENDINGS: Readonly<Record<Ending, string>> = {
  through: 'The rollout is through: every stack runs what was planned.',
  failures:
    'All waves are through, and some stacks are not. The same command tries those again; nothing else is touched.',
  'by-hand':
    'The rollout goes on once that is done: the same command with --done and the names of what was done.',
  'not-uploaded':
    'The files that a wave needs could not be uploaded, and nothing of it was begun. The same command goes on from there.',
  'nothing-taken-away':
    'Stacks that give are not through, so nothing is taken away yet. The same command tries them again, and goes on.',
  stopped:
    'The rollout stopped: a wave went over its tolerance. What that wave had changed was put back, but for new stacks, for what only took away and for what is stuck. Earlier waves stay: --back puts them back too.',
  back: 'What the rollout had changed was put back, but for new stacks, which stay as they are.',
  'not-all-back': 'Not all could be put back: what is stuck stays as it is. The same command tries it again.',
  interrupted: 'Interrupted between two stacks. The same command goes on from there.',
};

/** How a run ended. */
export function endingWords(ending: Ending): string {
  return ENDINGS[ending];
}
