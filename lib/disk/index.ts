/** The one way in which commands write: a file or a folder is there as it was, or as it is meant to be, and nothing between. */

export { copyFolder } from './folder-copy';
export { makeWithThoseAbove } from './folder-to-be';
export { namelessCopy, namelessFile } from './nameless-file';
export {
  ChangedFileError,
  DIGEST_TO_COME,
  demandAsWritten,
  hasItsDigest,
  type OwnFile,
  ownPage,
  withDigest,
  writeOwnFiles,
} from './own-file';
export { demandFolder, FolderError, type FolderKind, makeOwnFolder } from './own-folder';
export { passingFolder } from './passing-folder';
export { above, afterLinks, asTyped, isWithin, ownPlace } from './place';
export { isRunning } from './running';
export { writeNewFile, writeWhole } from './whole-file';
export { makeFolder, replaceFolder, settleFolder } from './whole-folder';
