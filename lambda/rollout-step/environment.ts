/** The environment of the function, checked once and whole. */
import * as z from 'zod/mini';
import { REQUIRED_BY_LAMBDA, readEnvironment, variable } from '../../lib/runtime';

/** What the function is told by its environment. */
export interface Environment {
  /** The bucket of orders and files. */
  readonly bucket: string;
  readonly region: string;
  readonly functionName: string;
}

/** The variables that the function reads. @internal Only tests import it. */
export const VARIABLES = z.object({
  ...REQUIRED_BY_LAMBDA,
  ORDERS_BUCKET: variable('the name of the bucket of orders', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
});

/** Reads the environment. @throws EnvironmentError that names every variable that is wrong, and how to set it */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const read = readEnvironment(VARIABLES, env);
  return { bucket: read.ORDERS_BUCKET, region: read.AWS_REGION, functionName: read.AWS_LAMBDA_FUNCTION_NAME };
}
