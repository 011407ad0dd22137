/** Delivery: what other rooms take of it. */
export { noticesOn, OLD_AFTER_DAYS, type ProfileNotice, type Standing, standingOn } from './standing';
