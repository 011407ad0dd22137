/** A trail of one account whose log files go to the recipient’s bucket, encrypted with the recipient’s key. */
import { probeAccessPointArn, probeBucket, probeName } from '../../names';
import type { ProbeSide } from '../../policy';
import type { Sandbox } from '../sandbox';
import { LOG_KEY } from './recipient';
import { type ProbeTemplate, ref, resource, template } from './template';

/** @param side whose trail */
export function trailTemplate(side: ProbeSide, { accounts, region }: Sandbox): ProbeTemplate {
  const shared = `arn:aws:s3:::${probeBucket('shared', region, accounts.owner)}/`;
  const equals = (field: string, ...values: string[]) => ({ Field: field, Equals: values });
  const startsWith = (...values: string[]) => ({ Field: 'resources.ARN', StartsWith: values });
  return template(`a trail of the ${side}, into the recipient’s bucket`, {
    Parameters: { [LOG_KEY]: { Type: 'String' } },
    Resources: {
      Trail: resource('AWS::CloudTrail::Trail', {
        TrailName: probeName(`${side}-trail`),
        S3BucketName: probeBucket('logs', region, accounts.recipient),
        KMSKeyId: ref(LOG_KEY),
        IsLogging: true,
        EnableLogFileValidation: true,
        IsMultiRegionTrail: false,
        IncludeGlobalServiceEvents: false,
        AdvancedEventSelectors: [
          { Name: 'Management events', FieldSelectors: [equals('eventCategory', 'Management')] },
          {
            Name: 'Shared objects',
            FieldSelectors: [
              equals('eventCategory', 'Data'),
              equals('resources.type', 'AWS::S3::Object'),
              startsWith(shared),
            ],
          },
          {
            Name: 'Shared objects by access point',
            FieldSelectors: [
              equals('eventCategory', 'Data'),
              equals('resources.type', 'AWS::S3::AccessPoint'),
              startsWith(probeAccessPointArn(region, accounts.owner)),
            ],
          },
        ],
      }),
    },
  });
}
