/** CloudTrail for every account of the AWS organisation. */
import { CfnParameter } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import {
  BROKER_ALIASES,
  bucketNamePrefix,
  GRANT_BROKER_FUNCTION,
  LOG_FILES_KEY_PARAMETER,
  TRAIL_NAME,
  zoneBucketArn,
  zoneBucketName,
  zoneKeyPattern,
} from '../../names';
import type { Zone } from '../../register';
import { BY_ZONE } from '../reviewed';

const NO_CLOUDWATCH_LOGS: readonly Acknowledgement[] = [
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-CloudTrailCloudWatchLogsEnabled',
    reason:
      'Log files are read as they land, from the archive, which is complete and signed. A copy in CloudWatch Logs would drop events over 256 KB and cost more than all the rest.',
    ...BY_ZONE,
  },
];

/**
 * Management events, data events of organisations’ buckets and access points, and calls of their grant brokers, validated by
 * digests, into the zone’s archive. It is made in the management account: a delegated administrator may make it, but
 * CloudFormation then looks for it in the wrong account and fails to start it.
 *
 * The key is the zone’s, and its id is known only when the zone is deployed, so the stack is told its ARN. An alias would
 * not do: of a key in another account, S3 wants the ARN of the key itself.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1932
 */
export class OrganisationTrail extends Construct {
  constructor(scope: Construct, id: string, zone: Zone) {
    super(scope, id);
    const key = new CfnParameter(this, 'LogFilesKey', {
      type: 'String',
      description: 'The ARN of the key of log files, in the account of the zone',
      allowedPattern: zoneKeyPattern(zone),
      constraintDescription: `The ARN of a key in account ${zone.accounts.zone}, not of an alias`,
    });
    key.overrideLogicalId(LOG_FILES_KEY_PARAMETER);
    const trail = new CfnTrail(this, 'Trail', {
      trailName: TRAIL_NAME,
      s3BucketName: zoneBucketName(zone, 'logs'),
      kmsKeyId: key.valueAsString,
      isLogging: true,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      advancedEventSelectors: [
        { name: 'ManagementEvents', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
        {
          name: 'ObjectsOfOrganisations',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
            { field: 'resources.ARN', startsWith: [`arn:aws:s3:::${bucketNamePrefix(zone)}-`] },
          ],
        },
        // Each change of the page has an entry in the ledger. Reading it is nobody’s business.
        ...(zone.mailbox?.served === undefined
          ? []
          : [
              {
                name: 'ChangesOfThePage',
                fieldSelectors: [
                  { field: 'eventCategory', equalTo: ['Data'] },
                  { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
                  { field: 'readOnly', equalTo: ['false'] },
                  { field: 'resources.ARN', startsWith: [`${zoneBucketArn(zone, 'mailbox')}/`] },
                ],
              },
            ]),
        {
          name: 'AccessPoints',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::S3::AccessPoint'] },
          ],
        },
        {
          // Of every account, so by the end of the ARN; whether an alias stands there, AWS leaves open.
          name: 'CallsOfGrantBrokers',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::Lambda::Function'] },
            {
              field: 'resources.ARN',
              endsWith: ['', ...BROKER_ALIASES.map((each) => `:${each}`)].map(
                (alias) => `:function:${GRANT_BROKER_FUNCTION}${alias}`,
              ),
            },
          ],
        },
      ],
    });
    acknowledge(trail, ...NO_CLOUDWATCH_LOGS);
  }
}
