/** That two elements that are compiled once are two elements where they differ in anything. */
import fc from 'fast-check';
import { conditionOf } from '../../lib/iam/condition';
import { actionElementOf, resourceElementOf } from '../../lib/iam/element';
import { principalsOf } from '../../lib/iam/principal';
import { SaidOften } from '../../lib/iam/said-often';
import { MAYBE, NO, YES } from '../../lib/iam/truth';

test('a list of two actions is not one action with a line break in it', () => {
  expect(actionElementOf(['s3:GetObject', 's3:PutObject'], false).matches('s3:getobject')).toBe(YES);
  expect(actionElementOf(['s3:GetObject\ns3:PutObject'], false).matches('s3:getobject')).toBe(MAYBE);
  expect(actionElementOf(['s3:GetObject', 's3:PutObject'], true).matches('s3:getobject')).toBe(NO);
});

test('a resource with a variable is read by the version of its policy', () => {
  const pattern = `arn:aws:s3:::bucket/\${aws:PrincipalTag/id}`;
  const context = new Map([['aws:principaltag/id', 'x']]);
  expect(resourceElementOf(pattern, false, true).matches('arn:aws:s3:::bucket/x', context)).toBe(YES);
  expect(resourceElementOf(pattern, false, false).matches('arn:aws:s3:::bucket/x', context)).toBe(NO);
  expect(resourceElementOf(pattern, true, true).matches('arn:aws:s3:::bucket/x', context)).toBe(NO);
});

test('what resources come to has nothing to do with which was asked about before, nor with the policy of whom', () => {
  const name = fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }).map((each) => each.join(''));
  const ends = fc.constantFrom('', '*', '?', `\${aws:PrincipalTag/id}`, `\${*}`);
  const pattern = fc.tuple(name, ends).map(([start, end]) => `arn:aws:s3:::${start}${end}`);
  const asked = fc.tuple(fc.oneof(name, fc.constant('*')), fc.option(name, { nil: undefined }));
  let made = 0;
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 2 }),
      fc.boolean(),
      fc.array(asked, { minLength: 2, maxLength: 8 }),
      (patterns, negated, all) => {
        const answers = all.map(([resource, id]) => {
          const context = new Map(id === undefined ? [] : [['aws:principaltag/id', id]]);
          const answerOf = (list: readonly string[]) =>
            resourceElementOf(list, negated, true).matches(`arn:aws:s3:::${resource}`, context);
          made += 1;
          // Asked for the first time, of an element that is no other’s.
          return [answerOf(patterns), answerOf([...patterns, `arn:aws:sqs:::${made}`])];
        });
        expect(answers.map(([known]) => known)).toEqual(answers.map(([, fresh]) => fresh));
      },
    ),
    { numRuns: 500 },
  );
});

test('a condition is told from one with another operator, key, value or kind of value', () => {
  const holds = (block: unknown) => conditionOf(block, true)[0]?.holds(new Map([['aws:a', 'x']]));
  expect(holds({ StringEquals: { 'aws:a': 'x' } })).toBe(YES);
  expect(holds({ StringEquals: { 'aws:a': ['y'] } })).toBe(NO);
  expect(holds({ StringNotEquals: { 'aws:a': 'x' } })).toBe(NO);
  expect(holds({ StringEquals: { 'aws:b': 'x' } })).toBe(NO);
  expect(conditionOf({ Bool: { 'aws:a': true } }, true)[0]?.values).toEqual(['true']);
});

test('a principal of one kind is not the same name of another', () => {
  const names = (element: unknown) => [...principalsOf(element).names];
  expect(names({ Service: 's3.amazonaws.com' })).toEqual(['Service:s3.amazonaws.com']);
  expect(names({ Federated: 's3.amazonaws.com' })).toEqual(['Federated:s3.amazonaws.com']);
  expect(principalsOf('*').everybody).toBe(true);
  expect(principalsOf(['*']).everybody).toBe(false);
});

test('what is said often is made once, and what follows a great deal is made all the same', () => {
  const known = new SaidOften<number>();
  let made = 0;
  const of = (text: string) =>
    known.of(text, () => {
      made += 1;
      return made;
    });
  expect([of('a'), of('b'), of('a')]).toEqual([1, 2, 1]);
  for (let index = 0; index < 100_000; index++) of(`text ${index}`);
  expect(of('a')).toBeGreaterThan(2);
});
