/** What the register takes of contracts: compiling, and no engine. */
export { formOfMediaType, MEDIA_TYPES } from '../media-types';
export { compileContract } from './compile';
export type { OdcsDocument, OdcsObject, OdcsProperty } from './document';
