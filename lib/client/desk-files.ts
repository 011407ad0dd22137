/** What lies beside collected files, as texts: lines of the list, and journals. What is none of ours reads as nothing. */
import * as z from 'zod/mini';
import { ALGORITHMS, type Journal, type Noted } from '../delivery';

const some = z.string().check(z.minLength(1));
const whole = z.int().check(z.minimum(0));
/** Of a folder or file: it leads nowhere else. */
const name = some.check(z.refine((text) => !/[/\\\0]/.test(text) && text !== '..' && text !== '.'));

const checksum = z.object({ algorithm: z.enum(ALGORITHMS), value: some, parts: z.optional(whole) });

const noted = z.object({
  what: z.enum(['placing', 'collected', 'handed-on', 'receipted']),
  agreement: some,
  key: some,
  version: some,
  etag: z.string(),
  bytes: whole,
  deposited: z.number(),
  at: z.number(),
  names: z.array(name).check(z.minLength(1)),
  // What has no parts has no such field in JSON.
  checksum,
  handOn: z.boolean(),
  opened: z.optional(z.object({ bytes: whole, checksum })),
});

const journal = z.object({
  form: z.literal('concordat-collecting/v1'),
  key: some,
  version: some,
  etag: z.string(),
  bytes: whole,
  rangeBytes: whole,
  done: z.array(z.tuple([whole, whole])),
});

/** A line of the list. */
export function parseNoted(line: string): Noted | undefined {
  const read = noted.safeParse(json(line));
  if (!read.success) return undefined;
  const { checksum: whole, opened, ...rest } = read.data;
  return {
    ...rest,
    checksum: { ...whole, parts: whole.parts },
    ...(opened && { opened: { ...opened, checksum: { ...opened.checksum, parts: opened.checksum.parts } } }),
  };
}

/** A journal. */
export function parseJournal(text: string): Journal | undefined {
  return journal.safeParse(json(text)).data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
