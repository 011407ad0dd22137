/** The probe of assumptions about AWS in two sandbox accounts: what commands take from it. */
export { liveSettings } from './aws/clients';
export { realProbeAws } from './aws/real';
export { costOf, MOST_USD } from './cost';
export { beforehand, dryRunText, needsText, resultText } from './in-words';
export { type ProbePlan, probePlan } from './plan';
export { plannedCalls } from './planned';
export { type ProbeAws, ProbeError } from './port';
export { type ProbeResult, runProbe, takeDownProbe } from './probe';
export { recorded } from './record';
export { rightsOf } from './rights';
export type { Sandbox } from './sandbox';
