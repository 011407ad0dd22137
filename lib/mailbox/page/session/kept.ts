/**
 * What is kept while the tab is open, and by this tab alone: the sign-in, the message that is being written, and which upload is
 * under way. A tab that was closed may be opened again by its browser with all of it; whoever signs in as somebody else gets none.
 * @see https://html.spec.whatwg.org/multipage/webstorage.html#dom-sessionstorage
 */

/** Names below which things are kept. */
export type KeptName =
  | 'whose'
  | 'sign-in'
  | 'binding'
  | 'never-renews'
  | 'signed-out'
  | 'draft'
  | `upload ${string}`;

/** What was kept; nothing where it was not, or cannot be read. */
export function kept(name: KeptName): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it, in place of what was there. @returns whether there was room for it */
export function keep(name: KeptName, value: unknown): boolean {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Forgets it. */
export function drop(name: KeptName): void {
  sessionStorage.removeItem(name);
}

/** Forgets everything. */
export function dropAll(): void {
  sessionStorage.clear();
}
