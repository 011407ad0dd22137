/** That each owner’s account has one gate, told of every clean verdict of its own bucket, with what its register asks of deposits. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyStack } from '../../../lib/assembly';
import { lambdaBundle } from '../../../lib/constructs/functions/lambda-bundle';
import { directionOwnedBy } from '../../../lib/register/parties';
import type { Member } from '../../../lib/register/schema/organisation';
import { parseGateList } from '../../../lib/wire';
import { parseContractPlan } from '../../../lib/wire/contracts';
import { registerOf } from '../../policy/sample-register';
import { ofType, only, type Sample, synthesised } from '../../stacks/sample-assembly';
import { fits } from '../event-pattern';

const register = registerOf();
const members = register.organisations.filter((each): each is Member => each.membership === 'member');
const OWN = 'ReleaseGate';

let sample: Sample;
beforeAll(() => {
  sample = synthesised();
});

const properties = (stack: AssemblyStack, type: string, within = OWN) =>
  only(stack, type, within).Properties as Record<string, never>;

/** A file of the layer beside the gate. */
function beside(stack: AssemblyStack, file: string): string {
  const { S3Key } = properties(stack, 'AWS::Lambda::LayerVersion').Content as unknown as { S3Key: string };
  const path = join(sample.folder, `asset.${S3Key.replace('.zip', '')}`, file);
  expect([path, existsSync(path)]).toEqual([path, true]);
  return readFileSync(path, 'utf8');
}

describe.each(members.map((member) => [member.id, member] as const))(
  'the release gate of %s',
  (id, member) => {
    const bucket = `concordat-exchange-${member.account}-eu-west-2-an`;

    it('holds deposits against every agreement of its own and no other, with the plan of each contract', () => {
      const stack = sample.stackOf(id);
      const list = parseGateList(beside(stack, 'gate.json'));
      const agreements = register.agreements.filter((each) => directionOwnedBy(each, id) !== undefined);
      expect([list.owner, list.bucket]).toEqual([id, bucket]);
      expect(list.agreements.map((each) => each.id)).toEqual(agreements.map((each) => each.id));
      for (const { id: agreement, contract } of list.agreements) {
        const asked = agreements.find((each) => each.id === agreement);
        if (contract.kind === 'none') {
          expect(contract.reason).toBe(asked?.withoutContract);
          continue;
        }
        if (contract.kind === 'sealed') {
          expect(contract.keys).toBe(asked?.sealed?.keys.length);
          continue;
        }
        const text = beside(stack, `contracts/${contract.id}.json`);
        expect(contract).toMatchObject({
          id: asked?.contract,
          plan: createHash('sha256').update(text).digest('hex'),
        });
        expect(parseContractPlan(text).contract.id).toBe(contract.id);
      }
    });

    it('runs its bundle on one whole processor for as long as Lambda allows, and knows its list by the digest', () => {
      const stack = sample.stackOf(id);
      const { Code, Environment, ...settings } = properties(stack, 'AWS::Lambda::Function') as unknown as {
        Code: { S3Key: string };
        Environment: { Variables: Record<string, unknown> };
      };
      expect(settings).toMatchObject({
        FunctionName: 'concordat-release-gate',
        Runtime: 'nodejs24.x',
        MemorySize: 1769,
        Timeout: 900,
      });
      const bundle = join(sample.folder, `asset.${Code.S3Key.replace('.zip', '')}`, 'index.mjs');
      expect(readFileSync(bundle, 'utf8')).toBe(lambdaBundle('release-gate').text);
      const list = createHash('sha256')
        .update('gate.json\0')
        .update(beside(stack, 'gate.json'))
        .digest('hex');
      expect(Environment.Variables).toMatchObject({ BUCKET: bucket, GATE_LIST_DIGEST: list });
    });

    it('is told of verdicts on its own bucket, and of nothing else, a scan that failed included', () => {
      const { EventPattern, State } = properties(sample.stackOf(id), 'AWS::Events::Rule', 'ReleaseGateRule');
      const event = (detail: object, more: object = {}) => ({
        source: 'aws.guardduty',
        'detail-type': 'GuardDuty Malware Protection Object Scan Result',
        ...more,
        detail: {
          s3ObjectDetails: { bucketName: bucket, objectKey: 'agreements/a/b', versionId: 'v' },
          scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND' },
          ...detail,
        },
      });
      expect(State).toBe('ENABLED');
      for (const scanResultStatus of ['NO_THREATS_FOUND', 'THREATS_FOUND', 'UNSUPPORTED'])
        expect(fits(EventPattern, event({ scanResultDetails: { scanResultStatus } }))).toBe(true);
      for (const other of [
        event({ s3ObjectDetails: { bucketName: 'another' } }),
        event({ scanResultDetails: { scanResultStatus: 'FAILED' } }),
        event({ scanResultDetails: { scanResultStatus: 'ACCESS_DENIED' } }),
        event({}, { source: 'somebody' }),
      ])
        expect(fits(EventPattern, other)).toBe(false);
    });

    it('takes one verdict at a time, tries it again, and keeps what it could not do', () => {
      const stack = sample.stackOf(id);
      const queues = Object.fromEntries(
        ofType(stack, 'AWS::SQS::Queue', OWN).map((each) => [String(each.Properties?.QueueName), each]),
      );
      expect(Object.keys(queues).sort()).toEqual(['concordat-gate-dead-letters', 'concordat-gate-verdicts']);
      expect(queues['concordat-gate-verdicts']).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        Properties: {
          SqsManagedSseEnabled: true,
          RedrivePolicy: { maxReceiveCount: 5 },
          VisibilityTimeout: 5400,
        },
      });
      expect(properties(stack, 'AWS::Lambda::EventSourceMapping')).toMatchObject({
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      const [target] = properties(stack, 'AWS::Events::Rule', 'ReleaseGateRule')
        .Targets as unknown as object[];
      expect(target).toHaveProperty('DeadLetterConfig.Arn');
    });

    it('is called again by a state machine until it says that it is done', () => {
      const { DefinitionString } = properties(sample.stackOf(id), 'AWS::StepFunctions::StateMachine');
      const { StartAt, States } = JSON.parse(String(DefinitionString));
      const next = (state: string, answer: { done: boolean }): string => {
        const { Type, Next, Choices, Default } = States[state];
        if (Type === 'Task') return Next;
        const [choice] = Choices;
        return choice.Variable === '$.done' && choice.BooleanEquals === answer.done ? choice.Next : Default;
      };
      expect(States[StartAt]).toMatchObject({
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: {
          FunctionName: `arn:aws:lambda:eu-west-2:${member.account}:function:concordat-release-gate`,
        },
        OutputPath: '$.Payload',
      });
      expect(next(next(StartAt, { done: false }), { done: false })).toBe(StartAt);
      expect(States[next(next(StartAt, { done: true }), { done: true })]).toEqual({ Type: 'Succeed' });
    });
  },
);
