/** Uploads what a stack needs to the bucket for assets of its account, where it is not there yet. */
import { createHash } from 'node:crypto';
import type { StackOrder } from '../../lib/wire';
import { OrderError } from './errors';
import type { World } from './ports';

/** @throws OrderError where a file is not what was ordered; nothing of it is uploaded then */
export async function publish({ files }: Pick<StackOrder, 'files'>, { read, staging }: World): Promise<void> {
  for (const { from, sha256, bucket, key, role } of files) {
    const place = staging(role);
    if (await place.has(bucket, key)) continue;
    const { bytes } = await read(`files/${from}`);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new OrderError(`files/${from} is not what was ordered`);
    await place.put(bucket, key, bytes);
  }
}
