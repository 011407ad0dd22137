/**
 * The stack that deploys this function, as CloudFormation tells of it: whether what an event says of it can be true.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */

import type { OwnStack, StackState } from './ports';
import { callQuery, type Service } from './signed-requests';

/** Asks CloudFormation. */
export class CloudFormationStack implements OwnStack {
  constructor(private readonly service: Service) {}

  async state(stackId: string): Promise<StackState> {
    const body = await callQuery(this.service, {
      Action: 'DescribeStacks',
      StackName: stackId,
      Version: '2010-05-15',
    });
    const status = /<StackStatus>([A-Z_]+)<\/StackStatus>/.exec(body)?.[1] ?? '';
    if (status.includes('ROLLBACK')) return status.endsWith('_IN_PROGRESS') ? 'rolling-back' : 'at-rest';
    return status.endsWith('_IN_PROGRESS') ? 'changing' : 'at-rest';
  }
}
