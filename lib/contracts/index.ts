/** Data contracts: what they ask, what carries it out, and what is said of the outcome. */
export { type FileForm, formOfMediaType, MEDIA_TYPES } from './media-types';
