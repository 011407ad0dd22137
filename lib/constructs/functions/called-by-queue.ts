/** What is acknowledged of a function that a queue calls: the queue does what two rules ask of the function itself. */
import type { Acknowledgement } from '../../compliance/packs';
import { BY_ZONE } from '../reviewed';

/** For a function with a queue of its own for what fails, and a sweep each hour. */
export const CALLED_BY_QUEUE: readonly Acknowledgement[] = [
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
    reason: 'The queue limits how many calls run at once; new accounts have little concurrency to reserve.',
    ...BY_ZONE,
  },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    reason:
      'It is called by a queue that has a queue of its own for what fails; a lost sweep is made good within the hour.',
    ...BY_ZONE,
  },
];
