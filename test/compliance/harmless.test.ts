/** That no check complains of what AWS takes for the same, or of what asks for more than it must. */
import type { JudgedAssembly } from '../../lib/compliance/check';
import { failures, type Json, partOf, wholeSample, withTemplate } from './judged-sample';
import { documentOf, of, statement, whole } from './template-edits';

const DWP = 'Organisation-dwp';
const STRANGER = 'arn:aws:iam::999999999999:root';

let part: JudgedAssembly;
beforeAll(() => {
  part = partOf(wholeSample());
});

const pointPolicy = (t: Json) => documentOf(of(t, 'AWS::S3::AccessPoint'));
const bucketPolicy = (t: Json) => documentOf(of(t, 'AWS::S3::BucketPolicy', 'Exchange'));
const failuresAfter = (edit: (template: Json) => void) => failures(withTemplate(part, DWP, edit));

const timesOf = (t: Json) =>
  pointPolicy(t).Statement.flatMap(({ Condition = {} }: Json) => [
    [Condition.DateGreaterThanEquals, 'aws:CurrentTime'],
    [Condition.DateLessThan, 'aws:CurrentTime'],
  ]) as [Json, string][];

test.each<[string, (template: Json) => void]>([
  [
    'the days of an agreement in seconds since 1970',
    (t) => {
      for (const [times, key] of timesOf(t)) times[key] = String(Date.parse(times[key]) / 1000);
    },
  ],
  [
    'the days of an agreement with an offset',
    (t) => {
      for (const [times, key] of timesOf(t))
        times[key] = new Date(Date.parse(times[key]) + 3_600_000).toISOString().replace('.000Z', '+01:00');
    },
  ],
  [
    'TLS 1.3 asked for',
    (t) => {
      statement(bucketPolicy(t), 'DenyTlsBelow').Condition.NumericLessThan['s3:TlsVersion'] = '1.3';
    },
  ],
  [
    'a stranger denied everything',
    (t) => {
      bucketPolicy(t).Statement.push({
        Sid: 'DenyAStranger',
        Effect: 'Deny',
        Principal: { AWS: STRANGER },
        Action: 's3:*',
        Resource: '*',
      });
    },
  ],
  [
    'a setting that says where a secret is',
    (t) => {
      of(t, 'AWS::Lambda::Function').Environment.Variables.SECRET_ARN =
        'arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3';
    },
  ],
  [
    'a tag of a cost centre',
    (t) => {
      whole(t, 'AWS::S3::Bucket', 'Exchange').Properties.Tags.push({ Key: 'cost-centre', Value: 'CC-4711' });
    },
  ],
])('%s is no finding', (_, edit) => {
  expect(failuresAfter(edit)).toEqual(failures(part));
});

test.each<[string, string, (template: Json) => void]>([
  [
    'SHARE-DAYS',
    'a second too long, in seconds since 1970',
    (t) => {
      for (const { Condition } of pointPolicy(t).Statement)
        if (Condition?.DateLessThan !== undefined)
          Condition.DateLessThan['aws:CurrentTime'] = String(
            Date.parse(Condition.DateLessThan['aws:CurrentTime']) / 1000 + 1,
          );
    },
  ],
  [
    'TPL-EXTERNAL',
    'a stranger spared by a denial',
    (t) => {
      bucketPolicy(t).Statement.push({
        Sid: 'DenyAllBut',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } },
      });
    },
  ],
  [
    'TPL-PERSONAL',
    'a person in a tag of a cost centre',
    (t) => {
      const { Properties } = whole(t, 'AWS::S3::Bucket', 'Exchange');
      Properties.Tags.push({ Key: 'cost-centre', Value: 'j.smith@dwp.example' });
    },
  ],
])('%s still finds %s', (check, _, edit) => {
  expect(failuresAfter(edit).get(check) ?? 0).toBeGreaterThan(failures(part).get(check) ?? 0);
});
