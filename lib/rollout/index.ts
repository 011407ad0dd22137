/** Carries out a saved plan: in which waves, how long it takes, what it asks of AWS. */
export { fleetOf } from './fleet';
export { type Tempo, USUAL_TEMPO } from './forecast';
export { type Caution, stepsOf, USUAL_CAUTION } from './waves';
export { type DryRun, dryRunJson, dryRunText } from './words';
