/** Data contracts: what they ask, what carries it out, and what is said of the outcome. */

export { type CheckNeeds, CSV_BYTES_OF_ONE_RUN, CSV_MEGABYTES_A_SECOND, csvNeeds } from './capacity';
export { checkFile } from './check-file';
export { type CheckPackedOptions, checkPacked } from './check-packed';
export { CheckError, CheckpointError, PlanError, RoomError } from './errors';
export { gssLookup } from './gss/lookup';
export type { GssLookup, GssPeriod } from './gss-lookup';
export { type FileForm, formOfMediaType, MEDIA_TYPES } from './media-types';
export {
  type Checked,
  type CheckOptions,
  MOST_CHECKPOINT_BYTES,
  type Source,
  type Spill,
} from './port';
export { FolderSpill } from './rules/keys/folder-spill';
export { canPause } from './rules/row-rules';
export { PackingError } from './unpack/fault';
export { unpacked } from './unpack/unpacked';
