// Does what Lambda’s runtime does, in its barest form: takes events, calls the handler, reports what became of it.
import { pathToFileURL } from 'node:url';

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
