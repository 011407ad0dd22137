/** The environment of a function, read once and whole by a schema. */
import * as z from 'zod/mini';
import { FunctionError } from './errors';

/** The environment of a function is not what it must be. */
export class EnvironmentError extends FunctionError {
  override readonly name = 'EnvironmentError';
}

/** The process's environment, or part of it. */
type Env = Readonly<Record<string, string | undefined>>;

const MOST_LETTERS = 200;

/**
 * A variable that must be set. May be left out: `z.optional(variable(…))`.
 * @param expected what it must be, for the message: "set it to …"
 */
export function variable(expected: string, fits: RegExp | ((value: string) => boolean) = /./) {
  const test = typeof fits === 'function' ? fits : (value: string) => fits.test(value);
  return z.string(expected).check(z.refine(test, expected));
}

/** What Lambda itself sets, and every function reads. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const REQUIRED_BY_LAMBDA = {
  AWS_REGION: variable('the Region of this function', /^[a-z]{2}(?:-[a-z]+)+-\d$/),
  AWS_LAMBDA_FUNCTION_NAME: variable('the name of this function'),
};

/**
 * Reads the variables that a schema names; others are ignored, and an empty one counts as not set. The schema's messages
 * say what a variable must be, as `variable` has them.
 * @throws EnvironmentError that names every variable that is missing or wrong, what it is, and what to set it to
 */
export function readEnvironment<Schema extends z.ZodMiniType>(schema: Schema, env: Env): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const read = z.safeParse(schema, set);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path: [first], message }) => {
    const name = String(first);
    const value = set[name];
    return `${name} is ${value === undefined ? 'not set' : `'${value.slice(0, MOST_LETTERS)}'`}: set it to ${message}`;
  });
  throw new EnvironmentError(faults.join('; '));
}
