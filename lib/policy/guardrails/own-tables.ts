/** That the zone’s tables change by its deployment alone, and what they hold by its functions alone: the ledger is made from it. */
import { STAGING, TRANSFERS } from '../../names';
import type { ServiceControlStatement } from '../document';
import { ITEM_WRITES } from '../table-policies';
import { askedByAllBut, CLOUD_FORMATION, LEDGER_SEAL, TRANSFER_AUDIT } from './spared';

const table = (name: string) => `arn:aws:dynamodb:*:*:table/${name}`;

const READ_TABLES = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:Describe*',
  'dynamodb:Get*',
  'dynamodb:List*',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
] as const;

/** The statements on tables. Copies, restores and imports are changes too: each could put another table in place of ours. */
export function ownTables(): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyChangingTables',
      Effect: 'Deny',
      NotAction: [...ITEM_WRITES, ...READ_TABLES],
      Resource: [table('concordat-*')],
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
    {
      // Of the record of stops, own-stops.ts speaks.
      Sid: 'DenyChangingWhatTablesHold',
      Effect: 'Deny',
      Action: ITEM_WRITES,
      Resource: [STAGING.name, TRANSFERS.name].map(table),
      Condition: askedByAllBut(LEDGER_SEAL, TRANSFER_AUDIT),
    },
  ];
}
