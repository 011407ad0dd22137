/** Change sets held against a plan, and what a stack stands at. */
export type { Change, ChangeSet, StackNow } from './change-set';
export { departuresOf } from './compare';
export { type Expected, type ExpectedChange, type Side, templateDigest } from './expected';
export { changeOf, SEES_NO_CHANGE } from './given';
export { lastEvents, reasonsIn } from './reasons';
export { cameOf, isOnlyPlanned, isStill, runsOf, type Seen, standingOf, unseen } from './standing';
export { departureWords } from './words';
