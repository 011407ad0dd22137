/** Principles, checks and what judges a synthesised assembly by them. What needs the CDK stands in `packs`. */
export { judgeAll, PUBLIC_SECTOR } from './checks';
export { judgedOf } from './judged';
export { namesByAccount } from './names-in-templates';
export { PRINCIPLES, SUB_PRINCIPLES } from './principles';
export type { Goal, SubPrinciple } from './principles/sub-principle';
export { extremes } from './template-extremes';
export { NameMask, type Names, type Shape, type ShapedTemplate, shapeOf } from './template-shape';
