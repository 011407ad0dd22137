/** Changes of a register’s files: what the commands that make them take. */

export { Agreeing } from './agree';
export { Changing } from './agreement-change';
export { AGREEMENT_QUESTIONS, type AgreementQuestionName } from './agreement-questions';
export { approving } from './approve';
export { Beginning } from './begin';
export { type Change, ChangeRefused, ChangeUnsound, soundRegister } from './change';
export { ending, pausing, renewing, resuming } from './change-enquiries';
export { commitFiles, type Disk, disk, NothingWritten } from './commit';
export {
  type Decision,
  decisionsIn,
  type Heirs,
  type Matter,
  type Novation,
  novationTo,
} from './decision';
export { leaving, succeeding, type Undecided } from './departing';
export { disposing } from './dispose';
export { type Enquiry, faultWords, missingLine, type TriedChange } from './enquiry';
export { type InterruptionKind, stopsFrom, withStop } from './interruption';
export { Joining } from './join';
export { NEW_AGREEMENT_QUESTIONS, type NewAgreementQuestionName } from './new-agreement';
export { QUESTIONS, type QuestionName } from './organisation-questions';
export type { Answers, Question } from './question';
export type { Signer } from './sign';
export { ZONE_QUESTIONS, type ZoneQuestionName } from './zone-questions';
