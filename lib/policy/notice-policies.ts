/** What the notifier needs: to look at transfers, to keep what it told, and to read the one key of GOV.UK Notify. */
import { functionName, NOTICES, TRANSFERS, tableArn } from '../names';
import type { Zone } from '../register';
import { throughDynamoDb } from './audit-policies';
import { type IdentityStatement, type PolicyDocument, policy } from './document';
import { fromItsOwnCode, writesItsOwnLog } from './lambda-policies';

/** Looks at transfers, and changes none; keeps notices; reads the secret. It may neither decrypt nor list what is shared. */
export function noticesPermissions(
  zone: Zone,
  { secret, stagingKey }: { readonly secret: string; readonly stagingKey: string },
): PolicyDocument<IdentityStatement> {
  const own = functionName('notices');
  const Condition = fromItsOwnCode(zone, zone.accounts.zone, own);
  const transfers = tableArn(zone, TRANSFERS.name);
  const notices = tableArn(zone, NOTICES.name);
  return policy(
    {
      Sid: 'LookAtTransfers',
      Effect: 'Allow',
      Action: ['dynamodb:Query'],
      Resource: [transfers, `${transfers}/index/${TRANSFERS.due.name}`],
      Condition,
    },
    {
      Sid: 'KeepNotices',
      Effect: 'Allow',
      Action: ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      Resource: [notices, `${notices}/index/${NOTICES.unsent.name}`],
      Condition,
    },
    {
      Sid: 'ReadTheKeyOfNotify',
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: [secret],
      Condition,
    },
    throughDynamoDb(zone, stagingKey),
    writesItsOwnLog(zone, zone.accounts.zone, own),
  );
}
