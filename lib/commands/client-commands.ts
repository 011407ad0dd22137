/** The commands of delivery: those of the whole program, and the only ones of `concordat-client.mjs`. */
import type { Listed } from './command';

/** In the order in which they are listed. None may load anything that the client does not need. */
export const CLIENT_COMMANDS: Readonly<Record<string, Listed>> = {
  collect: {
    summary: 'fetch what was released for the organisation, whole and checked; goes on after interruptions',
    load: () => (require('./collect') as typeof import('./collect')).collect,
  },
};
