/**
 * The managed rules of AWS Config that AWS’s two NCSC conformance packs name (Cloud Security Principles, and the Cyber
 * Assessment Framework), as far as they ask about something that these accounts have.
 * @see https://github.com/awslabs/aws-config-rules/tree/master/aws-config-conformance-packs
 */

/** Each rule by its identifier, with what it is to compare with; the packs’ own values. */
export const CONFIG_RULES: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = {
  ACCESS_KEYS_ROTATED: { maxAccessKeyAge: '90' },
  ACCOUNT_PART_OF_ORGANIZATIONS: undefined,
  CLOUDTRAIL_S3_DATAEVENTS_ENABLED: undefined,
  CLOUDTRAIL_SECURITY_TRAIL_ENABLED: undefined,
  CLOUDWATCH_LOG_GROUP_ENCRYPTED: undefined,
  CLOUD_TRAIL_ENABLED: undefined,
  CLOUD_TRAIL_ENCRYPTION_ENABLED: undefined,
  CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED: undefined,
  CMK_BACKING_KEY_ROTATION_ENABLED: undefined,
  CW_LOGGROUP_RETENTION_PERIOD_CHECK: { MinRetentionTime: '365' },
  DYNAMODB_PITR_ENABLED: undefined,
  DYNAMODB_TABLE_ENCRYPTED_KMS: undefined,
  IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS: { blockedActionsPatterns: 'kms:Decrypt,kms:ReEncryptFrom' },
  IAM_GROUP_HAS_USERS_CHECK: undefined,
  IAM_PASSWORD_POLICY: { MaxPasswordAge: '90', MinimumPasswordLength: '14', PasswordReusePrevention: '24' },
  IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS: undefined,
  IAM_ROOT_ACCESS_KEY_CHECK: undefined,
  IAM_USER_GROUP_MEMBERSHIP_CHECK: undefined,
  IAM_USER_MFA_ENABLED: undefined,
  IAM_USER_NO_POLICIES_CHECK: undefined,
  IAM_USER_UNUSED_CREDENTIALS_CHECK: { maxCredentialUsageAge: '90' },
  KMS_CMK_NOT_SCHEDULED_FOR_DELETION: undefined,
  LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED: undefined,
  MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS: undefined,
  MULTI_REGION_CLOUD_TRAIL_ENABLED: undefined,
  ROOT_ACCOUNT_HARDWARE_MFA_ENABLED: undefined,
  ROOT_ACCOUNT_MFA_ENABLED: undefined,
  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC: undefined,
  S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED: undefined,
  S3_BUCKET_PUBLIC_READ_PROHIBITED: undefined,
  S3_BUCKET_PUBLIC_WRITE_PROHIBITED: undefined,
  S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED: undefined,
  S3_BUCKET_SSL_REQUESTS_ONLY: undefined,
  S3_BUCKET_VERSIONING_ENABLED: undefined,
  SNS_ENCRYPTED_KMS: undefined,
  SSM_DOCUMENT_NOT_PUBLIC: undefined,
};

/**
 * Rules of the packs that ask about something that these accounts have, and are left out all the same.
 * @internal Only tests import it.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  S3_BUCKET_REPLICATION_ENABLED:
    'A copy in another Region would leave the UK, which has one AWS Region. A guardrail denies it.',
  CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED: 'Log files are read from the archive, which is complete and signed.',
  CLOUDWATCH_ALARM_ACTION_CHECK:
    'It asks for an action on missing data; alarms here treat missing data as good or as bad.',
  DYNAMODB_AUTOSCALING_ENABLED: 'Tables are billed by request, and scale by themselves.',
  DYNAMODB_IN_BACKUP_PLAN: 'Tables are restored from point-in-time recovery, for which another rule asks.',
  GUARDDUTY_ENABLED_CENTRALIZED:
    'Scanning for malware needs no detector. Detectors are for the operator to turn on.',
  GUARDDUTY_NON_ARCHIVED_FINDINGS: 'As above.',
  IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS:
    'Roles that collect may decrypt, in an inline policy held to one condition; the proof judges it.',
  IAM_NO_INLINE_POLICY_CHECK: 'Each role here has one inline policy, which nothing else can be given.',
  IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS:
    'The boundary of the deployment names whole services: it takes away, and gives nothing.',
  LAMBDA_DLQ_CHECK:
    'Runs start from a complete list or a queue, so that a lost one is made good by the next.',
  LAMBDA_INSIDE_VPC: 'Functions call AWS services only, and open no port.',
  S3_BUCKET_LOGGING_ENABLED: 'CloudTrail records each request for shared data; access logs would repeat it.',
  S3_DEFAULT_ENCRYPTION_KMS:
    'The bucket of AWS Config is encrypted by S3; all others are under keys of AWS KMS.',
  SECRETSMANAGER_USING_CMK: 'No secret is kept there.',
  SECURITYHUB_ENABLED: 'For the operator to turn on.',
};
