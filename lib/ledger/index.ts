/** A transparency log: its core, and a witness of it. Copies of it as folders have a door of their own: `ledger/bundle`. */
export * from './core';
export { type CosignRequest, cosign, WitnessRefusal, witnessKey } from './witness';
