/** The pack for an organisation that joins: what commands take from it. */
export { type Effect, effectOf } from './effect';
export { packFiles } from './pack';
