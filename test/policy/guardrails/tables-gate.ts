/** Requests that the guardrails on the release gate’s queue and state machine must deny, and those that they must let be. */
import { LEEDS, type Table } from './asking';

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${LEEDS}:${rest}`;
const VERDICTS = at('sqs', 'concordat-gate-verdicts');
const TAKES = 'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:ReceiveMessage';
const MACHINE = at('states', 'stateMachine:concordat-release-gate');
const EXECUTION = at('states', 'execution:concordat-release-gate:version-0123');
const CHANGES_OF_MACHINES = `states:CreateStateMachine states:DeleteStateMachine states:UpdateStateMachine
  states:PublishStateMachineVersion states:TagResource states:UntagResource states:AnActionOfTomorrow`;
const GATE = at('lambda', 'function:concordat-release-gate');
const BROKER = at('lambda', 'function:concordat-grant-broker');

/** By the statement’s Sid. */
export const GATE_TABLES: Readonly<Record<string, Table>> = {
  DenyTakingVerdictsFromTheReleaseGate: {
    deny: [
      ['administrator', TAKES, VERDICTS],
      ['cloudFormation', 'sqs:ReceiveMessage', VERDICTS],
      ['broker', 'sqs:DeleteMessage', VERDICTS],
    ],
    allow: [
      ['gate', TAKES, VERDICTS],
      ['administrator', TAKES, at('sqs', 'concordat-gate-dead-letters')],
      ['administrator', 'sqs:GetQueueAttributes sqs:SendMessage', VERDICTS],
    ],
  },
  DenyChangingTheMachineOfTheReleaseGate: {
    deny: [
      ['administrator', CHANGES_OF_MACHINES, MACHINE],
      ['administrator', 'states:DeleteStateMachineVersion', `${MACHINE}:1`],
      ['administrator', 'states:RedriveExecution states:StopExecution', EXECUTION],
      ['gate', 'states:UpdateStateMachine', MACHINE],
      ['gateMachine', 'states:StopExecution', EXECUTION],
    ],
    allow: [
      ['cloudFormation', CHANGES_OF_MACHINES, MACHINE],
      ['administrator', 'states:DescribeStateMachine states:ListExecutions', MACHINE],
      ['administrator', 'states:DescribeExecution states:GetExecutionHistory', EXECUTION],
      ['gate', 'states:StartExecution', MACHINE],
      ['administrator', CHANGES_OF_MACHINES, at('states', 'stateMachine:benefits')],
    ],
  },
  DenyStartingTheMachineOfTheReleaseGate: {
    deny: [
      ['administrator', 'states:StartExecution', MACHINE],
      ['cloudFormation', 'states:StartExecution', MACHINE],
      ['administrator', 'states:StartExecution', `${MACHINE}:1`],
    ],
    allow: [
      ['gate', 'states:StartExecution', MACHINE],
      ['administrator', 'states:StartExecution', at('states', 'stateMachine:benefits')],
    ],
  },
  DenyTheMachineOfTheGateOtherFunctions: {
    deny: [
      ['gateMachine', 'lambda:InvokeFunction', BROKER],
      ['gateMachine', 'lambda:InvokeFunction', `${BROKER}:lift`],
      ['gateMachine', 'lambda:InvokeAsync lambda:InvokeFunctionUrl', at('lambda', 'function:benefits')],
    ],
    allow: [
      ['gateMachine', 'lambda:InvokeFunction', GATE],
      ['cloudFormation', 'lambda:InvokeFunction', BROKER],
      ['administrator', 'lambda:InvokeFunction', at('lambda', 'function:benefits')],
    ],
  },
};
