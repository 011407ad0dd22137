/** Principles, checks and what judges a synthesised assembly by them. What needs the CDK stands in `packs`. */
export { PUBLIC_SECTOR } from './checks';
export { judgementsOf } from './judgements';
export { namesByAccount } from './names-in-templates';
export { PRINCIPLES, SUB_PRINCIPLES } from './principles';
export type { Goal, SubPrinciple } from './principles/sub-principle';
export type { Names } from './shapes';
export { SHARING_PRINCIPLES } from './sharing-principles';
