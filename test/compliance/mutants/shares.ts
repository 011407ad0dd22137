/** Changes that checks must find: of access by agreements, its days and what may be read. */
import { withRegister } from '../judged-sample';
import { allow, of, statement, whole } from '../template-edits';
import { writing } from './mutant';
import { bucketPolicy, DWP, POINT, pointPolicy } from './sample-parts';

const { mutant, mutants, on, other } = writing();

on('S3-XACCT', DWP);
mutant('an access point is for nobody’s share', (t) => {
  of(t, POINT).Name = '000000000000--leeds';
});
mutant('an access point is missing', (t) => {
  delete t.Resources[Object.keys(t.Resources).find((id) => id.startsWith('Share')) as string];
});
mutant('another organisation reads', (t) => {
  statement(pointPolicy(t), 'Get').Condition.ArnEquals['aws:PrincipalArn'] =
    'arn:aws:iam::100000000023:role/concordat/concordat-collect';
});
mutant('another role of the recipient reads', (t) => {
  statement(pointPolicy(t), 'Get').Condition.ArnEquals['aws:PrincipalArn'] =
    'arn:aws:iam::100000000021:role/somebody';
});
mutant('the whole account of the recipient reads', (t) => {
  delete statement(pointPolicy(t), 'Get').Condition.ArnEquals;
});
mutant('all agreements are read', (t) => {
  statement(pointPolicy(t), 'Get').Resource = statement(pointPolicy(t), 'Get').Resource.replace(
    'benefit-rates',
    '*',
  );
});
mutant('all names are listed', (t) => {
  delete statement(pointPolicy(t), 'List').Condition.StringLike;
});
mutant('the bucket lets a registered account in past access points', (t) =>
  allow(bucketPolicy(t), {
    Principal: { AWS: '100000000021' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::concordat-exchange-100000000011-eu-west-2-an/*',
  }),
);
other(
  'S3-XACCT',
  'an agreement has ended, and its access points stay',
  (a) =>
    withRegister(a, {
      ...a.register,
      agreements: a.register.agreements.filter(({ id }) => id !== 'benefit-rates'),
    }),
  'KMS-READERS',
);

on('S3-XACTIONS', DWP);
mutant('a recipient may write', (t) => statement(pointPolicy(t), 'Get').Action.push('s3:PutObject'));
mutant('a recipient may do everything', (t) => {
  statement(pointPolicy(t), 'Get').Action = '*';
});
on('SHARE-DAYS', DWP);
mutant('access has no end', (t) => {
  delete statement(pointPolicy(t), 'Get').Condition.DateLessThan;
});
mutant('access ends a day late', (t) => {
  statement(pointPolicy(t), 'List').Condition.DateLessThan['aws:CurrentTime'] = '2030-10-01T23:00:00Z';
});
mutant('access begins early', (t) => {
  statement(pointPolicy(t), 'Get').Condition.DateGreaterThanEquals['aws:CurrentTime'] =
    '2020-01-01T00:00:00Z';
});
on('SHARE-LINE', DWP);
mutant('nothing says where it comes from', (t) => {
  delete whole(t, POINT).Metadata;
});
mutant('it says another agreement', (t) => {
  whole(t, POINT).Metadata.Concordat.agreement = 'air-quality-readings';
});
on('GATE-READ', DWP);
mutant('what was not scanned is read', (t) => {
  delete statement(pointPolicy(t), 'Get').Condition.StringEquals;
});
mutant('what has malware is read', (t) => {
  statement(pointPolicy(t), 'Get').Condition.StringEquals['s3:ExistingObjectTag/GuardDutyMalwareScanStatus'] =
    'THREATS_FOUND';
});
mutant('what the gate rejected is read', (t) => {
  statement(pointPolicy(t), 'Get').Condition.StringEquals['s3:ExistingObjectTag/concordat-gate'] = 'rejected';
});
mutant('what the gate has not decided on is read', (t) => {
  delete statement(pointPolicy(t), 'Get').Condition.StringEquals['s3:ExistingObjectTag/concordat-gate'];
});

export const SHARES = mutants;
