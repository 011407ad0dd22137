/** The register: what other rooms take from it. Days stand in `calendar`, changes of its files in `changes`. */
export { readAgreement } from './agreement-file';
export { canonicalTerms, termsDigest } from './agreement-terms';
export { keyOfApprover } from './approvals/approver-key';
export type { Disposal } from './approvals/read-approval';
export {
  approvalsAreAsked,
  awaitedOn,
  type PartyStanding,
  standingOf,
} from './approvals/standing';
export { auditIndexOf } from './audit-index';
export { canonicalRegister, registerDigest } from './canonical';
export { loadCarried } from './carried';
export { loadContract } from './contract-file';
export { contractPlansOf, plansOf } from './contract-plans';
export {
  awaitsMaterial,
  custodyClaim,
  custodyFaults,
  isImported,
  type KeyFacts,
  ORIGIN_OF,
} from './custody-claim';
export { type Diagnostic, startOf } from './diagnostic';
export { copiesToDeploy, type Entry, entriesBetween, overdueOn } from './diary';
export { type Duty, declarationsOf, dutiesOf, missingOn } from './disposals/duties';
export { depositsUntil, type OwnersCopies, ownersCopies } from './disposals/owners-copies';
export { durationInWords, durationOf, wholeDays } from './duration';
export { isRegisterFolder, type RegisterFile, RegisterFolderError, readRegisterFolder } from './folder';
export { claimOf, folderOf } from './layout';
export { type Loaded, loadRegister } from './load';
export {
  type InboxTold,
  inboxesTold,
  inboxesToldBySns,
  mailboxesToldBySns,
  mailboxHash,
  mailboxUse,
} from './mailbox';
export { sessionSeconds, signedInFor, signInOf, somebodyCollects, somebodyDeposits } from './may';
export { directionOwnedBy, directionsOf, isReciprocal, owns, partiesOf, written } from './parties';
export { profileOf } from './profile';
export { isWithheld, isWithheldWhole, withheldTexts } from './public';
export { Register, type RegisterContent, verifiedIn } from './register';
export { githubReport } from './report/github';
export { gitlabReport } from './report/gitlab';
export { jsonReport } from './report/json';
export { sarifReport } from './report/sarif';
export { countInWords, type ReportInput, textReport } from './report/text';
export type { Agreement, AgreementId, PublicSetting } from './schema/agreement';
export type { Contract } from './schema/contract';
export { jsonSchemas } from './schema/json-schema';
export {
  type AccountId,
  type Custody,
  type External,
  type Member,
  type Organisation,
  type OrganisationId,
  SECTORS,
} from './schema/organisation';
export { referencePage } from './schema/reference';
export { accountId } from './schema/scalars';
export type { Settings } from './schema/settings';
export type { SignIn } from './schema/sign-in';
export { PARTS, type PartOfAgreement, TERMS, type Term } from './schema/terms';
export type { Rollout, Zone } from './schema/zone';
export { sealedOf } from './sealed';
export { readSettings, settingsText } from './settings';
export {
  agreementHash,
  isLive,
  isLiveState,
  type LiveShare,
  SHARE_STATES,
  type Share,
  type ShareState,
  STATE_IN_WORDS,
  shareId,
  sharesOf,
} from './share';
export { bytesIn, LARGEST_SCANNED } from './size';
export { spansOf } from './spans';
export { choicesOf, isListTerm } from './term-kind';
export { yamlText } from './yaml-text';
