/** Changes of a register’s files: what the commands that make them take. */

export { approving } from './approve';
export { saysWhatAwaits } from './awaited';
export { type Change, ChangeRefused, ChangeUnsound, soundRegister } from './change';
export { commitFiles, type Disk, disk, NothingWritten } from './commit';
export {
  type Decision,
  decisionsIn,
  type Heirs,
  type Matter,
  type Novation,
  novationTo,
} from './decision';
export { disposing } from './dispose';
export { type InterruptionKind, stopsFrom, withStop } from './interruption';
export { Agreeing } from './interview/agree';
export { Changing } from './interview/agreement-change';
export { AGREEMENT_QUESTIONS, type AgreementQuestionName } from './interview/agreement-questions';
export { Beginning } from './interview/begin';
export { ending, pausing, renewing, resuming } from './interview/change-enquiries';
export { leaving, succeeding, type Undecided } from './interview/departing';
export { type Enquiry, faultWords, missingLine, type TriedChange } from './interview/enquiry';
export { Joining } from './interview/join';
export { NEW_AGREEMENT_QUESTIONS, type NewAgreementQuestionName } from './interview/new-agreement';
export { QUESTIONS, type QuestionName } from './interview/organisation-questions';
export type { Answers, Question } from './interview/question';
export { ZONE_QUESTIONS, type ZoneQuestionName } from './interview/zone-questions';
export type { Signer } from './sign';
