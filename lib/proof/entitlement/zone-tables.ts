/**
 * Who is entitled to what on the operator’s tables: the functions write what is theirs to write, deployment changes the
 * tables, and others of the account look and read. docs/zone.md says what the tables are for.
 */
import type { RegisterFacts } from '../../assembly';
import { ON_TABLES } from '../actions';
import type { Entitlement, Question } from '../question';
import { entitled } from './conditions';
import { AUDIT, deployerOf, fromFunctionOf, NOTIFIER, SEALER } from './zone-names';

/** What each function does to each table. */
const PURPOSE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'concordat-staging': {
    [AUDIT]: ['dynamodb:PutItem'],
    [SEALER]: ['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  },
  'concordat-transfers': {
    [AUDIT]: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    [NOTIFIER]: ['dynamodb:Query'],
  },
  'concordat-notices': {
    [NOTIFIER]: ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  },
};

/** What the asker is entitled to on a table of the operator’s. */
export function onTable(
  { asker, action, target }: Question,
  register: RegisterFacts,
): Entitlement | undefined {
  const { caller, role, permissions } = asker;
  if (caller.account !== target.account) return undefined;
  if (permissions === 'as made') {
    const name = target.arn.slice(target.arn.lastIndexOf('/') + 1);
    return PURPOSE[name]?.[role]?.includes(action)
      ? entitled({ kind: 'purpose', of: 'role', role }, [fromFunctionOf(register, role)])
      : undefined;
  }
  const deed = ON_TABLES[action];
  const isHarmless = deed === 'read' || deed === 'look';
  const isDeployed =
    role === deployerOf(register) &&
    (deed === 'administer' || deed === 'change policy' || action === 'dynamodb:DeleteTable');
  return isHarmless || isDeployed ? entitled({ kind: 'own account', holds: 'table' }) : undefined;
}
