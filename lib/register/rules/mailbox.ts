/** The rule on where the mailbox’s page is served from. */
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';

/** Endpoints of S3 under which buckets of anybody lie by their paths, and so pages of anybody have one origin. */
const SHARED = /^https:\/\/s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com$/;

/** A browser tells pages apart by their origins alone: where anybody can put a page, it is anybody’s that may ask. */
export function mailboxHasItsOwnOrigin({ zone }: Draft): Diagnostic[] {
  const origin = zone?.value.mailbox?.origin;
  if (zone === undefined || origin === undefined || !SHARED.test(origin)) return [];
  return [
    at(zone.source, ['mailbox', 'origin'], {
      code: 'not-allowed',
      message: `${origin} serves pages of anybody who has a bucket, and browsers could not tell the mailbox’s from theirs`,
      found: origin,
      allowed: 'an origin that serves the mailbox and nothing else',
      fix: 'serve the page under a host of its own, and write that',
    }),
  ];
}
