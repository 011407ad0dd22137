/** The door of this folder: what other folders take of it. */
export {
  AUDIT_INDEX_FILE,
  AUDIT_INDEX_FORM,
  type AuditedRole,
  type AuditIndex,
  auditIndexText,
  type IndexedAgreement,
  type IndexedOrganisation,
  type IndexedShare,
  MOST_INDEX_BYTES,
  parseAuditIndex,
  type Span,
} from './audit-index';
export { brokerOrderIn, type EndSessionsOrder, type StopOrder } from './broker-order';
export type { CustodyClaim, Origin as KeyOrigin } from './custody-claim';
export {
  GATE_LIST_FILE,
  GATE_LIST_FORM,
  type GatedAgreement,
  type GateList,
  gateListText,
  parseGateList,
} from './gate-list';
export * from './gate-report';
export {
  GRANT_LIST_FILE,
  GRANT_LIST_FORM,
  type GrantList,
  GrantListError,
  grantListText,
  inForceAt,
  type ListedShare,
  parseGrantList,
} from './grant-list';
export { KEPT_SESSION_FORM, type KeptSession, keptSessionIn } from './kept-session';
export * from './live-outcomes';
export { MESSAGE_LIMITS, MESSAGE_MEDIA_TYPE, type MessageFaultKind } from './message';
export * from './notice-list';
export { ORIGIN_FILE, type Origin, originFile, type ProgramIdentity, readOrigin } from './origin';
export * from './profile';
export { WireError } from './read';
export {
  type AgreementFacts,
  CUSTODY_KINDS,
  type CustodyKind,
  type OrganisationFacts,
  REGISTER_FILE,
  type RegisterFacts,
  readRegisterFacts,
  type WrittenFacts,
} from './register-facts';
export { type CameThrough, cameThrough, EXECUTION_AT_WORK, executionOutput } from './rollout-execution';
export * from './rollout-order';
export { parseRolloutRow, type RolloutRow, type RunsOf, runsOfText } from './rollout-row';
export * from './rollout-state';
export {
  type AssemblyIdentity,
  parseSavedPlan,
  SAVED_PLAN_FORM,
  type SavedPlan,
  savedPlanText,
} from './saved-plan';
export * from './sealed-deposit';
export * from './sealing';
export { accessPointArnOf, isCollectRole, isShareId, keyArnParts } from './share';
export { spreadValue, spreadValues } from './spread';
export {
  checkStagedEntry,
  MOST_ENTRY_BYTES,
  readStagedItem,
  type StagedEntry,
  stagedItem,
  UNSEALED,
} from './staged-entry';
export * from './stop-answer';
export { readStopRecord, STOP_RECORD_FORM, type StopRecord } from './stop-record';
export {
  type DepositMark,
  type IndexVersion,
  indexVersionsText,
  type LaterMark,
  type Mark,
  markText,
  parseIndexVersions,
  parseMark,
} from './transfer-notes';
export * from './unfinished-deposit';
