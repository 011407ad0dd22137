/** A file is there and can’t be read: its gzip is cut short, it is not JSON, or not of CloudTrail’s form. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}
