/**
 * The policies of the zone’s tables. They only deny: who may do what is left is said by the roles’ own permissions. What is
 * staged becomes the ledger, and what is known of transfers steers the search for gaps, so each way to write is kept to the
 * one function that writes so.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
import { bootstrapRoleArn, NOTICES, roleArn, STAGING, TRANSFERS, tableArn } from '../names';
import type { Zone } from '../register';
import { type PolicyDocument, policy, type ResourceStatement } from './document';

type Statements = PolicyDocument<ResourceStatement>;
type Action = `dynamodb:${string}`;

/** Each writes or removes items. Transactions ask for the action of each item that they write. */
export const ITEM_WRITES = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
] as const satisfies readonly Action[];

/**
 * Each would remove or replace all items at once, have them age out, take the way back to an earlier state, or lift this
 * policy. Imports, and restores from backups, make a table of another name, and no table’s policy speaks of them.
 */
const CHANGES = [
  'dynamodb:DeleteResourcePolicy',
  'dynamodb:DeleteTable',
  'dynamodb:PutResourcePolicy',
  'dynamodb:RestoreTableToPointInTime',
  'dynamodb:UpdateContinuousBackups',
  'dynamodb:UpdateTable',
  'dynamodb:UpdateTimeToLive',
] as const satisfies readonly Action[];

type Write = (typeof ITEM_WRITES)[number];
type Function = 'transfer-audit' | 'ledger-seal' | 'notices';
/** A table of the zone. */
type Table = 'staging' | 'transfers' | 'notices';

const NAMES: Readonly<Record<Table, string>> = {
  staging: STAGING.name,
  transfers: TRANSFERS.name,
  notices: NOTICES.name,
};

/** Which function writes by which action; nobody writes by any other. */
const WRITERS: Readonly<Record<Table, Readonly<Partial<Record<Write, Function>>>>> = {
  staging: { 'dynamodb:PutItem': 'transfer-audit', 'dynamodb:UpdateItem': 'ledger-seal' },
  transfers: { 'dynamodb:PutItem': 'transfer-audit', 'dynamodb:UpdateItem': 'transfer-audit' },
  notices: { 'dynamodb:PutItem': 'notices', 'dynamodb:UpdateItem': 'notices' },
};

/**
 * The policy of one of the zone’s tables. Deployment can always change it, so that it locks nobody out for good.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html
 */
export function tablePolicy(zone: Zone, which: Table): Statements {
  const { accounts } = zone;
  const Resource = [tableArn(zone, NAMES[which])];
  const writers = WRITERS[which];
  const deny = (Sid: string, Action: readonly Action[], but?: string): ResourceStatement => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action,
    Resource,
    ...(but !== undefined && { Condition: { ArnNotEquals: { 'aws:PrincipalArn': but } } }),
  });
  const by = (of: Function) => ITEM_WRITES.filter((each) => writers[each] === of);
  const writing = (Sid: string, of: Function) =>
    by(of).length === 0 ? [] : [deny(Sid, by(of), roleArn(accounts.zone, of))];
  return policy(
    ...writing('DenyWhatTheTransferAuditWritesToAllButIt', 'transfer-audit'),
    ...writing('DenyWhatTheSealerWritesToAllButIt', 'ledger-seal'),
    ...writing('DenyWhatTheNotifierWritesToAllButIt', 'notices'),
    deny(
      'DenyOtherWaysToWrite',
      ITEM_WRITES.filter((each) => writers[each] === undefined),
    ),
    deny(
      'DenyChangingTheTableToAllButItsDeployment',
      CHANGES,
      bootstrapRoleArn('cfn-exec', accounts.zone, zone),
    ),
  );
}
