/** Who may take on the role of a state machine. */
import type { AccountId } from '../register';
import { type PolicyDocument, policy, type TrustStatement } from './document';

/**
 * Only Step Functions, and only for one state machine.
 * @param Sid names the statement
 * @param account in which the state machine is
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
 */
export function trustedByMachine(
  Sid: string,
  account: AccountId,
  machineArn: string,
): PolicyDocument<TrustStatement> {
  return policy({
    Sid,
    Effect: 'Allow',
    Principal: { Service: 'states.amazonaws.com' },
    Action: ['sts:AssumeRole'],
    Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnEquals: { 'aws:SourceArn': machineArn } },
  });
}
