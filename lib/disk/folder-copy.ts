/** Copies a folder that is somebody else’s, so that nothing that is done with the copy or with the folder changes the other. */
import { cpSync, realpathSync } from 'node:fs';

/**
 * Copies a folder with all that is in it. Links are followed, that of the folder itself too: Node would copy them as links, and the
 * copy of a link is the folder that it leads to.
 * @param to where nothing is yet; the folder above it is there
 * @throws what the file system says, such as ENOENT for a link that leads nowhere and ELOOP for links in a circle
 * @see https://nodejs.org/api/fs.html#fscpsyncsrc-dest-options
 */
export function copyFolder(folder: string, to: string): void {
  // With a filter Node walks the folder itself: without one, Node 22 and later leave it to code that copies links as links.
  cpSync(realpathSync(folder), to, { recursive: true, dereference: true, filter: () => true });
}
