/** What services deliver to queues and topics: which may, and from where. */
import type { MadeThing } from '../../assembly';
import type { Asked } from './requests';

/** Which service gives what, from where. */
export interface Delivery {
  readonly service: string;
  readonly action: string;
  /** The ARN of where it comes from; a `*` at the end stands for any end. */
  readonly source: string;
}

/** The queue of what the malware scan found. */
export const VERDICTS = 'concordat-gate-verdicts';

/** What is delivered to a queue or a topic of this name; nothing where it is not known. */
export function deliveriesTo(name: string, { account, region }: MadeThing, prefix: string): Delivery[] {
  const byRule: Delivery = {
    service: 'events.amazonaws.com',
    action: 'sqs:SendMessage',
    source: `arn:aws:events:${region}:${account}:rule/${name}`,
  };
  switch (name) {
    case 'concordat-security-changes':
    case 'concordat-deposits-held':
    case VERDICTS:
      return [byRule];
    // What the rule of verdicts could not deliver. What failed is moved there by SQS, which asks no policy.
    case 'concordat-gate-dead-letters':
      return [{ ...byRule, source: `arn:aws:events:${region}:${account}:rule/${VERDICTS}` }];
    case 'concordat-log-files':
      return [
        {
          service: 's3.amazonaws.com',
          action: 'sqs:SendMessage',
          source: `arn:aws:s3:::${prefix}-logs-${account}-${region}-an`,
        },
      ];
    case 'concordat-security-alerts':
      return [
        {
          service: 'cloudwatch.amazonaws.com',
          action: 'sns:Publish',
          source: `arn:aws:cloudwatch:${region}:${account}:alarm:concordat-*`,
        },
      ];
    default:
      return [];
  }
}

/** Whether a request is such a delivery, by its own service from its own source. */
export function isDelivery(
  { service, action, source }: Delivery,
  who: string,
  asked: Asked,
  account: string,
): boolean {
  const from = asked.context['aws:sourcearn'] ?? '';
  return (
    who === service &&
    action.toLowerCase() === asked.action.toLowerCase() &&
    asked.context['aws:sourceaccount'] === account &&
    (source.endsWith('*') ? from.startsWith(source.slice(0, -1)) : from === source)
  );
}
