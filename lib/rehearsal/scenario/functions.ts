/** Calls functions where they run: at the endpoint. */
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Stage } from './stage';

/** What a function answered; an error of its own is told, not thrown. */
export interface Called {
  readonly answer: unknown;
  readonly failure: string | undefined;
}

/** Calls a function by its name. @throws where the endpoint does not run it */
export async function call(stage: Stage, account: string, name: string, event: object): Promise<Called> {
  const { signal } = stage.props.target;
  const { FunctionError, Payload } = await stage
    .as(account)
    .lambda()
    .send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }), {
      abortSignal: signal,
    });
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null') as unknown;
  const { errorMessage } = (answer ?? {}) as { errorMessage?: unknown };
  return {
    answer,
    failure: FunctionError === undefined ? undefined : String(errorMessage ?? FunctionError).slice(0, 300),
  };
}
