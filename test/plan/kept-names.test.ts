/** That what stays in AWS when the register turns something off is told, since its name stands in the way of turning it on again. */
import { resourceFates } from '../../lib/plan/resources';
import { tellResource } from '../../lib/plan/words/keys-and-stacks';
import { dateOf } from '../../lib/register/calendar';
import { markedText } from '../../lib/words';
import { NOTIFY, SERVES } from '../register/letters';
import { type Edit, edited, SAMPLE } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

const stacksOf = (...edits: readonly Edit[]) =>
  synthesised({ files: edited(SAMPLE, ...edits), asOf: dateOf('2026-12-01') }).assembly.stacks;
const off = stacksOf();
const on = stacksOf(...SERVES, NOTIFY);

test('notices and the mailbox’s page leave a log group, a table and a bucket, whose names stay taken', () => {
  const left = resourceFates(on, off).filter(({ kept, name }) => kept && name !== undefined);
  expect(left.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
    'AWS::DynamoDB::Table concordat-notices',
    'AWS::Logs::LogGroup /aws/lambda/concordat-notices',
    'AWS::S3::Bucket concordat-mailbox-100000000002-eu-west-2-an',
  ]);
  for (const each of left)
    expect(tellResource(each).more.map(markedText)).toEqual([
      'The old one stays in AWS, and no stack looks after it.',
      'Its name stays taken: a deployment that makes it again will FAIL unless it is deleted or imported before.',
    ]);
});

test('what is turned on for the first time is not told of', () => {
  expect(resourceFates(off, on)).toEqual([]);
});

test('a log group of a stack that goes is left to what is told of the stack', () => {
  const fates = resourceFates(
    on,
    on.filter(({ name }) => name !== 'Organisation-leeds'),
  );
  expect(fates.map(({ type }) => type).filter((type) => /LogGroup|Queue/.test(type))).toEqual([]);
  expect(fates.map(({ type }) => type)).toContain('AWS::S3::Bucket');
});
