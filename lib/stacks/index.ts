/** The app: the stacks of a register, and how they are synthesised and checked. */
export { addLandingZone } from './landing-zone';
export { addChecks, synthesise } from './synthesise';
