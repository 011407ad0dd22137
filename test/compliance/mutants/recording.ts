/** Changes that checks must find: of what is recorded. */
import type { Json } from '../judged-sample';
import { of } from '../template-edits';
import { writing } from './mutant';
import { BUCKET } from './sample-parts';

const { mutant, mutants, on } = writing();

const trail = (t: Json) => of(t, 'AWS::CloudTrail::Trail');
on('CT-DATA', 'Trail');
mutant('access points are not recorded', (t) => trail(t).AdvancedEventSelectors.splice(2, 1));
mutant('writes alone are recorded', (t) =>
  trail(t).AdvancedEventSelectors[2].FieldSelectors.push({ Field: 'readOnly', Equals: ['false'] }),
);
on('CT-KMSEV', 'Trail');
mutant('KMS is left out', (t) =>
  trail(t).AdvancedEventSelectors[0].FieldSelectors.push({
    Field: 'eventSource',
    NotEquals: ['kms.amazonaws.com'],
  }),
);
mutant('management events are left out', (t) => trail(t).AdvancedEventSelectors.shift());
on('CT-ORG', 'Trail');
for (const flag of ['IsOrganizationTrail', 'IsMultiRegionTrail', 'IncludeGlobalServiceEvents', 'IsLogging'])
  mutant(`${flag} is off`, (t) => {
    trail(t)[flag] = false;
  });
on('CT-VALID', 'Trail');
mutant('there are no digests', (t) => {
  trail(t).EnableLogFileValidation = false;
});
on('S3-LOG', 'Trail');
mutant(
  'one organisation is recorded',
  (t) => {
    trail(t).AdvancedEventSelectors[1].FieldSelectors[2].StartsWith = [
      'arn:aws:s3:::concordat-exchange-100000000011-',
    ];
  },
  'CT-DATA',
);
on('S3-EVT', 'Zone');
mutant('nobody is told of log files', (t) => {
  delete of(t, BUCKET, 'LogArchive').NotificationConfiguration;
});
mutant('nobody reads the queue', (t) => {
  of(t, 'AWS::Lambda::EventSourceMapping').Enabled = false;
});

export const RECORDING = mutants;
