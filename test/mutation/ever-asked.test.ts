/** That the judge takes a request for one that is never asked only where AWS has no such request. */
import { isAction, isEverAsked } from './ever-asked';

const BUCKET = 'arn:aws:s3:::concordat-config-1-eu-west-2-an';

test.each([
  ['s3:PutObject', BUCKET],
  ['S3:getobjectannotation', BUCKET],
  ['s3:GetBucketAcl', `${BUCKET}/AWSLogs/x`],
  ['s3:PutObject', 'arn:aws:sqs:eu-west-2:1:x'],
  ['kms:Decrypt', 'arn:aws:kms:eu-west-2:1:alias/x'],
])('AWS never asks for %s on %s', (action, resource) => {
  expect(isEverAsked(action, resource)).toBe(false);
});

test.each([
  ['s3:PutObject', `${BUCKET}/AWSLogs/x`],
  ['s3:GetObject', 'arn:aws:s3:eu-west-2:1:accesspoint/x/object/a/b'],
  ['s3:ListBucket', BUCKET],
  // What AWS may come to have, what is about no thing, and what stands for any thing.
  ['s3:FreshObjectAction', BUCKET],
  ['concordat:Fresh', BUCKET],
  ['kms:ListAliases', 'arn:aws:kms:eu-west-2:1:key/x'],
  ['s3:PutObject', 'arn:aws:concordat:::concordat-fresh'],
  ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-2:1:function:x:stop'],
])('AWS may ask for %s on %s', (action, resource) => {
  expect(isEverAsked(action, resource)).toBe(true);
});

test.each([
  ['dynamodb:UpdateTimeToLive', true],
  ['S3:getobject', true],
  ['dynamodb:UpdateTimeToLiFresh', false],
  ['concordat:Fresh', false],
])('whether AWS has %s: %s', (action, isThere) => {
  expect(isAction(action)).toBe(isThere);
});
