/**
 * That verdicts reach the release gate and nobody else, and that its state machine changes by deployment alone, is started by the
 * gate alone, and calls the gate alone. Of the function itself, own-functions.ts speaks.
 */

import { GATE_QUEUE, GATE_MACHINE as MACHINE, RELEASE_GATE_FUNCTION } from '../../names';
import type { ServiceControlStatement } from '../document';
import { TAKE_MESSAGES } from './own-functions';
import { askedByAllBut, CLOUD_FORMATION, GATE_MACHINE, RELEASE_GATE } from './spared';

/** The statements on the release gate. */
export function ownGate(): ServiceControlStatement[] {
  const machine = `arn:aws:states:*:*:stateMachine:${MACHINE}`;
  return [
    {
      Sid: 'DenyTakingVerdictsFromTheReleaseGate',
      Effect: 'Deny',
      Action: TAKE_MESSAGES,
      Resource: [`arn:aws:sqs:*:*:${GATE_QUEUE}`],
      Condition: askedByAllBut(RELEASE_GATE),
    },
    {
      // Versions and aliases of it are named after it.
      Sid: 'DenyChangingTheMachineOfTheReleaseGate',
      Effect: 'Deny',
      NotAction: ['states:Describe*', 'states:Get*', 'states:List*', 'states:StartExecution'],
      Resource: [`${machine}*`, `arn:aws:states:*:*:execution:${MACHINE}*`],
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
    {
      Sid: 'DenyStartingTheMachineOfTheReleaseGate',
      Effect: 'Deny',
      Action: ['states:StartExecution'],
      Resource: [`${machine}*`],
      Condition: askedByAllBut(RELEASE_GATE),
    },
    {
      Sid: 'DenyTheMachineOfTheGateOtherFunctions',
      Effect: 'Deny',
      Action: ['lambda:Invoke*'],
      NotResource: [`arn:aws:lambda:*:*:function:${RELEASE_GATE_FUNCTION}`],
      Condition: { ArnLike: { 'aws:PrincipalArn': GATE_MACHINE } },
    },
  ];
}
