/** What is wrong with an assembly that cannot be read. */

/** A folder is not a cloud assembly, or a part of it cannot be read. The message names the file and what to do. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}
