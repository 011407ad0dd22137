/** Changes that checks must find: of that nothing is lost. */
import { documentOf, drop, of, statement, whole } from '../template-edits';
import { writing } from './mutant';
import { BUCKET, DWP, KEY, POLICY, ROLE } from './sample-parts';

const { mutant, mutants, on } = writing();

on('S3-VER', DWP);
mutant('versions are suspended', (t) => {
  of(t, BUCKET).VersioningConfiguration.Status = 'Suspended';
});
on('S3-LOCK', 'Zone');
mutant('the lock is short', (t) => {
  of(t, BUCKET, 'Ledger').ObjectLockConfiguration.Rule.DefaultRetention.Years = 6;
});
mutant('the lock can be lifted', (t) => {
  of(t, BUCKET, 'LogArchive').ObjectLockConfiguration.Rule.DefaultRetention.Mode = 'GOVERNANCE';
});
on('S3-LIFE', DWP);
mutant('old versions go at once', (t) => {
  of(t, BUCKET).LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration.NoncurrentDays = 1;
});
mutant('what is shared goes by its age', (t) => {
  of(t, BUCKET).LifecycleConfiguration.Rules.push({ Status: 'Enabled', ExpirationInDays: 400 });
});
mutant('nothing is let go', (t) => {
  delete of(t, BUCKET).LifecycleConfiguration;
});
on('S3-COPY', DWP);
mutant('objects are copied elsewhere', (t) => {
  of(t, BUCKET).ReplicationConfiguration = { Rules: [] };
});
on('S3-RETAIN', DWP);
mutant('the key goes with the stack', (t) => {
  whole(t, KEY).DeletionPolicy = 'Delete';
});
mutant('the bucket goes when it is replaced', (t) => {
  delete whole(t, BUCKET).UpdateReplacePolicy;
});
on('AUDIT-APPEND', 'Zone');
mutant('the ledger can be deleted', (t) => drop(documentOf(of(t, POLICY, 'Ledger')), 'DenyDeletion'));
mutant('the ledger can be deleted from by most', (t) => {
  statement(documentOf(of(t, POLICY, 'Ledger')), 'DenyDeletion').Condition = {
    ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::100000000002:role/somebody' },
  };
});
mutant('anybody writes log files', (t) => drop(documentOf(of(t, POLICY, 'LogArchive')), 'DenyWritingToAll'));
on('LOG-RET', DWP);
mutant('the log is kept for a week', (t) => {
  of(t, 'AWS::Logs::LogGroup').RetentionInDays = 7;
});
on('DDB-PITR', 'Zone');
mutant('the table cannot be restored', (t) => {
  delete of(t, 'AWS::DynamoDB::Table').PointInTimeRecoverySpecification;
});
on('DDB-DEL', 'Zone');
mutant('the table can be deleted', (t) => {
  of(t, 'AWS::DynamoDB::Table').DeletionProtectionEnabled = false;
});
on('DDB-APPEND', 'Zone');
mutant('the audit removes entries', (t) =>
  statement(documentOf(of(t, ROLE, 'TransferAudit')), 'StageEntries').Action.push('dynamodb:DeleteItem'),
);
mutant('entries expire', (t) => {
  of(t, 'AWS::DynamoDB::Table', 'Staging').TimeToLiveSpecification = { AttributeName: 'x', Enabled: true };
});

export const DURABILITY = mutants;
