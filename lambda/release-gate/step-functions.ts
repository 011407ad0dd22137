/** The state machine that calls the gate again until an order is done. */
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../lib/runtime';
import type { Onward } from './ports';

/**
 * Starts executions of one state machine. A name is taken for 90 days: started again with the same input, one that runs stays as
 * it is; with another input, or once it has ended, Step Functions refuses, and it is left to what runs or ran.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export class StepFunctions implements Onward {
  constructor(
    private readonly client: Pick<SFNClient, 'send'>,
    private readonly machineArn: string,
  ) {}

  /** With a client of its own. */
  static of(region: string, machineArn: string): StepFunctions {
    return new StepFunctions(
      new SFNClient(clientSettings(region, { asksAgain: 'client', seconds: 5 })),
      machineArn,
    );
  }

  async start(name: string, order: object): Promise<void> {
    try {
      await this.client.send(
        new StartExecutionCommand({ stateMachineArn: this.machineArn, name, input: JSON.stringify(order) }),
      );
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ExecutionAlreadyExists') throw error;
    }
  }
}
