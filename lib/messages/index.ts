/** Messages: what other rooms take from here. */
export { type Oddity, odditiesOf } from './likeness';
export {
  attachmentsOf,
  type Entity,
  isContainer,
  isLetter,
  MessageFault,
  type MessageOutline,
} from './outline';
export { MessageScan, outlineOf } from './scan';
export {
  type Correspondent,
  type EnclosedFile,
  inboxAddress,
  inboxOfAddress,
  type Letter,
  messagePieces,
} from './write';
