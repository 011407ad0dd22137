/** Delivery: what other rooms take of it. */
export { noticesOn, type ProfileNotice, type Standing, standingOn } from './standing';
