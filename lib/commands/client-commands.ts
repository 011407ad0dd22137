/** The commands of delivery: those of the whole program, and the only ones of `concordat-client.mjs`. */
import type { Listed } from './command';

/** In the order in which they are listed. None may load anything that the client does not need. */
export const CLIENT_COMMANDS: Readonly<Record<string, Listed>> = {
  signin: {
    summary: 'sign in with the organisation’s own identity provider, in the browser or by a code',
    load: () => (require('./signin') as typeof import('./signin')).signin,
  },
  signout: {
    summary: 'remove from this computer what signing in has kept',
    load: () => (require('./signout') as typeof import('./signout')).signout,
  },
  deposit: {
    summary: 'send files under an agreement, after checking them; run again, it goes on where it stopped',
    load: () => (require('./deposit') as typeof import('./deposit')).deposit,
  },
  collect: {
    summary: 'fetch what was released for the organisation, whole and checked; goes on after interruptions',
    load: () => (require('./collect') as typeof import('./collect')).collect,
  },
  'identity new': {
    summary: 'make a secret key by which sealed agreements are opened, and print its public key',
    load: () => (require('./identity-new') as typeof import('./identity-new')).identityNew,
  },
  inbox: {
    summary: 'list what lies for the organisation: from whom, until when, and how it stands',
    load: () => (require('./inbox') as typeof import('./inbox')).inbox,
  },
  outbox: {
    summary: 'list what the organisation has sent: how it stands, and who has collected it',
    load: () => (require('./outbox') as typeof import('./outbox')).outbox,
  },
  recall: {
    summary: 'take a deposit back, so that nobody collects it any more',
    load: () => (require('./recall') as typeof import('./recall')).recall,
  },
  receipt: {
    summary: 'fetch the receipt of a transfer from the ledger, check it, and write proof and page',
    load: () => (require('./receipt') as typeof import('./receipt')).receipt,
  },
};
