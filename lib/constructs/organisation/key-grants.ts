/** The grant broker of one key: the only one that makes grants on it, and that ends them. */
import { createHash } from 'node:crypto';
import { CfnCustomResource, Stack } from 'aws-cdk-lib';
import { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Acknowledgement } from '../../compliance/packs';
import {
  anyAccessPoint,
  BROKER_ALIASES,
  GRANT_BROKER_FUNCTION,
  roleArn,
  STOP_RECORDS,
  stackArn,
} from '../../names';
import { brokerPermissions, grantList, stopRecords } from '../../policy';
import type { LiveShare, Member, Register } from '../../register';
import { GRANT_LIST_FILE, grantListText } from '../../wire';
import type { SecurityAlerts } from '../alerts/security-alerts';
import { LambdaFunction } from '../functions/lambda-function';
import { BY_ZONE } from '../reviewed';
import { addGrantAlarms } from './grant-alarms';
import type { ShareAccessPoint } from './share-access-point';

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

const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
    reason: 'Runs that overlap come to the same grants, and new accounts have little concurrency to reserve.',
    ...BY_ZONE,
  },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    reason: 'Each run starts from the whole list, so a lost run is made good by the next, within the hour.',
    ...BY_ZONE,
  },
];

/**
 * A Lambda that makes the grants of a key equal to one complete list: at each deployment, as the provider of a custom
 * resource, and hourly.
 */
export class KeyGrants extends Construct {
  /** Stands in the template for all grants of the key. */
  readonly resource: CfnCustomResource;

  constructor(scope: Construct, id: string, props: KeyGrantsProps) {
    super(scope, id);
    const { register, organisation, keyArn, shares, alerts } = props;
    const { zone } = register;
    const { account } = organisation;
    const { stackName } = Stack.of(this);
    const [, anyRecord = STOP_RECORDS] = stopRecords(zone, account);
    const broker = new LambdaFunction(this, 'Broker', {
      zone,
      account,
      source: 'key-grants',
      purpose: 'grant-broker',
      roleDescription: `Concordat: makes and ends the grants on the key of ${organisation.id}`,
      description: `Concordat: keeps the grants on the key of ${organisation.id} equal to its list`,
      permissions: brokerPermissions(zone, account, keyArn, stackName),
      wildcards: {
        [anyAccessPoint(zone, account)]:
          'Shares come and go; their access points are named by this pattern, in this account alone.',
        [anyRecord]:
          'Each stop is a record of its own, named by its moment. Nothing else lies in this folder.',
        [`${stackArn(zone, account, stackName)}/*`]:
          'CloudFormation gives the stack an id when it makes it; the name is given in full.',
      },
      file: {
        name: GRANT_LIST_FILE,
        text: grantListText(grantList(register, organisation, shares)),
        description: `Concordat: the grants that the key of ${organisation.id} is to have`,
        digestIn: 'GRANTS_DIGEST',
      },
      environment: {
        KEY_ARN: keyArn,
        BROKER_ROLE_ARN: roleArn(account, 'grant-broker'),
        GRANTS_FILE: `/opt/${GRANT_LIST_FILE}`,
        STACK_ARN: stackArn(zone, account, stackName),
      },
      timeoutSeconds: RUN_SECONDS,
      memoryMegabytes: 512,
      logKeyArn: alerts.keyArn,
      acknowledged: ACKNOWLEDGED,
    });
    for (const name of BROKER_ALIASES) {
      const alias = new CfnAlias(this, name === 'stop' ? 'Stop' : 'Lift', {
        name,
        description: `Concordat: takes orders to ${name} alone`,
        functionName: GRANT_BROKER_FUNCTION,
        // Both are rights, not versions: they always mean what is deployed.
        functionVersion: '$LATEST',
      });
      alias.addResourceDependency(broker.function);
    }
    broker.schedule(
      'Hourly',
      'rate(1 hour)',
      'Concordat: holds the grants against their list, every hour',
      {},
    );
    addGrantAlarms(this, alerts.topicArn, organisation.custody.kind);
    this.resource = new CfnCustomResource(this, 'Grants', {
      serviceToken: broker.function.attrArn,
      serviceTimeout: ANSWER_SECONDS,
    });
    // What makes CloudFormation ask the broker again: another list, or other code.
    this.resource.addPropertyOverride('List', broker.file?.hash);
    this.resource.addPropertyOverride('Code', broker.code.hash);
  }

  /**
   * Runs the broker after these access points, and again whenever a policy of theirs changes: CloudFormation writes such a
   * policy whole, so that it would open what is stopped.
   */
  follow(accessPoints: readonly ShareAccessPoint[]): void {
    const policies = createHash('sha256');
    for (const { accessPoint, policy } of accessPoints) {
      this.resource.addResourceDependency(accessPoint);
      policies.update(JSON.stringify(policy));
    }
    this.resource.addPropertyOverride('AccessPoints', policies.digest('hex'));
  }
}
