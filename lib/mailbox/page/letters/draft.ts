/**
 * The message that is being written: kept by this tab with each change, so that a reload loses no word. Its name is drawn once, and
 * with it the key under which it is sent: whatever is asked again is one message.
 */
import * as z from 'zod/mini';
import { drop, keep, kept } from '../session/kept';

const text = z.string();
const draftSchema = z.object({
  /** 32 digits of hex: the name of the message. */
  id: text.check(z.regex(/^[0-9a-f]{32}$/)),
  boundary: text.check(z.regex(/^[0-9a-f]{32}$/)),
  agreement: text,
  /** Ids of inboxes; empty while nothing is chosen. */
  to: text,
  from: text,
  subject: text,
  /** How many characters were left out of the subject that it answers. */
  leftOut: z.optional(z.int()),
  text,
  /** Ids of the message that it answers, and of those before. */
  answers: z.array(text),
  /** When it was first sent, in milliseconds since 1970; its date from then on. Nothing while it was not. */
  sent: z.optional(z.int()),
  /** The names of its files: what they hold a reload loses. */
  files: z.array(text),
  /** Its agreement is sealed: of what it says this tab keeps nothing, since browsers put what tabs keep on the disk. */
  isSealed: z.optional(z.boolean()),
});

/** A message that is being written. */
export type Draft = z.infer<typeof draftSchema>;

/** Draws 32 digits of hex. */
function drawn(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** A new one. */
export function newDraft(begun: Partial<Omit<Draft, 'id' | 'boundary' | 'sent'>> = {}): Draft {
  const empty = { agreement: '', to: '', from: '', subject: '', text: '', answers: [], files: [] };
  return { ...empty, ...begun, id: drawn(), boundary: drawn() };
}

/** The one that is sealed, whole: in memory alone. */
let whole: Draft | undefined;

/** The one that this tab has. */
export function keptDraft(): Draft | undefined {
  const read = draftSchema.safeParse(kept('draft'));
  if (!read.success) return undefined;
  return whole?.id === read.data.id ? whole : read.data;
}

/** Keeps it. @returns whether there was room */
export function keepDraft(draft: Draft): boolean {
  whole = draft.isSealed === true ? draft : undefined;
  return keep('draft', whole === undefined ? draft : { ...draft, subject: '', text: '', files: [] });
}

/** Forgets it. */
export function dropDraft(): void {
  whole = undefined;
  drop('draft');
}

/**
 * Sees that no other tab writes the same message: a tab that was duplicated has a copy of it, which gets a name of its own then.
 * The lock lasts as long as the tab.
 * @see https://www.w3.org/TR/web-locks/
 */
export async function claimed(draft: Draft): Promise<Draft> {
  if (await isFree(draft.id)) return draft;
  const { id, boundary } = newDraft();
  const { sent: _, ...rest } = draft;
  const own = { ...rest, id, boundary };
  await isFree(own.id);
  return own;
}

const HELD = new Set<string>();

function isFree(id: string): Promise<boolean> {
  if (HELD.has(id)) return Promise.resolve(true);
  return new Promise((done) => {
    // Where a browser gives no locks, nobody can tell; a message that is written is worth more.
    void navigator.locks
      .request(`concordat-draft-${id}`, { ifAvailable: true }, (lock) => {
        if (lock !== null) HELD.add(id);
        done(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => undefined);
      })
      .catch(() => done(true));
  });
}
