/**
 * What sealed letters take: the second script of the page, which is loaded once somebody opens or sends one, or looks at their key.
 * It holds the keys that were given, in memory alone. Between it and the page go plain values: each has classes of its own.
 */
export { forgetKeys, hasKey } from './held-keys';
export { keyScreen } from './key-screen';
export { opened } from './opening';
export { sealed } from './sealing';
export { unlockScreen } from './unlock-screen';
