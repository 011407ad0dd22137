/** What each role of the engine may and may not do, request by request. */

import {
  BUCKET,
  FROM_CODE,
  FUNCTION,
  here,
  KEY,
  LEEDS,
  MACHINE,
  OURS,
  type Role,
  roleIn,
  TABLE,
  TLS,
  via,
} from './engine-policies';
import { ENGINE_ACCOUNT } from './engine-setting';

/** A request, and its answer. */
export type Answer = 'may' | 'may not';
export interface Asked {
  readonly role: Role;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly owner?: string;
  readonly answer: Answer;
}

/** All that is asked; whatever changes a policy turns one of these answers. */
export const ASKED: Asked[] = [
  ...['orders/a/order.json', 'files/a.zip'].map(
    (key): Asked => ({
      role: 'step',
      action: 's3:GetObject',
      resource: `${BUCKET}/${key}`,
      context: { ...FROM_CODE, ...TLS },
      owner: ENGINE_ACCOUNT,
      answer: 'may',
    }),
  ),
  {
    role: 'step',
    action: 's3:GetObject',
    resource: `${BUCKET}/orders/a`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'step',
    action: 's3:GetObject',
    resource: `${BUCKET}/other`,
    context: { ...FROM_CODE, ...TLS },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'step',
    action: 's3:PutObject',
    resource: `${BUCKET}/orders/a`,
    context: { ...FROM_CODE, ...TLS, 's3:if-none-match': '*' },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  ...['deploy', 'file-publishing'].map(
    (role): Asked => ({
      role: 'step',
      action: 'sts:AssumeRole',
      resource: roleIn(LEEDS, role),
      context: { ...FROM_CODE, ...OURS },
      answer: 'may',
    }),
  ),
  {
    role: 'step',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'deploy'),
    context: OURS,
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'deploy'),
    context: { ...FROM_CODE, 'aws:ResourceOrgID': 'o-stranger0000' },
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'cfn-exec'),
    context: { ...FROM_CODE, ...OURS },
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${LEEDS}:role/concordat/concordat-collect`,
    context: { ...FROM_CODE, ...OURS },
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'sts:TagSession',
    resource: roleIn(LEEDS, 'deploy'),
    context: { ...FROM_CODE, ...OURS },
    answer: 'may not',
  },
  { role: 'step', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may' },
  { role: 'step', action: 'kms:Decrypt', resource: KEY, context: via('dynamodb'), answer: 'may not' },
  { role: 'step', action: 'kms:GenerateDataKey', resource: KEY, context: via('s3'), answer: 'may not' },
  ...['CreateLogStream', 'PutLogEvents'].map(
    (each): Asked => ({
      role: 'step',
      action: `logs:${each}`,
      resource: here('logs', 'log-group:/aws/lambda/concordat-rollout-step:log-stream:a'),
      answer: 'may',
    }),
  ),
  {
    role: 'step',
    action: 'logs:PutLogEvents',
    resource: here('logs', 'log-group:/aws/lambda/other:log-stream:a'),
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'logs:DeleteLogStream',
    resource: here('logs', 'log-group:/aws/lambda/concordat-rollout-step:log-stream:a'),
    answer: 'may not',
  },
  { role: 'step', action: 'states:SendTaskSuccess', resource: '*', answer: 'may not' },
  { role: 'machine', action: 'lambda:InvokeFunction', resource: FUNCTION, answer: 'may' },
  {
    role: 'machine',
    action: 'lambda:InvokeFunction',
    resource: here('lambda', 'function:other'),
    answer: 'may not',
  },
  { role: 'machine', action: 'lambda:UpdateFunctionCode', resource: FUNCTION, answer: 'may not' },
  {
    role: 'machine',
    action: 's3:GetObjectVersion',
    resource: `${BUCKET}/orders/a/waves/0.json`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may',
  },
  {
    role: 'machine',
    action: 's3:GetObjectVersion',
    resource: `${BUCKET}/files/a.zip`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'machine',
    action: 's3:GetObject',
    resource: `${BUCKET}/orders/a/waves/0.json`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  { role: 'machine', action: 'dynamodb:GetItem', resource: TABLE, answer: 'may' },
  { role: 'machine', action: 'dynamodb:PutItem', resource: TABLE, answer: 'may' },
  { role: 'machine', action: 'dynamodb:DeleteItem', resource: TABLE, answer: 'may not' },
  {
    role: 'machine',
    action: 'dynamodb:PutItem',
    resource: here('dynamodb', 'table/other'),
    answer: 'may not',
  },
  { role: 'machine', action: 'states:StartExecution', resource: MACHINE, answer: 'may' },
  {
    role: 'machine',
    action: 'states:StartExecution',
    resource: here('states', 'stateMachine:other'),
    answer: 'may not',
  },
  { role: 'machine', action: 'states:UpdateStateMachine', resource: MACHINE, answer: 'may not' },
  ...['DescribeExecution', 'StopExecution'].map(
    (each): Asked => ({
      role: 'machine',
      action: `states:${each}`,
      resource: here('states', 'execution:concordat-rollout:a'),
      answer: 'may',
    }),
  ),
  {
    role: 'machine',
    action: 'states:StopExecution',
    resource: here('states', 'execution:other:a'),
    answer: 'may not',
  },
  {
    role: 'machine',
    action: 'states:RedriveExecution',
    resource: here('states', 'execution:concordat-rollout:a'),
    answer: 'may not',
  },
  { role: 'machine', action: 'states:SendTaskSuccess', resource: '*', answer: 'may not' },
  {
    role: 'machine',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'deploy'),
    context: OURS,
    answer: 'may not',
  },
  { role: 'machine', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may' },
  { role: 'machine', action: 'kms:Decrypt', resource: KEY, context: via('dynamodb'), answer: 'may' },
  { role: 'machine', action: 'kms:GenerateDataKey', resource: KEY, context: via('s3'), answer: 'may not' },
  ...['orders/a/order.json', 'files/a.zip'].map(
    (key): Asked => ({
      role: 'start',
      action: 's3:PutObject',
      resource: `${BUCKET}/${key}`,
      context: { ...TLS, 's3:if-none-match': '*' },
      owner: ENGINE_ACCOUNT,
      answer: 'may',
    }),
  ),
  {
    role: 'start',
    action: 's3:PutObject',
    resource: `${BUCKET}/orders/a`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'start',
    action: 's3:PutObject',
    resource: `${BUCKET}/other`,
    context: { ...TLS, 's3:if-none-match': '*' },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'start',
    action: 's3:GetObject',
    resource: `${BUCKET}/orders/a`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'start',
    action: 's3:DeleteObject',
    resource: `${BUCKET}/orders/a`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  { role: 'start', action: 'kms:GenerateDataKey', resource: KEY, context: via('s3'), answer: 'may' },
  {
    role: 'start',
    action: 'kms:GenerateDataKey',
    resource: KEY,
    context: via('dynamodb'),
    answer: 'may not',
  },
  { role: 'start', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may not' },
  { role: 'start', action: 'states:StartExecution', resource: MACHINE, answer: 'may' },
  {
    role: 'start',
    action: 'states:StartExecution',
    resource: here('states', 'stateMachine:other'),
    answer: 'may not',
  },
  {
    role: 'start',
    action: 'states:StopExecution',
    resource: here('states', 'execution:concordat-rollout:a'),
    answer: 'may not',
  },
  {
    role: 'start',
    action: 'states:DescribeExecution',
    resource: here('states', 'execution:concordat-rollout:a'),
    answer: 'may',
  },
  // Of another state machine, of one account’s part in a wave, and what each state was given.
  ...['execution:other:a', 'execution:concordat-rollout2:a', 'execution:concordat-rollout/Deploy:a'].map(
    (each): Asked => ({
      role: 'start',
      action: 'states:DescribeExecution',
      resource: here('states', each),
      answer: 'may not',
    }),
  ),
  ...['GetExecutionHistory', 'RedriveExecution'].map(
    (each): Asked => ({
      role: 'start',
      action: `states:${each}`,
      resource: here('states', 'execution:concordat-rollout:a'),
      answer: 'may not',
    }),
  ),
  { role: 'start', action: 'states:ListExecutions', resource: MACHINE, answer: 'may not' },
  { role: 'start', action: 'dynamodb:GetItem', resource: TABLE, answer: 'may not' },
  { role: 'start', action: 'states:DeleteStateMachine', resource: MACHINE, answer: 'may not' },
  { role: 'start', action: 'states:SendTaskSuccess', resource: '*', answer: 'may not' },
  {
    role: 'start',
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${ENGINE_ACCOUNT}:role/concordat/concordat-rollout-approve`,
    answer: 'may not',
  },
  {
    role: 'start',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'deploy'),
    context: OURS,
    answer: 'may not',
  },
  ...['SendTaskSuccess', 'SendTaskFailure'].map(
    (each): Asked => ({ role: 'approve', action: `states:${each}`, resource: '*', answer: 'may' }),
  ),
  { role: 'approve', action: 'states:StartExecution', resource: MACHINE, answer: 'may not' },
  {
    role: 'approve',
    action: 'dynamodb:GetItem',
    resource: TABLE,
    context: { 'dynamodb:LeadingKeys': ['approval/a'] },
    answer: 'may',
  },
  {
    role: 'approve',
    action: 'dynamodb:GetItem',
    resource: TABLE,
    context: { 'dynamodb:LeadingKeys': ['Organisation-leeds'] },
    answer: 'may not',
  },
  {
    role: 'approve',
    action: 'dynamodb:GetItem',
    resource: here('dynamodb', 'table/other'),
    context: { 'dynamodb:LeadingKeys': ['approval/a'] },
    answer: 'may not',
  },
  {
    role: 'approve',
    action: 'dynamodb:PutItem',
    resource: TABLE,
    context: { 'dynamodb:LeadingKeys': ['approval/a'] },
    answer: 'may not',
  },
  { role: 'approve', action: 'kms:Decrypt', resource: KEY, context: via('dynamodb'), answer: 'may' },
  { role: 'approve', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may not' },
  {
    role: 'approve',
    action: 'kms:GenerateDataKey',
    resource: KEY,
    context: via('dynamodb'),
    answer: 'may not',
  },
  {
    role: 'approve',
    action: 's3:PutObject',
    resource: `${BUCKET}/orders/a`,
    context: { ...TLS, 's3:if-none-match': '*' },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
];

const SHOWN = ['stack', 'account', 'order', 'at', 'standing', 'runs', 'found', 'why', 'before', 'after'];
const scan = (attributes: readonly string[], answer: Answer, select = 'SPECIFIC_ATTRIBUTES'): Asked => ({
  role: 'status',
  action: 'dynamodb:Scan',
  resource: TABLE,
  context: {
    ...(attributes.length > 0 && { 'dynamodb:Attributes': attributes }),
    'dynamodb:Select': select,
  },
  answer,
});
const looks = (role: string, answer: Answer, context = OURS, action = 'sts:AssumeRole'): Asked => ({
  role: 'status',
  action,
  resource: roleIn(LEEDS, role),
  context,
  answer,
});

ASKED.push(
  scan(SHOWN, 'may'),
  // A token ends the wait for an approval.
  scan([...SHOWN, 'token'], 'may not'),
  scan([], 'may not'),
  scan(SHOWN, 'may not', 'ALL_ATTRIBUTES'),
  { ...scan(SHOWN, 'may not'), resource: here('dynamodb', 'table/other') },
  ...['GetItem', 'Query', 'PutItem', 'DeleteItem'].map(
    (each): Asked => ({ ...scan(SHOWN, 'may not'), action: `dynamodb:${each}` }),
  ),
  { role: 'status', action: 'kms:Decrypt', resource: KEY, context: via('dynamodb'), answer: 'may' },
  { role: 'status', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may not' },
  {
    role: 'status',
    action: 'kms:GenerateDataKey',
    resource: KEY,
    context: via('dynamodb'),
    answer: 'may not',
  },
  looks('status', 'may'),
  looks('status', 'may not', { 'aws:ResourceOrgID': 'o-stranger0000' }),
  looks('status', 'may not', OURS, 'sts:TagSession'),
  ...['deploy', 'lookup', 'cfn-exec'].map((role) => looks(role, 'may not')),
  ...(['step', 'machine', 'start', 'approve', 'status'] as const).map(
    (role): Asked => ({
      role,
      action: role === 'start' ? 'kms:GenerateDataKey' : 'kms:Decrypt',
      resource: `${KEY}2`,
      context: via(role === 'approve' || role === 'status' ? 'dynamodb' : 's3'),
      answer: 'may not',
    }),
  ),
  { role: 'machine', action: 'kms:Decrypt', resource: KEY, context: via('sqs'), answer: 'may not' },
  {
    role: 'step',
    action: 's3:DeleteObject',
    resource: `${BUCKET}/orders/a`,
    context: { ...FROM_CODE, ...TLS },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
);
