/** Names of everything in AWS: other rooms import from here. */
export {
  ANALYZER_NAME,
  BUDGET_PREFIX,
  BUDGETS_STACK_SET,
  STACK_SET,
  stackSetBodyFile,
  TRIED_PARAMETER,
  UNITS_PARAMETER,
} from './baseline-names';
export {
  ANY_BOUNDARY,
  ANY_STACK_SETS_ROLE,
  anyBootstrapRole,
  BOOTSTRAP_VERSION,
  BOUNDARY_NAME,
  type BootstrapRole,
  bootstrapRoleArn,
  bootstrapRoleName,
  type CappedAccount,
  QUALIFIER,
  rolesBoundaryArn,
  rolesBoundaryName,
  stagingBucketName,
  VERSION_PARAMETER,
} from './bootstrap-names';
export * from './gate-names';
export { FUNCTION_METRICS, type MetricOf, REFUSED_ACCOUNT } from './metrics';
export type { NamedZone } from './named';
export {
  AGREEMENTS_PREFIX,
  ALERTS_TOPIC,
  accessPointArn,
  accessPointsFor,
  agreementPrefix,
  alertsTopicArn,
  anyAccessPoint,
  anyKey,
  anyRole,
  BROKER_ALIASES,
  type BrokerAlias,
  brokerAliasArn,
  bucketArn,
  bucketName,
  bucketNamePrefix,
  DENIAL_SIDS,
  DEPOSITS_HELD,
  type ExchangeRole,
  type FunctionName,
  type FunctionRole,
  functionArn,
  functionName,
  GATE_VERDICTS,
  GRANT_BROKER_FUNCTION,
  inboxTopic,
  inboxTopicArn,
  KEY_PURPOSE_TAG,
  type KeyPurpose,
  MALWARE_CLEAN,
  MALWARE_TAG,
  MALWARE_TEST,
  MEMBER_FUNCTIONS,
  type MemberFunction,
  ORGANISATION_TAG,
  REVOKES_SESSIONS,
  ROLE_PATH,
  type RolePurpose,
  roleArn,
  roleArnIn,
  roleName,
  SECURITY_CHANGES,
  SESSION_ROLES,
  STOP_RECORDS,
  s3Service,
  stackArn,
  UNFINISHED_UPLOADS_DAYS,
  UNSOURCED_SERVICES,
  type ZoneFunction,
  type ZoneKeyPurpose,
} from './names';
export { type Account, THIS_ACCOUNT } from './placeholders';
export * from './probe-names';
export { UK_REGION } from './region';
export * from './report-keys';
export * from './rollout-names';
export { APP_ROLE_TAG, type AskedClaim, claimKey, providerArn } from './sign-in-names';
export { NOTICES, STAGING, TRANSFERS } from './tables';
export * from './zone-names';
