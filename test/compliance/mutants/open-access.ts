/** Changes that checks must find: of who is let in from outside. */
import { add, allow, documentOf, of, statement } from '../template-edits';
import { writing } from './mutant';
import { BUCKET, DWP, POINT, POLICY, ROLE } from './sample-parts';

const { mutant, mutants, on } = writing();

on('S3-BPA', DWP);
mutant('a bucket may be public', (t) => {
  of(t, BUCKET).PublicAccessBlockConfiguration.RestrictPublicBuckets = false;
});
mutant('an access point may be public', (t) => {
  delete of(t, POINT).PublicAccessBlockConfiguration;
});
on('S3-NOPUBLIC', 'Zone');
mutant('everybody reads the ledger', (t) => {
  delete statement(documentOf(of(t, POLICY, 'Ledger')), 'OrganisationsReadTheirOwn').Condition.StringEquals;
});
on('S3-ACL', DWP);
mutant('lists count', (t) => {
  of(t, BUCKET).OwnershipControls.Rules[0].ObjectOwnership = 'ObjectWriter';
});
on('S3-DEPUTY', 'Zone');
mutant('any trail writes log files', (t) => {
  delete statement(documentOf(of(t, POLICY, 'LogArchive')), 'TheTrailWrites').Condition.ArnEquals;
});
mutant('any account’s alarms publish', (t) => {
  delete statement(documentOf(of(t, 'AWS::SNS::TopicPolicy')), 'Alarms').Condition;
});
on('S3-DEPUTY', DWP);
mutant('any rule calls the function', (t) => {
  delete of(t, 'AWS::Lambda::Permission').SourceArn;
});
mutant('GuardDuty scans for anybody', (t) => {
  delete of(t, ROLE, 'MalwareProtection').AssumeRolePolicyDocument.Statement[0].Condition;
});
on('LAM-PUBLIC', DWP);
mutant('everybody calls the function', (t) => {
  of(t, 'AWS::Lambda::Permission').Principal = '*';
});
mutant('the function has an open address', (t) => add(t, 'AWS::Lambda::Url', { AuthType: 'NONE' }));
on('SQS-PUBLIC', 'Zone');
mutant('everybody sends messages', (t) =>
  allow(documentOf(of(t, 'AWS::SQS::QueuePolicy')), {
    Principal: '*',
    Action: 'sqs:SendMessage',
    Resource: '*',
  }),
);
on('EVB-POLICY', DWP);
mutant('everybody sends events', (t) =>
  add(t, 'AWS::Events::EventBusPolicy', { StatementId: 'x', Principal: '*' }),
);

export const OPEN_ACCESS = mutants;
