/** What a file system says by its codes, in words. */

/** Why it did not do what was asked of a path, by the code that Node gives it: a clause with `it` for the path. */
export const FILE_SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EBUSY: 'it is where you are, a disk of its own, or held by something else',
  EACCES: 'you may not read or write it',
  EPERM: 'you may not change it',
  EROFS: 'it lies on a disk that cannot be written to',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  ENOTDIR: 'what should be a folder is a file',
  EISDIR: 'what should be a file is a folder',
  ELOOP: 'it is a link that leads nowhere, or in a circle',
  ENAMETOOLONG: 'its name is too long',
  EEXIST: 'it is there already, and is not written over',
  EMFILE: 'too many files are open',
  EFBIG: 'the disk takes no file of that size',
};
