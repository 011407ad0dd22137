/** What CloudTrail’s events mean for the zone, the life of each transfer, and the ledger’s entries that tell of them. */
export { isAlarming, isThreat } from './alarming';
export { compareWithArchive } from './archive/compare';
export type { ArchiveFault, ArchiveVerdict } from './archive/faults';
export type { LogArchive } from './archive/ports';
export { type BreachFacts, breachFacts, type Happened } from './breach';
export { entryOfDeposit } from './deposits';
export {
  type Digest,
  type DigestedFile,
  digestOf,
  type Gap,
  type GapWhy,
  gapId,
  kindOfFile,
  type PreviousDigest,
} from './digest';
export { eventEntry, type LogOrigin, logFileName } from './entry';
export { Exchange, endOf } from './exchange';
export { fieldsOf, isFields, textOf } from './fields';
export { interpret, isInterpreted } from './interpret';
export { verdictIn } from './interpret-objects';
export { depositOfRead, markKeyOf, transfersOf } from './life-cycle';
export { hashOfFile, readJsonFile, readLogFile } from './log-file';
export { endsBy, markOf, objectIdOf } from './mark';
export { type Identified, identified, isViolation, type Meaning } from './meaning';
export { entryFormat } from './ocsf';
export { outcomeEntry, signedEntry, zoneEntry } from './own-entry';
export { mayConcern, RecordError, type TrailEvent, trailEventOf, unknownCategoryOf } from './record';
export { Refusals, refusalEntry } from './refusals';
export { firstReview, LATENESS, mayComeAfterTheEnd, type Outcome, outcomeId, reviewOf } from './review';
export { SAMPLE_LOG, sampleTrail } from './sample-trail';
export { UnreadableFileError } from './unreadable-file';
export { verdictOf } from './verdict';
