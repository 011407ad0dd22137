/** Policy documents, and the limits of AWS: what other rooms take. */

export { accessPointPolicy } from './access-point-policy';
export {
  alertKeyPolicy,
  alertTopicPolicy,
  type HeardEvents,
  heardEventsQueuePolicy,
  inboxTopicPolicy,
  noticesTopicPolicy,
} from './alert-policies';
export type { Assumption } from './assumptions/assumption';
export { ASSUMPTION_TOPICS, AWS_ASSUMPTIONS, wordingOf } from './assumptions/assumptions';
export {
  callWords,
  duration,
  outcomeWords,
  refutationWords,
  stepWords,
} from './assumptions/in-words';
export {
  PROBE_STACKS,
  type ProbeCall,
  type ProbeObject,
  type ProbeOutcome,
  type ProbeReader,
  type ProbeRecord,
  type ProbeSide,
  type ProbeStack,
  type ProbeStep,
} from './assumptions/live-test';
export {
  type AssumptionTally,
  assumptionTally,
  type KnownAssumption,
  knownAssumptions,
  LiveOutcomesError,
} from './assumptions/states';
export { auditIndex } from './audit-index';
export { auditPermissions, sealerPermissions } from './audit-policies';
export {
  configBucketName,
  configBucketPolicy,
  configDeliveryPermissions,
  stagingBucketPolicy,
  trustedByConfig,
} from './baseline-policies';
export { executionBoundary, executionPermissions } from './bootstrap-execution';
export { bootstrapPermissions, TRUSTED_BY_CLOUD_FORMATION, trustedByDeployers } from './bootstrap-roles';
export { brokerPermissions, stopRecords } from './broker-policies';
export { type BucketPolicyInput, bucketPolicy } from './bucket-policy';
export {
  type IdentityStatement,
  type PolicyDocument,
  pascalCase,
  type ResourceStatement,
  type TrustStatement,
} from './document';
export { gateFiles, gateStorage, inboxTopicsOf } from './gate-list';
export {
  gateMachinePermissions,
  gatePermissions,
  gateQueuePolicy,
  trustedByGateMachine,
} from './gate-policies';
export { grantList } from './grant-list';
export {
  GUARDRAIL_GROUPS,
  type Guardrail,
  type GuardrailGroup,
  guardrails,
} from './guardrails/guardrails';
export { KEY_DELETION_DAYS, type KeyPolicyInput, keyPolicy } from './key-policy';
export { logStreams, trustedByOwnLambda } from './lambda-policies';
export { LIMITS, type LimitName, WARN_FROM } from './limits';
export { mailboxCors } from './mailbox-cors';
export { guardDutyRule, malwareScanPermissions, trustedByGuardDuty } from './malware-policies';
export { noticeList } from './notice-list';
export { type NoticesMeans, noticesPermissions } from './notice-policies';
export { pageBucketPolicy, pageKeyPolicy, releasesThePage } from './page-policies';
export { receiptFiles, receiptPermissions } from './receipt-policies';
export { lockOf } from './retention';
export { memberRolesBoundary, zoneRolesBoundary } from './role-boundaries';
export { collectPermissions, depositPermissions, trustedByDeclared } from './role-policies';
export * from './rollout-policies';
export * from './rollout-resource-policies';
export { trustedByOwn } from './sign-in-policies';
export * from './status-policies';
export { callsTheBroker, mayStopAll, stopsForAll, trustedToStop } from './stop-policies';
export { tablePolicy } from './table-policies';
export {
  ledgerBucketPolicy,
  logArchivePolicy,
  logFilesQueuePolicy,
  unreadableQueuePolicy,
} from './zone-bucket-policies';
export { ledgerKeyPolicy, signingKeyPolicy, stagingKeyPolicy, trailKeyPolicy } from './zone-key-policies';
