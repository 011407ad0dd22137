/** The door for those who serve the page, or write it to disk: what of this room has Node in it. */
export { cacheOf, headersOf, type MailboxFolder, mailboxFolder } from './files';
export { type ServedPlay, servePlay } from './play/server';
export { partsApart, type Said } from './said';
export { type Served, type ServedDifference, servedDifferences } from './served';
