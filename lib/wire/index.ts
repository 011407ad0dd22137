/** The door of this folder: what other folders take of it. */
export { ORIGIN_FILE, ORIGIN_FORM, type Origin, readOrigin } from './origin';
export { WireError } from './read';
export {
  type AgreementFacts,
  type OrganisationFacts,
  REGISTER_FILE,
  type RegisterFacts,
  readRegisterFacts,
} from './register-facts';
