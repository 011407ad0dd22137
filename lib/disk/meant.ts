/** What the file system says of what lies beside a file or folder while it is made, said of the one that is meant. */

/**
 * The error with the path of what is meant: nobody has heard of the other, and by now it is gone.
 * @param fresh what was made beside it
 * @param meant the file or folder that was to come of it
 */
export function ofTheMeant(error: unknown, fresh: string, meant: string): unknown {
  if (typeof error !== 'object' || error === null || !('path' in error)) return error;
  const { path } = error as NodeJS.ErrnoException;
  if (typeof path !== 'string' || !path.startsWith(fresh)) return error;
  return Object.assign(error, { path: `${meant}${path.slice(fresh.length)}` });
}
