/** The public record: what is shared with whom, why, under which law and for how long, for everybody. */
export { leaksIn } from './leaks';
export { publicRecord } from './public-record';
export { siteFiles } from './site';
export { type LedgerCounts, ledgerCounts, SETTLED_DAYS } from './transfers';
export { demandRecordFolder, writeRecord } from './write-record';
