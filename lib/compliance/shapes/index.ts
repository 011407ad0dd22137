/** Shapes of templates: what is left of one when its names are taken out, and templates that stand for all of a shape. */
export { extremes } from './extremes';
export { type NameKind, NameMask, type Names } from './name-mask';
export { partOfTemplate } from './part-of-template';
export { type Shape, type ShapedTemplate, shapeOf } from './template-shape';
