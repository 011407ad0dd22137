/** Which GSS codes were in use when: what the engine is handed, and what commands tell of it. */
export { gssLookup } from './lookup';
