/** The mailbox: what it makes of a message for whoever it is to. */
export { MOST_SHOWN_BYTES } from './most-shown';
export {
  ReadOtherwise,
  type ShownFile,
  type ShownMailbox,
  type ShownMessage,
  shownMessage,
} from './read';
