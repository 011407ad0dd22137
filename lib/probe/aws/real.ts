/** AWS itself, or an endpoint that stands for it, as a probe asks it. */
import {
  CreateGrantCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  ListGrantsCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { PROBE, probeAccessPointArn, probeBucket, probeName, probeRoleArn } from '../../names';
import type { ProbeCall, ProbeReader, ProbeRecord, ProbeSide, ProbeStack } from '../../policy';
import { arnOfBucket, SIDE_OF_BUCKET } from '../calls';
import type { Performed, ProbeAws } from '../port';
import { recordedBy, recordOutcome } from '../records';
import type { Sandbox } from '../sandbox';
import { EVENTS_KEY, EVENTS_QUEUE } from '../templates/events';
import { FUNCTION_ALIAS } from '../templates/function';
import { OWNER_KEY } from '../templates/owner';
import type { ProbeTemplate } from '../templates/template';
import { templateOf } from '../templates/templates';
import { type Clients, clientsWith, type Settings } from './clients';
import { emptyBucket, getObject, newLogs, putObject, putWithContext, tagObject, verdictOn } from './objects';
import { ProbeStacks } from './stacks';

const DONE: Performed = { outcome: 'done' };

/** How AWS is asked. */
interface Asking extends Pick<ProbeAws, 'sleep' | 'now'> {
  readonly signal: AbortSignal;
  /** The template of each stack; that of `templates/` if not given. An endpoint may not know every type of resource. */
  readonly template?: (stack: ProbeStack) => ProbeTemplate;
}

/** @param settings where each account is asked, and with which credentials */
export function realProbeAws(
  sandbox: Sandbox,
  settings: (side: ProbeSide) => Settings,
  { sleep, now, signal, template = (stack) => templateOf(stack, sandbox) }: Asking,
): ProbeAws {
  const clients: Readonly<Record<ProbeSide, Clients>> = {
    owner: clientsWith(settings('owner')),
    recipient: clientsWith(settings('recipient')),
  };
  const stacks = new ProbeStacks({
    cloudFormation: (side) => clients[side].cloudFormation,
    template,
    sleep,
    signal,
  });
  const tests = new Tests(sandbox, clients, stacks);
  return {
    identity: async (side) => (await clients[side].sts.send(new GetCallerIdentityCommand({}))).Account ?? '',
    stacks: (side) => stacks.there(side),
    perform: (call) => tests.perform(call),
    emptyBucket: (bucket) => {
      const side = SIDE_OF_BUCKET[bucket];
      const name = probeBucket(bucket, sandbox.region, sandbox.accounts[side]);
      return emptyBucket(clients[side].s3, name, bucket === 'logs');
    },
    removeStack: (stack) => stacks.remove(stack),
    sleep,
    now,
  };
}

/** Makes the calls of tests. */
class Tests {
  readonly #readers = new Map<ProbeReader, S3Client>();
  readonly #logs: Readonly<Record<ProbeSide, { readonly known: Set<string>; readonly read: unknown[] }>> = {
    owner: { known: new Set(), read: [] },
    recipient: { known: new Set(), read: [] },
  };

  constructor(
    private readonly sandbox: Sandbox,
    private readonly clients: Readonly<Record<ProbeSide, Clients>>,
    private readonly stacks: ProbeStacks,
  ) {}

  async perform(call: ProbeCall): Promise<Performed> {
    const { clients, stacks, sandbox } = this;
    const { s3, kms, lambda } = clients.owner;
    const bucket = probeBucket('shared', sandbox.region, sandbox.accounts.owner);
    switch (call.call) {
      case 'make-stack':
        return stacks.make(call.stack);
      case 'remove-stack':
        // Sessions of a role that is gone would still be good for an hour.
        this.#readers.clear();
        await stacks.remove(call.stack);
        return DONE;
      case 'set-access-point':
        await stacks.setReading(call.to);
        return DONE;
      case 'put-object':
        await putObject(s3, bucket, call.object);
        return DONE;
      case 'put-with-context':
        return putWithContext(s3, bucket, call.object);
      case 'tag-object':
        await tagObject(s3, bucket, call.object);
        return DONE;
      case 'get-verdict':
        return verdictOn(s3, bucket, call.object);
      case 'create-grant':
        return this.#grant(call.reader);
      case 'revoke-grant': {
        const KeyId = await stacks.output('owner', OWNER_KEY);
        const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId }));
        for (const { Name, GrantId } of Grants)
          if (Name === probeName(call.reader)) await kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
        return DONE;
      }
      case 'get-object': {
        const reader = await this.#reader(call.reader);
        if (reader === undefined) return { outcome: 'absent', saw: 'the role can’t be taken on yet' };
        return getObject(reader, probeAccessPointArn(sandbox.region, sandbox.accounts.owner), call.object);
      }
      case 'invoke-function': {
        const answer = await lambda.send(
          new InvokeCommand({
            FunctionName: probeName('function'),
            ...(call.by === 'alias' && { Qualifier: FUNCTION_ALIAS }),
            Payload: JSON.stringify({ as: call.as }),
          }),
        );
        const said = answer.Payload === undefined ? '' : Buffer.from(answer.Payload).toString();
        if (answer.FunctionError !== undefined) throw new Error(`the function failed: ${said}`);
        return { outcome: said === '"allowed"' ? 'allowed' : 'refused' };
      }
      case 'find-record':
        return this.#record(call.record);
      case 'disable-key':
      case 'enable-key': {
        const KeyId = await stacks.output('events', EVENTS_KEY);
        const Change = call.call === 'disable-key' ? DisableKeyCommand : EnableKeyCommand;
        await clients.recipient.kms.send(new Change({ KeyId }));
        return DONE;
      }
      case 'receive-event': {
        const QueueUrl = await stacks.output('events', EVENTS_QUEUE);
        const { Messages = [] } = await clients.recipient.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        return { outcome: Messages.length > 0 ? 'shown' : 'absent' };
      }
    }
  }

  /** In the form in which the grant broker makes grants. */
  async #grant(reader: ProbeReader): Promise<Performed> {
    const { sandbox, clients, stacks } = this;
    try {
      await clients.owner.kms.send(
        new CreateGrantCommand({
          KeyId: await stacks.output('owner', OWNER_KEY),
          Name: probeName(reader),
          GranteePrincipal: probeRoleArn(sandbox.accounts.recipient, reader),
          Operations: ['Decrypt', 'DescribeKey'],
          Constraints: { EncryptionContextEquals: { 'aws:s3:arn': arnOfBucket('shared', sandbox) } },
        }),
      );
      return DONE;
    } catch (error) {
      if (error instanceof Error && error.name === 'InvalidArnException')
        return { outcome: 'absent', saw: 'KMS does not know the role yet' };
      throw error;
    }
  }

  /** S3 as a reader; undefined while its role is too new to be taken on. */
  async #reader(name: ProbeReader): Promise<S3Client | undefined> {
    const known = this.#readers.get(name);
    if (known !== undefined) return known;
    const { sts, s3As } = this.clients.recipient;
    try {
      const { Credentials: given } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: probeRoleArn(this.sandbox.accounts.recipient, name),
          RoleSessionName: PROBE,
          DurationSeconds: 3_600,
        }),
      );
      const reader = s3As({
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        ...(given?.SessionToken !== undefined && { sessionToken: given.SessionToken }),
      });
      this.#readers.set(name, reader);
      return reader;
    } catch (error) {
      if (error instanceof Error && error.name === 'AccessDenied') return undefined;
      throw error;
    }
  }

  /** Each log file is read once. */
  async #record(record: ProbeRecord): Promise<Performed> {
    const { sandbox, clients } = this;
    const side = recordedBy(record);
    const { known, read } = this.#logs[side];
    const account = sandbox.accounts[side];
    const bucket = probeBucket('logs', sandbox.region, sandbox.accounts.recipient);
    const prefix = `AWSLogs/${account}/CloudTrail/${sandbox.region}/`;
    read.push(...(await newLogs(clients.recipient.s3, { bucket, prefix, known })));
    return { outcome: recordOutcome(record, read, sandbox) };
  }
}
