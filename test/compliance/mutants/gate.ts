/** Changes that checks must find: of the release gate and the scan before it. */
import type { Json } from '../judged-sample';
import { drop, of, statement } from '../template-edits';
import { writing } from './mutant';
import { bucketPolicy, DWP } from './sample-parts';

const { mutant, mutants, on } = writing();

on('GATE-LOCK', DWP);
for (const sid of [
  'DenyTaggingByAll',
  'DenyRemovingOrReplicatingTags',
  'WhereMalwareVerdictIsNotClean',
  'ChangingTheMalwareVerdict',
  'ChangingItsDecision',
  'AnythingButADecision',
  'DenyReleasingByAllBut',
  'DenyWritingReportsByAllBut',
])
  mutant(`${sid} is gone`, (t) => drop(bucketPolicy(t), sid));
mutant('the deposit role tags', (t) =>
  statement(bucketPolicy(t), 'DenyTaggingByAll').Condition.ArnNotEquals['aws:PrincipalArn'].push(
    'arn:aws:iam::100000000011:role/concordat/concordat-deposit',
  ),
);
mutant('the deposit role writes reports', (t) => {
  statement(bucketPolicy(t), 'DenyWritingReports').Condition.ArnNotEquals['aws:PrincipalArn'] = [
    'release-gate',
    'deposit',
  ].map((each) => `arn:aws:iam::100000000011:role/concordat/concordat-${each}`);
});
on('GATE-WAKE', DWP);
const RULE = 'AWS::Events::Rule';
const GATE_RULE = 'ReleaseGateRule';
mutant('clean verdicts are not heard of', (t) => {
  of(t, RULE, GATE_RULE).EventPattern.detail.scanResultDetails.scanResultStatus = ['THREATS_FOUND'];
});
mutant('another bucket’s verdicts are heard of', (t) => {
  of(t, RULE, GATE_RULE).EventPattern.detail.s3ObjectDetails.bucketName = ['another'];
});
mutant('only some verdicts are heard of', (t) => {
  of(t, RULE, GATE_RULE).EventPattern.detail.s3Throttled = ['false'];
});
mutant('the rule is off', (t) => {
  of(t, RULE, GATE_RULE).State = 'DISABLED';
});
mutant('the queue of verdicts wakes nobody', (t) => {
  of(t, 'AWS::Lambda::EventSourceMapping', 'ReleaseGate').Enabled = false;
});
mutant('one verdict that fails takes others with it', (t) => {
  delete of(t, 'AWS::Lambda::EventSourceMapping', 'ReleaseGate').FunctionResponseTypes;
});
mutant('nothing has it sweep', (t) => {
  of(t, RULE, 'ReleaseGateSweep').ScheduleExpression = 'rate(30 days)';
});
on('GATE-ALARM', DWP);
for (const name of ['failing', 'silent', 'waiting', 'late', 'dead-letters'])
  mutant(
    `the alarm concordat-gate-${name} tells nobody`,
    (t) => {
      const alarms: Json[] = Object.values<Json>(t.Resources).filter(
        (each: Json) => each.Properties?.AlarmName === `concordat-gate-${name}`,
      );
      for (const each of alarms) each.Properties.AlarmActions = [];
    },
    'ALM-ORG',
    ...(name === 'failing' ? ['LAM-DLQ'] : name === 'dead-letters' ? ['SQS-DLQ'] : []),
  );
on('GATE-PLAN', DWP);
mutant('there is no plan', (t) => {
  delete t.Resources[Object.keys(t.Resources).find((id) => id.startsWith('MalwareProtectionPlan')) as string];
});
mutant('only some is scanned', (t) => {
  of(t, 'AWS::GuardDuty::MalwareProtectionPlan').ProtectedResource.S3Bucket.ObjectPrefixes = [
    'agreements/benefit-rates/',
  ];
});
mutant('verdicts are not written', (t) => {
  of(t, 'AWS::GuardDuty::MalwareProtectionPlan').Actions.Tagging.Status = 'DISABLED';
});

export const GATE = mutants;
