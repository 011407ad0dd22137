/** The client: what commands take of it. */
export { type Client, type ClientSetting, type OpenStore, openClient, refusalOf } from './client';
export {
  type Collecting,
  type CollectListener,
  type CollectRequest,
  collect,
  openCollecting,
} from './collect';
export {
  collectedAs,
  isNotSealed,
  type ReceiptsRequest,
  type ReceiptsResult,
  receiptName,
} from './collected-receipts';
export { deposit } from './deposit';
export type { DepositedFile, DepositRequest, DepositResult } from './deposit-request';
export { DESK_FOLDER, type HeldDesk, notedIn, openDesk } from './desk';
export { depositEnding, type Ending, endingOf } from './exit';
export { abandonDeposit, abandonDeposits } from './giving-up';
export { commandWords, runOn, scanWith } from './hand-on';
export { writeIdentity } from './identity-file';
export { bytesInWords, Meter, type MeterOutlet, timeInWords } from './meter';
export { hasBrowser, openBrowser } from './oidc/browser';
export type { SignInListener } from './oidc/flows';
export type { SignInRefusal } from './oidc/refusals';
export {
  type SignedIn,
  type SignInRequest,
  type SignInWorld,
  signInPerson,
  signOutPerson,
} from './person';
export { PROFILE_VARIABLE } from './profile-file';
export { writeReceipt } from './receipt-files';
export { STATE_VARIABLE, StateFolder, statePlace } from './state-folder';
export { type DecidedFile, waitForVerdicts } from './verdicts';
export { collectEnding, collectText } from './words/collect';
export { depositedText, depositText, verdictText } from './words/deposit';
export { recallEnding, recallText } from './words/recall';
export { isOfReceipts, receiptEnding, receiptText } from './words/receipt';
export { type CollectedAs, receiptPage } from './words/receipt-page';
export { type RefusalText, sharedText } from './words/refusals';
export { signedInText, signInEnding, signInText } from './words/sign-in';
