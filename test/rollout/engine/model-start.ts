/**
 * S3 and Step Functions as whoever starts the engine sees them: a name is of one file, and of one execution. Each call may be cut
 * off, before it does anything or before its answer arrives.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { EngineClients } from '../../../lib/rollout/aws/engine';

/** An execution of the model. */
export interface Execution {
  readonly input: string;
  status: string;
  output?: string;
  error?: string;
  cause?: string;
  /** How often it is looked at until it ends. */
  looks: number;
  /** How it ends then. */
  readonly ends: string;
}

/** An error by the name that AWS gives it. */
function refused(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** The two services. */
export class ModelStart {
  readonly files = new Map<string, Uint8Array>();
  readonly executions = new Map<string, Execution>();
  readonly asked: string[] = [];
  readonly inputs: object[] = [];
  /** How executions end that are started from now on, and with which error. */
  ends: Pick<Execution, 'ends' | 'output' | 'error' | 'cause'> & { readonly looks: number } = {
    ends: 'SUCCEEDED',
    output: '{"through":"all"}',
    looks: 2,
  };
  /** The call, counted from 0, that is cut off, and when. */
  cut: { readonly at: number; readonly when: 'before' | 'after' } | undefined;

  readonly clients = {
    bucket: { send: (command: object) => this.#send(command) },
    machine: { send: (command: object) => this.#send(command) },
  } as unknown as EngineClients;

  async #send(command: object): Promise<object> {
    const number = this.asked.length;
    this.asked.push(command.constructor.name.replace('Command', ''));
    if (this.cut?.at === number && this.cut.when === 'before') throw refused('TimeoutError');
    const answer = this.#answer(command);
    if (this.cut?.at === number) throw refused('TimeoutError');
    return answer;
  }

  #answer(command: object): object {
    if (command instanceof PutObjectCommand) {
      const { Key = '', Body, IfNoneMatch } = command.input;
      this.inputs.push({ ...command.input, Body: undefined });
      if (IfNoneMatch === '*' && this.files.has(Key)) throw refused('PreconditionFailed');
      this.files.set(Key, Body as Uint8Array);
      return {};
    }
    if (command instanceof StartExecutionCommand) {
      const { name = '', input = '' } = command.input;
      this.inputs.push(command.input);
      const found = this.executions.get(name);
      if (found !== undefined && (found.status !== 'RUNNING' || found.input !== input))
        throw refused('ExecutionAlreadyExists');
      if (found === undefined) this.executions.set(name, { input, status: 'RUNNING', ...this.ends });
      return {};
    }
    if (command instanceof DescribeExecutionCommand) {
      const name = command.input.executionArn?.split(':').at(-1) ?? '';
      const found = this.executions.get(name);
      if (found === undefined) throw refused('ExecutionDoesNotExist');
      if (found.status === 'RUNNING') {
        found.looks -= 1;
        if (found.looks < 0) found.status = found.ends;
      }
      const { input, status, output, error, cause } = found;
      const startDate = new Date(Date.UTC(2027, 0, 5, 9));
      if (status === 'RUNNING') return { input, status, startDate };
      const stopDate = new Date(Date.UTC(2027, 0, 5, 9, 40));
      return { input, status, ...(status === 'SUCCEEDED' && { output }), error, cause, startDate, stopDate };
    }
    throw new Error(`the model knows no ${command.constructor.name}`);
  }
}
