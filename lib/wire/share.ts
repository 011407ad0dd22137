/** How shares, and what belongs to them in AWS, are named in files and messages. */
import { text } from './forms';

const SHARE_ID = /^[0-9a-f]{12}--[a-z0-9](?:-?[a-z0-9]){0,23}$/;
/** The agreement, the recipient, or both may be any. */
const SHARE_PATTERN = /^(?:\*|(?:[0-9a-f]{12}|\*)--(?:\*|[a-z0-9](?:-?[a-z0-9]){0,23}))$/;
const COLLECT_ROLE = /^arn:aws:iam::(\d{12}):role\/concordat\/concordat-collect$/;
const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):key\/[A-Za-z0-9-]+$/;

/** The id of a share: the name of its grant and of its access point. */
export const shareId = text(SHARE_ID, '<12 hex digits>--<recipient>');

/** A share’s id, or `<12 hex>--*` for all of an agreement, `*--<recipient>` for all with a recipient, `*` for all. */
export const sharePattern = text(SHARE_PATTERN, 'a share’s id, or a pattern such as *--leeds');

/** The ARN of a collect role. */
export const collectRole = text(
  COLLECT_ROLE,
  'the role /concordat/concordat-collect of an account of 12 digits',
);

/** Whether a grant of this name could be a share’s. */
export function isShareId(name: string): boolean {
  return SHARE_ID.test(name);
}

/** Whether a principal is a collect role, of any account. */
export function isCollectRole(principal: string): boolean {
  return COLLECT_ROLE.test(principal);
}

/** The account of a collect role; undefined where the ARN is of something else. */
export function accountOfCollectRole(arn: string): string | undefined {
  return COLLECT_ROLE.exec(arn)?.[1];
}

/** The parts of a key’s ARN; undefined where the text is not the ARN of a key. */
export function keyArnParts(arn: string): { region: string; account: string } | undefined {
  const [, region, account] = KEY_ARN.exec(arn) ?? [];
  return region !== undefined && account !== undefined ? { region, account } : undefined;
}

/** The ARN of the access point of a share. */
export function accessPointArnOf(key: { account: string; region: string }, share: string): string {
  return `arn:aws:s3:${key.region}:${key.account}:accesspoint/${share}`;
}
