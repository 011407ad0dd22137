/** The rehearsal of an assembly: what commands take from it. */
export { InterruptedError, RehearsalError } from './errors';
export { realAws } from './live/aws';
export { type SmokeTestOrder, smokeTest } from './live/smoke-test';
export { type RehearsalOrder, rehearse } from './rehearsal';
export { passed, type RehearsalResult } from './result';
export { rehearsalText, verdictText } from './table';
