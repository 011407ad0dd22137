/** Copies of a ledger as folders of files: verifying one, reading its entries, and making one to try that on. For Node. */
export { bundleEntries, EntriesByPlace } from './entries';
export type { EntryFormat, EntryReading } from './entry-format';
export { BundleError, type BundleFiles, bundleFolder } from './files';
export { checkpointOf, pinnedKeysOf, type WhatToDo } from './kept-files';
export type { PinnedKey } from './keys';
export { isLeftBehind } from './left-behind';
export { bundleNodes } from './nodes';
export { type SampleBundle, type SampleEntry, type SampleLog, sampleBundle, throwawayKey } from './sample';
export type { BundleFinding, FindingKind, Verdict } from './verdict';
export { type VerifyOptions, verifyBundle } from './verify';
