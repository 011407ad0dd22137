/** Which GSS codes were in use when: what the engine is handed, and what commands tell of it. */
export { GSS_ENTITIES, type GssEntity, KNOWN_TO } from './codes';
export { gssLookup } from './lookup';
