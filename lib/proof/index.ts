/** The access proof: what other rooms take from it. */
export type { Deed } from './actions';
export { approvedDaysOf } from './approvals';
export { Askers } from './askers';
export { explainFinding, findingId, findingOf } from './explain-finding';
export { notReachable, ownerOf, type WayToRead, waysToRead } from './explain-reading';
export {
  explainRequest,
  type NotInAssembly,
  type RequestToExplain,
  requestOfFinding,
  UNSIGNED,
} from './explain-request';
export { explainedLines } from './explained-in-words';
export {
  type AccessFinding,
  type FindingAsker,
  type FindingReason,
  type FindingRequest,
  findingsOf,
  isAssumed,
  type ProofFinding,
  placesOf,
} from './findings';
export { standLines } from './guardrails/in-words';
export {
  linesOf,
  NOT_IN_AN_ASSEMBLY,
  plainFinding,
  tellAs,
  tellAsker,
  tellBasis,
  tellFindingReason,
  tellLeft,
  tellParty,
  tellRefusal,
  tellResource,
  WHY_THESE_COVER_ALL,
} from './in-words';
export { ownPath, type Refusal } from './own-path/own-path';
export { type Proof, prove } from './prove';
export type { Basis, Owner, Party } from './question';
export { readByShare, type ShareRead } from './read-by-share';
export { isOpen, type Reader, type ReadOf, readBy, readersOf, type SignedInReader } from './readers';
export { type ImpliedShare, impliedShares, isActive } from './shares';
