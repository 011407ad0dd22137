/** Changes that checks must find: of encryption in transit, and at rest beside buckets. */
import { allow, documentOf, drop, of, statement } from '../template-edits';
import { writing } from './mutant';
import { bucketPolicy, DWP, ROOT } from './sample-parts';

const { mutant, mutants, on } = writing();

on('S3-TLS', DWP);
mutant('plain HTTP is let in', (t) => drop(bucketPolicy(t), 'DenyRequestsWithoutTls'));
mutant('plain HTTP is denied on the bucket, not on objects', (t) =>
  statement(bucketPolicy(t), 'DenyRequestsWithoutTls').Resource.pop(),
);
mutant('plain HTTP is denied to one account', (t) => {
  statement(bucketPolicy(t), 'DenyRequestsWithoutTls').Principal = ROOT;
});
on('S3-TLS12', DWP);
mutant('old TLS is let in', (t) => drop(bucketPolicy(t), 'DenyTlsBelow'));
mutant('TLS 1.1 is let in', (t) => {
  statement(bucketPolicy(t), 'DenyTlsBelow').Condition.NumericLessThan['s3:TlsVersion'] = '1.1';
});
on('SQS-TLS', 'Zone');
mutant('plain HTTP is let in', (t) =>
  drop(documentOf(of(t, 'AWS::SQS::QueuePolicy')), 'DenyRequestsWithoutTls'),
);
on('SNS-SEC', DWP);
mutant('the topic is not encrypted', (t) => {
  delete of(t, 'AWS::SNS::Topic').KmsMasterKeyId;
});
mutant('another account publishes', (t) =>
  allow(documentOf(of(t, 'AWS::SNS::TopicPolicy')), {
    Principal: { AWS: '100000000012' },
    Action: 'sns:Publish',
    Resource: '*',
  }),
);
mutant('plain HTTP is let in', (t) =>
  drop(documentOf(of(t, 'AWS::SNS::TopicPolicy')), 'DenyPublishingWithoutTls'),
);
on('DDB-KMS', 'Zone');
mutant('AWS’s own key encrypts the table', (t) => {
  delete of(t, 'AWS::DynamoDB::Table').SSESpecification.KMSMasterKeyId;
});
on('SQS-SSE', 'Zone');
mutant('the queue is not encrypted', (t) => {
  of(t, 'AWS::SQS::Queue').SqsManagedSseEnabled = false;
});
on('LOG-KMS', DWP);
mutant('the log is not encrypted', (t) => {
  delete of(t, 'AWS::Logs::LogGroup').KmsKeyId;
});
on('CT-KMS', 'Trail');
mutant('log files are not encrypted', (t) => {
  delete of(t, 'AWS::CloudTrail::Trail').KMSKeyId;
});

export const TRANSIT_AND_REST = mutants;
