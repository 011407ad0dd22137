/** Messages: what other rooms take from here. */
export { type Oddity, odditiesOf } from './likeness';
export { type AttachmentSeen, lookAtMessage, type MessageReason } from './look';
export {
  attachmentsOf,
  type Entity,
  isContainer,
  isLetter,
  MessageFault,
  type MessageOutline,
} from './outline';
export { type MessagePlace, messageName, placeOfMessage } from './place';
export { MessageScan, outlineOf } from './scan';
export { hasUnseen, withoutUnseen } from './unseen';
export {
  type Correspondent,
  type EnclosedFile,
  inboxAddress,
  inboxOfAddress,
  type Letter,
  messagePieces,
} from './write';
