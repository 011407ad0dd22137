/** The grant broker of one key: the only one that makes grants on it, and that ends them. */
import { CfnCustomResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnFunction, CfnLayerVersion, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../compliance/acknowledgement';
import { brokerLogStreams, brokerPermissions, trustedByOwnLambda } from '../policy/broker-policies';
import { grantList } from '../policy/grant-list';
import { anyAccessPoint, GRANT_BROKER_FUNCTION, roleArn } from '../policy/names';
import type { Register } from '../register/register';
import type { Member } from '../register/schema/organisation';
import type { LiveShare } from '../register/share';
import { addGrantAlarms } from './grant-alarms';
import { jsonAsset } from './json-asset';
import { lambdaBundle } from './lambda-bundle';
import { ScopedRole } from './scoped-role';
import type { SecurityAlerts } from './security-alerts';

/** Whose key it is, and every share of theirs. */
export interface KeyGrantsProps {
  readonly register: Register;
  readonly organisation: Member;
  readonly keyArn: string;
  readonly shares: readonly LiveShare[];
  readonly alerts: SecurityAlerts;
}

/** How long one run may take in seconds: the longest that Lambda allows, for thousands of grants. */
const RUN_SECONDS = 900;
/** How long CloudFormation waits for the answer, which is sent before the run must end. */
const ANSWER_SECONDS = 960;
const LOG_DAYS = 400;
const REVIEWED = { owner: 'Zone security lead', review: '2028-03-31' } as const;

const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC',
    reason:
      'It calls KMS, S3 and CloudFormation only, whose public endpoints need no VPC, and it opens no port.',
    ...REVIEWED,
  },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
    reason: 'Runs that overlap come to the same grants, and new accounts have little concurrency to reserve.',
    ...REVIEWED,
  },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    reason: 'Each run starts from the whole list, so a lost run is made good by the next, within the hour.',
    ...REVIEWED,
  },
];

/**
 * A Lambda that makes the grants of a key equal to one complete list: at each deployment, as the provider of a custom
 * resource, and hourly. The list is a layer, so code, list and rollback go together.
 */
export class KeyGrants extends Construct {
  /** Stands in the template for all grants of the key. */
  readonly resource: CfnCustomResource;

  constructor(scope: Construct, id: string, props: KeyGrantsProps) {
    super(scope, id);
    const { register, organisation, keyArn, shares, alerts } = props;
    const { zone } = register;
    const { account } = organisation;
    const { role } = new ScopedRole(this, 'Broker', {
      purpose: 'grant-broker',
      description: `Concordat: makes and ends the grants on the key of ${organisation.id}`,
      trust: trustedByOwnLambda(account),
      permissions: brokerPermissions(zone, account, keyArn),
      wildcards: {
        [anyAccessPoint(zone, account)]:
          'Shares come and go; their access points are named by this pattern, in this account alone.',
        [brokerLogStreams(zone, account)]: 'Lambda names a log stream for each instance of the function.',
      },
    });
    const logs = new CfnLogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${GRANT_BROKER_FUNCTION}`,
      retentionInDays: LOG_DAYS,
      kmsKeyId: alerts.keyArn,
    });
    logs.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const list = jsonAsset(this, 'List', 'grants.json', grantList(register, organisation, shares));
    const layer = new CfnLayerVersion(this, 'ListLayer', {
      layerName: `${GRANT_BROKER_FUNCTION}-list`,
      description: `Concordat: the grants that the key of ${organisation.id} is to have`,
      content: { s3Bucket: list.s3BucketName, s3Key: list.s3ObjectKey },
    });
    const code = new Asset(this, 'Code', { path: lambdaBundle('key-grants') });
    const broker = new CfnFunction(this, 'Function', {
      functionName: GRANT_BROKER_FUNCTION,
      description: `Concordat: keeps the grants on the key of ${organisation.id} equal to its list`,
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
      layers: [layer.ref],
      role: role.attrArn,
      memorySize: 512,
      timeout: RUN_SECONDS,
      loggingConfig: { logGroup: logs.ref, logFormat: 'JSON' },
      environment: {
        variables: {
          KEY_ARN: keyArn,
          BROKER_ROLE_ARN: roleArn(account, 'grant-broker'),
          GRANTS_FILE: '/opt/grants.json',
        },
      },
    });
    acknowledge(broker, ...ACKNOWLEDGED);
    this.#hourly(broker);
    addGrantAlarms(this, alerts.topicArn, organisation.custody.kind);
    this.resource = new CfnCustomResource(this, 'Grants', {
      serviceToken: broker.attrArn,
      serviceTimeout: ANSWER_SECONDS,
    });
    // What makes CloudFormation ask the broker again: another list, or other code.
    this.resource.addPropertyOverride('List', list.assetHash);
    this.resource.addPropertyOverride('Code', code.assetHash);
  }

  #hourly(broker: CfnFunction): void {
    const rule = new CfnRule(this, 'Hourly', {
      description: 'Concordat: holds the grants against their list, every hour',
      scheduleExpression: 'rate(1 hour)',
      targets: [{ id: 'Broker', arn: broker.attrArn }],
    });
    new CfnPermission(this, 'HourlyMayCall', {
      action: 'lambda:InvokeFunction',
      functionName: broker.ref,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
  }
}
