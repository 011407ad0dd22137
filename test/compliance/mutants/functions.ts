/** Changes that checks must find: of functions. */
import { of } from '../template-edits';
import { writing } from './mutant';
import { ALARM, DWP, FUNCTION } from './sample-parts';

const { mutant, mutants, on, other } = writing();

on('LAM-RUNTIME', DWP);
mutant('an old runtime', (t) => {
  of(t, FUNCTION).Runtime = 'nodejs16.x';
});
other(
  'LAM-RUNTIME',
  'the runtime’s day has passed',
  (a) => ({ ...a, asOf: '2028-05-01' }),
  'TPL-EXCEPT',
  'S3-XACCT',
  'KMS-READERS',
  'KMS-THROUGH',
  'SHARE-DAYS',
);
on('LAM-DLQ', DWP);
mutant('failures go unnoticed', (t) => {
  delete t.Resources[Object.keys(t.Resources).find((id) => id.includes('failing')) as string];
});
mutant(
  'the alarm tells nobody',
  (t) => {
    of(t, ALARM, 'failing').AlarmActions = [];
  },
  'ALM-ORG',
);
on('LAM-ENV', DWP);
mutant('a secret by its name', (t) => {
  of(t, FUNCTION).Environment.Variables.API_TOKEN = 'x';
});
mutant('a secret by its look', (t) => {
  of(t, FUNCTION).Environment.Variables.OTHER = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD';
});
mutant('an API key of GOV.UK Notify', (t) => {
  of(t, FUNCTION).Environment.Variables.OTHER =
    'live-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0';
});
mutant('a secret that CloudFormation puts in', (t) => {
  of(t, FUNCTION).Environment.Variables.OTHER =
    '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3}}';
});
mutant('a secret behind an ARN', (t) => {
  of(t, FUNCTION).Environment.Variables.SECRET_ARN =
    'arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3 hunter2';
});
on('LAM-LOG', DWP);
mutant('plain text', (t) => {
  of(t, FUNCTION).LoggingConfig.LogFormat = 'Text';
});
mutant('Lambda’s own log group', (t) => {
  delete of(t, FUNCTION).LoggingConfig.LogGroup;
});
on('LAM-CODE', DWP);
mutant('code from elsewhere', (t) => {
  of(t, FUNCTION).Code.S3Key = `${'0'.repeat(64)}.zip`;
});
mutant('code in the template', (t) => {
  of(t, FUNCTION).Code = { ZipFile: 'exports.handler = () => {}' };
});
mutant('a layer from elsewhere', (t) => {
  of(t, 'AWS::Lambda::LayerVersion').Content.S3Key = 'grants.zip';
});
on('LAM-CONC', 'Zone');
mutant('nothing bounds it', (t) => {
  delete of(t, 'AWS::Lambda::EventSourceMapping').ScalingConfig;
});

export const FUNCTIONS = mutants;
