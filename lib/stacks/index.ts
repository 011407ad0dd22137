/** The app: the stacks of a register, and how they are synthesised and checked. */
export { APP_CONTEXT } from './app-context';
export { addLandingZone } from './landing-zone';
export { lettingGo } from './let-go';
export { synthesiseRollout } from './rollout';
export { addChecks, synthesise } from './synthesise';
