/** Rule packs and acknowledgements, for what is synthesised with the CDK. */
export { type Acknowledgement, acknowledge, acknowledgementsIn } from './acknowledgement';
export type { PlacedShape } from './asked-by-shape';
export { PublicSectorChecks } from './public-sector';
export { type Checks, packs } from './rule-packs';
export type { TemplateCheck, TemplateContext } from './template-check';
