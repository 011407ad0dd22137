/** Changes of a register’s files: what the commands that make them take. */

export { Agreeing } from './agree';
export { Changing } from './agreement-change';
export { ended, renewed } from './agreement-days';
export { AGREEMENT_QUESTIONS, type AgreementQuestionName } from './agreement-questions';
export { Beginning } from './begin';
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
export { type Drafting, faultWords, missingLine } from './drafting';
export { type InterruptionKind, withInterruption } from './interruption';
export { Joining } from './join';
export { QUESTIONS, type QuestionName } from './organisation-questions';
export { paused } from './pause';
export type { Answers, Question } from './question';
export { renamed } from './rename';
export { resumed } from './resume';
export { ZONE_QUESTIONS, type ZoneQuestionName } from './zone-questions';
