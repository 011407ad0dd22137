/** What every Lambda function needs, once. Functions import from here alone. */
export { isDenied, isPassing, isThrottled } from './again';
export { Apart } from './apart';
export { ALGORITHMS, type Algorithm, type Checksums, type Running } from './checksum-algorithms';
export { checksumsHere } from './checksums';
export { callingFunctions, clientSettings } from './clients';
export { EnvironmentError, REQUIRED_BY_LAMBDA, readEnvironment, variable } from './environment';
export { described, EventError, FunctionError, failuresIn, RunFailedError } from './errors';
export { type Clock, clockOf, type LambdaContext, type WaitingClock } from './invocation';
export { type Fields, Log, type LogProps, type Write, writeLine } from './log';
export { inParallel, Lanes } from './parallel';
export {
  type Again,
  doubting,
  insist,
  insisting,
  LONGEST_WAIT,
  Pace,
  patiently,
  type RunClock,
} from './patience';
export { credentialsOf } from './role-credentials';
