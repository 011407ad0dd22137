/** Who holds each organisation’s key, and who can do what with it: facts with types, and in `words/` what is said of them. */
export { giving, type KeyCustody } from './key-custody';
export type { KeyFacts } from './key-facts';
export { ADMINISTRATION, type Power } from './kms-actions';
export { type Permission, permissionsOf } from './permissions';
export { organisationOf } from './shared-buckets';
export {
  accountNames,
  type CustodyStatement,
  custodyStatement,
  organisationsWithKeys,
} from './statement';
export { type AccountNames, accountOf, callerOf, type Who } from './who';
export { attentionWords, sidWords } from './words/attention-words';
export { conditionWords } from './words/condition-words';
export { importPage, NothingToImport } from './words/import-page';
export { type Page, pageDocument } from './words/page';
export { distinct, POWER_WORDS, trustWords } from './words/permission-words';
export { statementJson } from './words/statement-json';
export { statementPages } from './words/statement-page';
export { accountCalled, whoWords } from './words/who-words';
