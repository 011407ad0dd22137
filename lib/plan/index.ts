/** What one assembly changes against another, with headroom and cost: what other rooms take from it. */
export type { AskedPolicy } from './asked';
export type { Change } from './change';
export { type Bill, type Costs, costsOf, type NotPriced } from './cost/cost';
export { billRows, costLine, dollars, noPrices } from './cost/in-words';
export { PRICES, PRICES_AS_OF } from './cost/prices';
export { ASSUMED, ASSUMPTIONS, NOT_INCLUDED } from './cost/usage';
export { fullness, type Headroom, headroomOf, type LimitUse, minifiedBytes, objectSizes } from './headroom';
export type { HoleChange } from './holes';
export { type Plan, planOf } from './plan';
export { type Side, sideOf } from './side';
export { compareStacks, type StackChange, type StackDifference } from './stacks';
export { plainHole, tellHoles, tellShare } from './words/access';
export { tellBaselineRole, tellGuardrail } from './words/guardrails';
export { tellAsked, tellKey, tellResource, tellStack, tellType } from './words/keys-and-stacks';
export {
  settingInWords,
  tellHolder,
  tellOrganisation,
  tellSetting,
  valueInWords,
} from './words/organisations';
export { type PlanSection, sectionsOf, wideningsIn } from './words/sections';
export type { Told } from './words/told';
