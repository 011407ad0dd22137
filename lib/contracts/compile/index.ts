/** What the register takes of contracts: compiling, what a check takes, and no engine. */
export { checkNeeds, MOST_SPILL_BYTES, mostCheckable, RUN_SECONDS } from '../capacity';
export { formOfMediaType, MEDIA_TYPES } from '../media-types';
export { type Compiled, compileContract } from './compile';
export type { OdcsDocument, OdcsObject, OdcsProperty } from './document';
