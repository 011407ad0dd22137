/**
 * Interprets what is done to the files of the mailbox’s page, where the zone serves it. A release is told from its list of files,
 * which is named by its digest: so the ledger has the digest of each release by CloudTrail’s own record, and nobody writes it there.
 */
import type { Exchange } from './exchange';
import type { Meaning } from './meaning';
import type { TrailEvent } from './record';
import { s3TargetOf } from './s3-target';

/** The list of the files of a release, below the path of its organisation. */
const LIST = /^([a-z0-9-]+)\/release-([0-9a-f]{64})\.txt$/;

/** What it means; undefined where it is about no file of the page. */
export function interpretPage(event: TrailEvent, exchange: Exchange): Meaning[] | undefined {
  const { page, zone } = exchange.index;
  if (page === undefined || event.source !== 's3.amazonaws.com') return undefined;
  const objects = s3TargetOf(event).objects.filter(({ bucket }) => bucket === page.bucket);
  if (objects.length === 0) return undefined;
  // A refusal changed nothing; whoever was let in is to be the one role, by the one call.
  const denied = event.errorCode !== undefined;
  const isRelease =
    event.name === 'PutObject' &&
    zone !== undefined &&
    event.principal.role === `arn:aws:iam::${zone}:role${page.role}`;
  return objects.map((object): Meaning => {
    const [, , release] = LIST.exec(object.key) ?? [];
    const owner = exchange.index.organisations.find(({ id }) => object.key.startsWith(`${id}/`))?.id;
    const told = release !== undefined && isRelease;
    return {
      kind: denied ? 'denied' : told ? 'page-released' : 'page-changed',
      reasons: denied || isRelease ? [] : ['unexpected-principal'],
      owner,
      object,
      ...(told && !denied && { pageRelease: release }),
      organisations: owner === undefined ? [] : [owner],
    };
  });
}
