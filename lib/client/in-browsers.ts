/** What of the client runs in browsers as well: how a provider is spoken to, and what AWS’s errors mean. Nothing of Node. */
export { failureOf, hasCode, isGone, lookedAt } from './failures';
export { identitiesIn, identityText, type KnownIdentity, MOST_IDENTITY_BYTES } from './identity-lines';
export { noneFits } from './none-fits';
export { type Binding, Provider, type Renewable } from './oidc/provider';
export type { SignInRefusal } from './oidc/refusals';
export type { IdToken } from './oidc/tokens';
export { refusalOfToken } from './refused-token';
export { MOST_SECONDS_OFF, ServerClock } from './server-clock';
