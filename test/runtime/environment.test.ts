/** That an environment is read whole, or refused by one error that names all that is wrong. */
import * as z from 'zod/mini';
import { EnvironmentError, REQUIRED_BY_LAMBDA, readEnvironment, variable } from '../../lib/runtime';

const schema = z.object({
  ...REQUIRED_BY_LAMBDA,
  TABLE: variable('the name of the table', /^[\w.-]{3,255}$/),
  URL: z.optional(variable('an address', URL.canParse)),
});
const right = { AWS_REGION: 'eu-west-2', AWS_LAMBDA_FUNCTION_NAME: 'seal', TABLE: 'staging' };

it('gives the variables of the schema, and ignores others', () => {
  expect(readEnvironment(schema, { ...right, PATH: '/bin' })).toEqual(right);
  expect(readEnvironment(schema, { ...right, URL: 'https://a.example/' }).URL).toBe('https://a.example/');
});

it('names each variable that is missing or wrong, what it is and what to set it to, in one error', () => {
  const read = () => readEnvironment(schema, { TABLE: 'a b', URL: 'x', AWS_REGION: 'London' });
  expect(read).toThrow(EnvironmentError);
  expect(read).toThrow(
    [
      "AWS_REGION is 'London': set it to the Region of this function",
      'AWS_LAMBDA_FUNCTION_NAME is not set: set it to the name of this function',
      "TABLE is 'a b': set it to the name of the table",
      "URL is 'x': set it to an address",
    ].join('; '),
  );
});

it('takes an empty variable for one that is not set', () => {
  expect(() => readEnvironment(schema, { ...right, TABLE: '' })).toThrow('TABLE is not set');
  expect(readEnvironment(schema, { ...right, URL: '' }).URL).toBeUndefined();
});

it('repeats no more of a value than a line can hold', () => {
  const read = () => readEnvironment(schema, { ...right, TABLE: ' '.repeat(4_000) });
  expect(read).toThrow(/^TABLE is ' {200}': set it to/);
});
