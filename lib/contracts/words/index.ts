/** What is said of an outcome: pages, tables and lines, for the gate and for the desk. */
export { beyondTheGate } from './beyond';
export { CHECKS_IN_WORDS, reasonInWords } from './gate-reasons';
export { contractReportHtml } from './page';
export { type CheckedFile, contractReport, outcomeBlocks, ruleLine } from './report';
export { ruleWords } from './rules';
export { contractReportCsv } from './table';
