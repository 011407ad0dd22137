// Does what Lambda’s runtime does, in its barest form: takes events, calls the handler, reports what became of it.
import { syncBuiltinESMExports } from 'node:module';
import waits from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

// How long a function waits is for tests of its parts, which have clocks of their own; here all that it waits for of its own accord
// comes a hundred times as soon. The runtime interface client has it wait as long as it does on Lambda.
const { setTimeout: wait } = waits;
waits.setTimeout = (milliseconds, ...others) => wait(milliseconds / 100, ...others);
syncBuiltinESMExports();

const [, , bundle] = process.argv;
const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
const { handler } = await import(pathToFileURL(bundle).href);
for (;;) {
  const next = await fetch(`${base}/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const deadline = Number(next.headers.get('lambda-runtime-deadline-ms'));
  const event = await next.json();
  const invokedFunctionArn = next.headers.get('lambda-runtime-invoked-function-arn');
  const context = {
    awsRequestId: id,
    invokedFunctionArn,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  const [outcome, body] = await handler(event, context).then(
    (result) => ['response', JSON.stringify(result ?? null)],
    (error) => ['error', JSON.stringify({ errorType: error.name, errorMessage: error.message })],
  );
  await fetch(`${base}/${id}/${outcome}`, { method: 'POST', body });
}
