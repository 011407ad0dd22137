/** What one assembly changes against another, with headroom and cost: what other rooms take from it. */
export { type Bill, billOf, type Costs, costsOf, type NotPriced } from './cost/cost';
export { billRows, costLine, dollars, noPrices, smallMoney } from './cost/in-words';
export { PRICES, PRICES_AS_OF, PRICES_REGION, type PriceName } from './cost/prices';
export type { Quantities } from './cost/quantities';
export { ASSUMPTIONS, NOT_INCLUDED } from './cost/usage';
export { fullness, headroomOf, type LimitUse, objectSizes } from './headroom';
export { type Plan, planOf } from './plan';
export { replacingOf } from './replacing';
export { type Departure, departuresFrom, savedPlanOf } from './saved';
export { sideOf } from './side';
export { compareStacks, type StackChange } from './stacks';
export { plainHole, tellHoles, tellShare } from './words/access';
export { tellCopies } from './words/copies';
export { tellDeparture } from './words/departures';
export { tellBaselineRole, tellGuardrail } from './words/guardrails';
export { tellAsked, tellKey, tellResource, tellStack, tellType } from './words/keys-and-stacks';
export {
  holderInWords,
  settingInWords,
  tellHolder,
  tellOrganisation,
  tellSetting,
  valueInWords,
} from './words/organisations';
export { type PlanSection, sectionsOf, wideningsIn } from './words/sections';
export { tellSignIn } from './words/sign-ins';
export { moneyBy, moneyInWords, type Rate } from './words/sterling';
export { tellTerms } from './words/terms';
export type { Told } from './words/told';
