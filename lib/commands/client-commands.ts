/** The commands of delivery: those of the whole program, and the only ones of `concordat-client.mjs`. */
import type { Listed } from './command';

/** In the order in which they are listed. None may load anything that the client does not need. */
export const CLIENT_COMMANDS: Readonly<Record<string, Listed>> = {
  signin: {
    summary: 'sign in with the organisation’s own identity provider, in the browser or by a code',
    load: () => (require('./delivery/signin') as typeof import('./delivery/signin')).signin,
  },
  signout: {
    summary: 'remove from this computer what signing in has kept',
    load: () => (require('./delivery/signout') as typeof import('./delivery/signout')).signout,
  },
  deposit: {
    summary: 'send files under an agreement, after checking them; run again, it goes on where it stopped',
    load: () => (require('./delivery/deposit') as typeof import('./delivery/deposit')).deposit,
  },
  collect: {
    summary: 'fetch what was released for the organisation, whole and checked; goes on after interruptions',
    load: () => (require('./delivery/collect') as typeof import('./delivery/collect')).collect,
  },
  'identity new': {
    summary: 'make a secret key by which sealed agreements are opened, and print its public key',
    load: () => (require('./delivery/identity-new') as typeof import('./delivery/identity-new')).identityNew,
  },
  inbox: {
    summary: 'list what lies for the organisation: from whom, until when, and how it stands',
    load: () => (require('./delivery/inbox') as typeof import('./delivery/inbox')).inbox,
  },
  outbox: {
    summary: 'list what the organisation has sent: how it stands, and who has collected it',
    load: () => (require('./delivery/outbox') as typeof import('./delivery/outbox')).outbox,
  },
  recall: {
    summary: 'take a deposit back, so that nobody collects it any more',
    load: () => (require('./delivery/recall') as typeof import('./delivery/recall')).recall,
  },
  receipt: {
    summary: 'fetch the receipt of a transfer from the ledger, check it, and write proof and page',
    load: () => (require('./delivery/receipt') as typeof import('./delivery/receipt')).receipt,
  },
};
