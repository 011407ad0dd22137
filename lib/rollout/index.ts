/** Carries out a saved plan: in which waves, what it asks of AWS, what came of it. */
export { type EnginePlace, realEngine } from './aws/engine';
export { realLookout } from './aws/lookout';
export { type Asking, realCloudFormation } from './aws/real';
export { type Begun, begun, ended, uploaded } from './engine/begin';
export { type Engine, EngineError, type Look } from './engine/engine';
export { expectedOf } from './expected';
export { fleetOf } from './fleet';
export { type Tempo, USUAL_TEMPO } from './forecast';
export { Journal, stateAtFirst } from './journal';
export { type Order, type Ordered, orderOf } from './order';
export type { CloudFormation } from './port';
export { carryOut, goBack, type RolloutClock } from './run';
export { type FleetStatus, fleetStatus, isClean } from './status/fleet-status';
export type { Lookout, SeenAccount } from './status/seen';
export { statusDocument } from './status/words';
export { type Ending, endingWords, eventLines, type RolloutEvent, stackLines } from './told';
export { type Caution, type Step, stepsOf, USUAL_CAUTION } from './waves';
export { byHandLines, type DryRun, dryRunJson, dryRunText } from './words';
