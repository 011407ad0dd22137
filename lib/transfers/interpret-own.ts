/** Interprets changes of who may use the landing zone’s own tables and topics: the operator’s, and those of members. */
import type { Exchange } from './exchange';
import { textOf } from './fields';
import type { Meaning } from './meaning';
import type { TrailEvent } from './record';

/** Calls that change a policy, or end what has one; with the parameter that names the table or the topic. */
const CALLS: Readonly<Record<string, Readonly<Record<string, 'resourceArn' | 'tableName' | 'topicArn'>>>> = {
  'dynamodb.amazonaws.com': {
    PutResourcePolicy: 'resourceArn',
    DeleteResourcePolicy: 'resourceArn',
    DeleteTable: 'tableName',
  },
  'sns.amazonaws.com': {
    AddPermission: 'topicArn',
    DeleteTopic: 'topicArn',
    RemovePermission: 'topicArn',
    SetTopicAttributes: 'topicArn',
  },
};
const OWN = /(?:^|[:/])concordat-[^:/]*$/;

/** Whether an event is such a change. */
export function isOwnChange(source: string, name: string): boolean {
  return CALLS[source]?.[name] !== undefined;
}

/** What it means; nothing for a table or a topic that is not the landing zone’s. */
export function interpretOwn(event: TrailEvent, exchange: Exchange): Meaning[] {
  const { source, name, parameters, recipientAccount } = event;
  const parameter = CALLS[source]?.[name];
  const resource = parameter && textOf(parameters[parameter]);
  const owner = exchange.member(recipientAccount)?.id;
  if (resource === undefined || !OWN.test(resource)) return [];
  if (owner === undefined && !exchange.isZone(recipientAccount)) return [];
  return [
    {
      kind: event.errorCode === undefined ? 'policy-changed' : 'denied',
      reasons: [],
      owner,
      resource,
      organisations: owner === undefined ? [] : [owner],
    },
  ];
}
