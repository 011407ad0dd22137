/** Delivery: what other rooms take of it. */
export { agreementIn, type Collects, type Sends } from './agreement';
export { type Arrival, arrivalsOf } from './collect/arrivals';
export { NO_VERSION } from './collect/fetch';
export { type InboxLine, inboxLine, inboxOf, type ListedLine, listedLine } from './collect/inbox';
export { localName } from './collect/local-name';
export { Notes } from './collect/notes';
export {
  ALGORITHMS,
  type Desk,
  type HandedOn,
  type Journal,
  type Looked,
  type Noted,
  type ObjectChecksum,
  type PartFile,
  type Running,
  type Shelf,
} from './collect/ports';
export type { CollectRefusal, IdentityFault } from './collect/refusals';
export {
  agreementsOf,
  collectRound,
  type Hindrance,
  type RoundEvent,
  type RoundResult,
} from './collect/round';
export type { SealedBytes, Unsealing } from './collect/unseal';
export { addressed, type Inbox } from './deposit/address';
export type {
  DepositItem,
  LocalFile,
  Memory,
  Survey,
} from './deposit/item';
export {
  type DepositRefusal,
  type FaultyFile,
  type FileFault,
  lookAt,
  type NamedFile,
  nameOf,
} from './deposit/look';
export { mediaTypeFor } from './deposit/media-type';
export { sealedBytes } from './deposit/sealed-size';
export { giveUp, rememberedOf, type SendPorts, send, wholeOf } from './deposit/send';
export { type DepositVerdict, isSettled, verdictOn } from './deposit/verdict';
export { toldSince } from './listed-since';
export { type OutboxLine, outboxIn } from './outbox';
export {
  type Correspondence,
  contentPolicy,
  correspondences,
  type Elsewhere,
  pageHeaders,
  profileOfPage,
  providerAddress,
  s3Address,
  stsAddress,
} from './page-places';
export { planOfParts } from './parts';
export { keyOfVersion, type RecallRefusal, recall, toRecall } from './recall';
export type { LedgerEvent } from './receipt/events';
export type { LedgerStore } from './receipt/ledger-files';
export { checkedLedger, ledgerEvents, receiptOfTransfer, type TransferReceipt } from './receipt/receipt';
export { type ReceiptRefusal, refuseReceipt } from './receipt/refusals';
export { DeliveryRefused, type DeliveryRole, type SharedRefusal } from './refusals';
export { noticesOn, type ProfileNotice, type Standing, standingOn } from './standing';
export {
  type About,
  type Body,
  type FailureKind,
  type ListedObject,
  type Opened,
  type SentPart,
  type Store,
  type Stored,
  StoreFailure,
} from './store';
export { transferNamed } from './transfer-name';
