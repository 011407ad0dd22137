/**
 * What the notifier needs: to look at transfers, to keep what it told, and to tell: to read the one key of GOV.UK Notify, or to publish to
 * the zone’s own topics.
 */
import { functionName, NOTICES, TRANSFERS, tableArn } from '../names';
import type { Zone } from '../register';
import { throughDynamoDb } from './audit-policies';
import { type IdentityStatement, type PolicyDocument, policy } from './document';
import { fromItsOwnCode, writesItsOwnLog } from './lambda-policies';

/** By what it tells, and with which keys of the zone’s. */
export interface NoticesMeans {
  readonly stagingKey: string;
  /** By GOV.UK Notify, or by topics: their ARNs, and the ARN of the key that encrypts what is published to them. */
  readonly by: { readonly secret: string } | { readonly topics: readonly string[]; readonly key: string };
}

/** Looks at transfers, and changes none; keeps notices; tells. It may neither decrypt nor list what is shared. */
export function noticesPermissions(
  zone: Zone,
  { by, stagingKey }: NoticesMeans,
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
    ...('secret' in by
      ? [
          {
            Sid: 'ReadTheKeyOfNotify',
            Effect: 'Allow',
            Action: ['secretsmanager:GetSecretValue'],
            Resource: [by.secret],
            Condition,
          } as const,
        ]
      : tellsBySns(zone, by, Condition)),
    throughDynamoDb(zone, stagingKey),
    writesItsOwnLog(zone, zone.accounts.zone, own),
  );
}

/** Nothing, where no correspondence names a mailbox: a statement needs a resource. */
function tellsBySns(
  zone: Zone,
  { topics, key }: Extract<NoticesMeans['by'], { readonly key: string }>,
  Condition: IdentityStatement['Condition'],
): IdentityStatement[] {
  if (topics.length === 0) return [];
  return [
    {
      Sid: 'TellTeamsBySns',
      Effect: 'Allow',
      Action: ['sns:Publish'],
      Resource: topics,
      ...(Condition && { Condition }),
    },
    {
      Sid: 'EncryptWhatItTellsThroughSns',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [key],
      Condition: { StringEquals: { 'kms:ViaService': `sns.${zone.region}.amazonaws.com` } },
    },
  ];
}
