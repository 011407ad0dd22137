/** The evidence pack: what commands take from it. */
export { checkResults } from './compose/checks';
export { evidenceOf } from './compose/evidence';
export { proofResult } from './compose/proof';
export { readingsOf } from './compose/readings';
export { faultsOf, tallyOf } from './compose/tally';
export type { Evidence, ProofResult, Reading } from './model';
export { extractFiles, packFiles } from './pack';
export { evidenceSourceOf } from './source';
export { demandPackFolder, writePack } from './write-pack';
