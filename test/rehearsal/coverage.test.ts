/** That each resource type of the sample is in exactly one list, and that one which is in none fails the rehearsal. */

import { clientsOf } from '../../lib/rehearsal/clients';
import { coverageOf } from '../../lib/rehearsal/coverage';
import { READERS, readBack } from '../../lib/rehearsal/read-back/read-back';
import { outcomeOf } from '../../lib/rehearsal/read-back/reading';
import { type PropertyRead, passed, type RehearsalResult } from '../../lib/rehearsal/result';
import { SET_ASIDE } from '../../lib/rehearsal/set-aside';
import { synthesised } from '../stacks/sample-assembly';

const { stacks, zone } = synthesised();
const types = [
  ...new Set(stacks.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type))),
].sort();

it.each(types)('%s is either read back or set aside with a reason, and not both', (type) => {
  expect([type in READERS, type in SET_ASIDE].filter(Boolean)).toHaveLength(1);
  if (type in SET_ASIDE) expect(SET_ASIDE[type]?.why).toMatch(/\.$/);
});

const read = (type: string, outcome: PropertyRead['outcome']): PropertyRead => ({
  stack: 'Zone',
  resource: 'One',
  type,
  property: 'policy',
  outcome,
  expected: '{}',
  seen: '{}',
});

it('counts what was read, says what was ignored, and puts no type into two lists', () => {
  const coverage = coverageOf(stacks, [
    read('AWS::SQS::Queue', 'as the template says'),
    read('AWS::SQS::Queue', 'ignored by the endpoint'),
    read('AWS::SNS::Topic', 'ignored by the endpoint'),
  ]);
  expect(coverage.map(({ type }) => type)).toEqual(types);
  const of = (type: string) => coverage.find((each) => each.type === type);
  expect(of('AWS::SQS::Queue')).toMatchObject({
    list: 'deployed and read back',
    read: 1,
    why: 'The endpoint ignores: policy.',
  });
  expect(of('AWS::SNS::Topic')).toMatchObject({ list: 'not rehearsed here' });
  expect(of('AWS::S3::AccessPoint')).toMatchObject({ list: 'decided by simulation' });
  expect(of('AWS::KMS::Key')).toMatchObject({
    list: 'not rehearsed here',
    why: 'No stack of this rehearsal has it.',
  });
});

it('fails where a type is neither', async () => {
  const stack = { ...zone, resources: { New: { Type: 'AWS::New::Thing', Properties: {} } } };
  const clients = clientsOf({ url: 'http://127.0.0.1:1', account: zone.account, region: zone.region });
  const properties = await readBack([stack], () => clients);
  expect(properties).toMatchObject([
    { type: 'AWS::New::Thing', outcome: 'differs', seen: expect.stringContaining('no way to read') },
  ]);
  expect(passed({ steps: [], properties } as unknown as RehearsalResult)).toBe(false);
});

it.each([
  ['the same in another order', { a: [1], b: 2 }, { b: 2, a: [1] }, 'as the template says'],
  ['nothing', 'x', undefined, 'ignored by the endpoint'],
  ['off', true, false, 'ignored by the endpoint'],
  ['an empty list', ['x'], [], 'ignored by the endpoint'],
  ['another value', 'x', 'y', 'differs'],
  ['one more statement', { Statement: ['a'] }, { Statement: ['a', 'b'] }, 'differs'],
  ['zero', 5, 0, 'differs'],
])('takes %s for what it is', (_what, wanted, seen, outcome) => {
  expect(outcomeOf(['p', wanted, seen])).toBe(outcome);
});
