/** The timestamps of a bundle, as far as they can be checked without the authority’s certificate. */

import { plural } from '../../words';
import { checkpointPath } from '../core/layout';
import { requestsTimestampOf, timestampOf } from '../core/timestamp';
import type { BundleFiles } from './files';
import type { Notes } from './verdict';

/** That each request is on the checkpoint of its size, and each reply answers its request. */
export function checkTimestamps(files: BundleFiles, notes: Notes): void {
  const paths = files.paths().filter((path) => path.startsWith('timestamp/'));
  const replies: string[] = [];
  for (const path of paths) {
    const [, size] = /^timestamp\/(\d{16})\.ts[qr]$/.exec(path) ?? [];
    const signed = checkpointPath(Number(size ?? Number.NaN));
    if (size === undefined || !files.paths().includes(signed)) {
      notes.found('timestamp', path, 'there is no checkpoint that it can be on');
      continue;
    }
    const request = path.replace(/r$/, 'q');
    if (path === request) {
      const fits = notes.attempt('timestamp', path, () =>
        requestsTimestampOf(files.read(path), files.read(signed)),
      );
      if (fits === false) notes.found('timestamp', path, `it is not on ${signed}`);
    } else if (!paths.includes(request)) notes.found('timestamp', path, 'its request is missing');
    else {
      const time = notes.attempt('timestamp', path, () => timestampOf(files.read(path), files.read(request)));
      if (time) replies.push(`${path} (${time.toISOString()})`);
    }
  }
  if (replies.length === 0) return;
  notes.checked.push(
    `that ${plural(replies.length, 'timestamp reply', 'timestamp replies')} ${replies.length === 1 ? 'is on its checkpoint' : 'are on their checkpoints'}: ${replies.slice(0, 3).join(', ')}`,
  );
  notes.unchecked.push(
    'the signatures of timestamps: openssl ts -verify does, with the authority’s certificate',
  );
}
