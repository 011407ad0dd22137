/**
 * Shapes of templates: what is left of one when its names are taken out, what is to be seen in one, and templates that stand
 * for all of a shape.
 */
export { Stretch } from './extremes';
export { type NameKind, NameMask, type Names } from './name-mask';
export { partOfTemplate } from './part-of-template';
export { ownKey, type Sight, sectionsKey, sightsIn } from './sights';
export { type Shape, type ShapedTemplate, Shapes } from './template-shape';
