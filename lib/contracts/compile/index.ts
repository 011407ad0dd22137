/** What the register takes of contracts: compiling, and no engine. */
export { type FileForm, formOfMediaType, MEDIA_TYPES } from '../media-types';
export { type Compiled, compileContract } from './compile';
export type { OdcsDocument, OdcsObject, OdcsProperty } from './document';
export type { ContractFault, ContractPath } from './fault';
