/** The policy of a queue that one rule of EventBridge fills. */
import type { AccountId, Zone } from '../register';
import { type PolicyDocument, policy, type ResourceStatement } from './document';

/** Only the rule adds to the queue, and only over TLS. */
export function ruleQueuePolicy(
  zone: Zone,
  account: AccountId,
  { sid, queue, rule }: { readonly sid: string; readonly queue: string; readonly rule: string },
): PolicyDocument<ResourceStatement> {
  const Resource = `arn:aws:sqs:${zone.region}:${account}:${queue}`;
  return policy(
    {
      Sid: sid,
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource,
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnEquals: { 'aws:SourceArn': `arn:aws:events:${zone.region}:${account}:rule/${rule}` },
      },
    },
    {
      Sid: 'DenyRequestsWithoutTls',
      Effect: 'Deny',
      Principal: '*',
      Action: ['sqs:*'],
      Resource,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  );
}
