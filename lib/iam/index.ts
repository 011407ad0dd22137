/**
 * AWS policy evaluation as a pure function: compile policies, describe a request, decide. See README.md for an example, for
 * what is modelled and what is not.
 */
export { accountOfArn, partsOfArn } from './arn';
export { type Caller, type CallerInput, callerOf } from './caller';
export type { ConditionTest } from './condition';
export { type Context, type ContextValue, UNKNOWN } from './context';
export { covers, type PatternOf } from './covering';
export { type Decision, decide, type Verdict } from './decide';
export { type ActionElement, actionElementOf, type ResourceElement, resourceElementOf } from './element';
export { type Environment, environmentOf } from './environment';
export { type Grant, type GrantInput, granted, grantOf } from './grant';
export { instantOf } from './instant';
export type { PolicyKind } from './kind';
export { NOT_JUDGED, NOT_SEEN } from './not-modelled';
export { candidates, compile, compileOnDemand, namesIn, type Policy } from './policy';
export { anyName, namesOf, type PrincipalEntry, type Principals } from './principal';
export type { Missing, StatementRef } from './reasons';
export { type Request, type RequestInput, requestOf, withKeys } from './request';
export { SaidOften } from './said-often';
export { STATEMENT_ELEMENTS, type Statement } from './statement';
export { holdsVariable } from './template';
export { policiesOf, signatureOf, type Tested, testedBy } from './tested';
export { and, MAYBE, NO, not, or, type Truth, truth, YES } from './truth';
export { type Reason, reasonsOf, tellReason, why } from './why';
