/** Changes of a register’s files: what the commands that make them take. */
export { type Change, ChangeRefused, ChangeUnsound, soundRegister } from './change';
export { commitFiles, type Disk, disk, NothingWritten } from './commit';
export {
  type Decision,
  decisionsIn,
  type Heirs,
  type Matter,
  mattersOf,
  type Novation,
  novationTo,
} from './decision';
export { departed } from './depart';
export type { Departure } from './departure';
export { type InterruptionKind, withInterruption } from './interruption';
export { faultLine, Joining } from './join';
export { type Answers, QUESTIONS, type QuestionName } from './joining-questions';
export { paused } from './pause';
export { renamed } from './rename';
