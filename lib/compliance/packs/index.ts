/** Rule packs and acknowledgements, for what is synthesised with the CDK. */
export { type Acknowledgement, acknowledge, acknowledgementsIn } from './acknowledgement';
export { PublicSectorChecks } from './public-sector';
export { packs } from './rule-packs';
