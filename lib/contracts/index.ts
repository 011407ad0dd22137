/** Data contracts: what they ask, what carries it out, and what is said of the outcome. */

export { checkFile } from './check-file';
export { type CheckPackedOptions, checkPacked, checkUnlocked } from './check-packed';
export { CheckError, CheckpointError, PlanError, RoomError } from './errors';
export { gssLookup } from './gss/lookup';
export type { GssLookup, GssPeriod } from './gss-lookup';
export type { SlicedFile } from './locked/sliced-file';
export { lockedFile } from './locked-file';
export { bareMediaType, formOfMediaType, MEDIA_TYPES } from './media-types';
export { canPause } from './pausing';
export {
  type Checked,
  type CheckOptions,
  MOST_CHECKPOINT_BYTES,
  type Source,
  type Spill,
} from './port';
export { FolderSpill } from './rules/keys/folder-spill';
export { keeps as keepsThreshold } from './rules/threshold';
export { type SealedTo, type SealFault, sealFault } from './sealed/age-form';
export { PackingError } from './unpack/fault';
export { unpacked } from './unpack/unpacked';
