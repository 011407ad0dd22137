/** Larger messages are saved and opened elsewhere: a page would hold each several times. In bytes. */
export const MOST_SHOWN_BYTES = 200_000_000;
