/** Changes that checks must find: of that somebody is told. */
import type { Json } from '../judged-sample';
import { of } from '../template-edits';
import { writing } from './mutant';
import { ALARM, DWP } from './sample-parts';

const { mutant, mutants, on } = writing();

const rule = (t: Json) => of(t, 'AWS::Events::Rule', 'SecurityChanges');
on('ALM-SEC', DWP);
mutant('the rule is off', (t) => {
  rule(t).State = 'DISABLED';
});
mutant('it is not told of key policies', (t) => {
  rule(t).EventPattern.detail.eventName = rule(t).EventPattern.detail.eventName.filter(
    (each: string) => each !== 'PutKeyPolicy',
  );
});
mutant('it passes over somebody', (t) =>
  rule(t).EventPattern.detail.userIdentity.sessionContext.sessionIssuer.arn[0]['anything-but'].push(
    'arn:aws:iam::100000000011:role/somebody',
  ),
);
mutant('it passes over users and root', (t) =>
  rule(t).EventPattern.detail.userIdentity.sessionContext.sessionIssuer.arn.pop(),
);
mutant('it sees one Region’s requests only', (t) => {
  rule(t).EventPattern.detail.sourceIPAddress = ['192.0.2.1'];
});
mutant('no alarm goes off', (t) => {
  of(t, ALARM, 'securitychanges').Threshold = 1000;
});
mutant('it is not told of new grants', (t) => {
  rule(t).EventPattern.detail.eventName = rule(t).EventPattern.detail.eventName.filter(
    (each: string) => each !== 'CreateGrant',
  );
});
mutant(
  'the alarm waits for a queue that is idle',
  (t) => {
    Object.assign(of(t, ALARM, 'securitychanges'), {
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [{ Name: 'QueueName', Value: 'concordat-security-changes' }],
    });
  },
  'SQS-DLQ',
);
on('ALM-ORG', DWP);
mutant('somebody else is told', (t) => {
  of(t, 'AWS::SNS::Topic').Subscription[0].Endpoint = 'somebody@elsewhere.example';
});
mutant('somebody else is told as well', (t) =>
  of(t, 'AWS::SNS::Topic').Subscription.push({ Endpoint: 'somebody@elsewhere.example' }),
);
mutant('an alarm tells nobody', (t) => {
  delete of(t, ALARM, 'silent').AlarmActions;
});
on('SQS-DLQ', 'Zone');
mutant('what cannot be read is lost', (t) => {
  delete of(t, 'AWS::SQS::Queue', 'LogArchiveQueue').RedrivePolicy;
});
mutant('nobody is told of what could not be read', (t) => {
  delete t.Resources.Alarmconcordatlogsdeadletters;
});
on('EVB-DLQ', DWP);
mutant('events vanish', (t) => {
  delete t.Resources[Object.keys(t.Resources).find((id) => id.includes('changesunkept')) as string];
});

export const ALERTS = mutants;
