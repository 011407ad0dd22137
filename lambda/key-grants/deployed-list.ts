/** The list of grants as it was deployed: read from beside the function, and held against the digest that synth gave it. */
import { createHash } from 'node:crypto';
import { FunctionError } from '../../lib/runtime';
import { GRANT_LIST_FILE, type GrantList, parseGrantList } from '../../lib/wire';
import type { Environment } from './environment';

/** The list is not the one that was deployed. Nothing was granted or revoked because of it. */
class OtherListError extends FunctionError {
  override readonly name = 'OtherListError';
}

/**
 * Reads it.
 * @throws OtherListError where it is not what was synthesised: the file came by way of a bucket, and whoever could write
 * there could put another in its place
 * @throws GrantListError where it is of no form that this broker knows
 */
export async function deployedList(
  { grantsFile, grantsDigest, keyArn }: Environment,
  readList: (path: string) => Promise<string>,
): Promise<GrantList> {
  const text = await readList(grantsFile);
  const digest = digestOfList(text);
  if (digest !== grantsDigest)
    throw new OtherListError(
      `the list of grants has the digest ${digest}, the deployment gave it ${grantsDigest}: it was changed on its way. Find out who wrote to the bucket of assets, and deploy again from a clean one`,
    );
  return parseGrantList(text, keyArn);
}

/** The digest by which the assembly names the list: of the file’s name and its text. @internal Only tests import it. */
export function digestOfList(text: string): string {
  return createHash('sha256').update(GRANT_LIST_FILE).update('\0').update(text).digest('hex');
}
