/** What the register takes of contracts: compiling, and no engine. */
export { type FileForm, formOfMediaType, MEDIA_TYPES } from '../media-types';
