/** Delivery: what other rooms take of it. */
export { agreementIn } from './agreement';
export { DeliveryRefused, type DeliveryRole, type SharedRefusal } from './refusals';
export { noticesOn, type ProfileNotice, type Standing, standingOn } from './standing';
export {
  type About,
  type Body,
  type FailureKind,
  type ListedObject,
  type Opened,
  type SentPart,
  type Store,
  type Stored,
  StoreFailure,
} from './store';
