/** Calls functions where they run: at the endpoint. */
import { InvokeCommand, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import type { FunctionName } from '../../names';
import type { Cast } from '../cast';
import type { Stage } from './stage';

/** What a function answered; its own error is reported, not thrown. */
export interface Called {
  readonly answer: unknown;
  readonly failure: string | undefined;
}

/** In whose account each function is called. A function that is added here is to be played by a scenario as well. */
const ACCOUNT: Readonly<Record<FunctionName, (cast: Cast) => string>> = {
  'concordat-grant-broker': ({ owner }) => owner.account,
  'concordat-release-gate': ({ owner }) => owner.account,
  'concordat-transfer-audit': ({ zoneAccount }) => zoneAccount,
  'concordat-ledger-seal': ({ zoneAccount }) => zoneAccount,
  'concordat-notices': ({ zoneAccount }) => zoneAccount,
};

/** Calls a function by its name. @throws where the endpoint does not run it */
export async function call(stage: Stage, name: FunctionName, event: object): Promise<Called> {
  const { cast, target } = stage.props;
  const { signal } = target;
  return answeredBy(
    await stage
      .as(ACCOUNT[name](cast))
      .lambda()
      .send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }), {
        abortSignal: signal,
      }),
  );
}

/** What a function answered, of what Lambda answered. */
export function answeredBy({ FunctionError, Payload }: InvokeCommandOutput): Called {
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null') as unknown;
  const { errorMessage } = (answer ?? {}) as { errorMessage?: unknown };
  return {
    answer,
    failure: FunctionError === undefined ? undefined : String(errorMessage ?? FunctionError).slice(0, 300),
  };
}
