/** The constructs of which the stacks are made. */
export { BaselineStackSet } from './baseline-stack-set';
export { baselineTemplate } from './baseline-template';
export { CollectRole, DepositRole, ReceiptsRole } from './exchange-roles';
export { GuardrailPolicies } from './guardrail-policies';
export { KeyGrants } from './key-grants';
export { LedgerSeal } from './ledger-seal';
export { LedgerStore } from './ledger-store';
export { LogArchive } from './log-archive';
export { MalwareProtection } from './malware-protection';
export { OrganisationBucket } from './organisation-bucket';
export { OrganisationKey } from './organisation-key';
export { OrganisationTrail } from './organisation-trail';
export { SecurityAlerts } from './security-alerts';
export { SecurityChanges } from './security-changes';
export { ShareAccessPoint } from './share-access-point';
export { TransferAudit } from './transfer-audit';
export { addZoneAlarms } from './zone-alarms';
export { ZoneDashboard } from './zone-dashboard';
