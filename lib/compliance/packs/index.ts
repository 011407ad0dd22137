/** Rule packs and acknowledgements, for what is synthesised with the CDK. */
export { type Acknowledgement, acknowledge, acknowledgementsIn } from './acknowledgement';
export type { PlacedShape } from './asked-by-shape';
export { PublicSectorChecks } from './public-sector';
export { packs } from './rule-packs';
