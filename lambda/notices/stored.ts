/** A notice as the text of its attribute: a notifier of another version may have written it. */
import * as z from 'zod/mini';
import { NotAsDeployedError } from './errors';
import type { Notice } from './ports';

const storedSchema = z.object({
  kind: z.enum(['waits', 'reminder', 'notDelivered']),
  mailbox: z.string(),
  personalisation: z.record(z.string(), z.string()),
  object: z.string(),
  mark: z.string(),
  due: z.number(),
  lapses: z.number(),
});

/** The text. The reference is the item’s key. */
export function noticeText({ reference: _, ...about }: Notice): string {
  return JSON.stringify(about);
}

/** Reads it. @throws NotAsDeployedError that names the item, and nothing that is in it */
export function noticeIn(text: string | undefined, reference: string): Notice {
  const read = storedSchema.safeParse(jsonIn(text));
  if (!read.success)
    throw new NotAsDeployedError(
      `the notice ${reference} in the table concordat-notices is not as this notifier writes it: another version kept it`,
    );
  return { reference, ...read.data };
}

function jsonIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}
