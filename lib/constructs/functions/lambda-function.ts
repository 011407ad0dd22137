/** A Lambda function of this project: its bundle, its role, its log, and the schedules that call it. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnFunction, CfnLayerVersion, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import { type FunctionRole, functionName } from '../../names';
import { type IdentityStatement, logStreams, type PolicyDocument, trustedByOwnLambda } from '../../policy';
import type { AccountId, Zone } from '../../register';
import { BY_ZONE } from '../reviewed';
import { boundaryIn, ScopedRole } from '../roles/scoped-role';
import { type AssetFile, type FileAsset, fileAsset } from './file-asset';
import { lambdaBundle } from './lambda-bundle';

/** What the function is, what it may do, and what it is told. */
export interface LambdaFunctionProps {
  readonly zone: Zone;
  readonly account: AccountId;
  /** The folder below `lambda/`. */
  readonly source: string;
  /** What its role is for; it is named alike. */
  readonly purpose: FunctionRole;
  /** ASCII text, for the role. */
  readonly roleDescription: string;
  readonly description: string;
  /** What it may do, but for writing its own log. */
  readonly permissions: PolicyDocument<IdentityStatement>;
  /** Why each resource with a wildcard is as narrow as can be. */
  readonly wildcards: Readonly<Record<string, string>>;
  /** A file that comes with the function, as a layer: it is found at `/opt/<name>`. */
  readonly file?: AssetFile & {
    readonly description: string;
    /** More files beside it, whose digests stand in it. */
    readonly beside?: readonly AssetFile[];
    /** The variable that tells the function the digest of the file’s name and text, so that it takes no other. */
    readonly digestIn?: string;
  };
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Room for files at `/tmp`, from 512 to 10,240; what Lambda gives at no charge, if not given. */
  readonly storageMegabytes?: number;
  /** Whom it calls beside AWS, where it calls anybody. */
  readonly alsoCalls?: string;
  /** Encrypts the log. */
  readonly logKeyArn: string;
  readonly acknowledged: readonly Acknowledgement[];
}

/** Longer than a year, so that a yearly review can look at all of it. */
const LOG_DAYS = 400;

const NO_VPC: Acknowledgement = {
  rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC',
  reason: 'It calls AWS services only, whose public endpoints need no VPC, and it opens no port.',
  ...BY_ZONE,
};
/** Of one that speaks to somebody else. */
const noVpcBut = (other: string): Acknowledgement => ({
  ...NO_VPC,
  reason: `It calls AWS services and ${other}, at public endpoints that need no VPC, and it opens no port.`,
});

/** Code and file are assets of the assembly, so code, file and rollback go together. */
export class LambdaFunction extends Construct {
  readonly function: CfnFunction;
  readonly code: FileAsset;
  /** What came with it, if anything did. */
  readonly file: FileAsset | undefined;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { zone, account, purpose } = props;
    const name = functionName(purpose);
    const { role } = new ScopedRole(this, 'Role', {
      purpose,
      boundary: boundaryIn(account === zone.accounts.zone ? 'zone' : 'member', account),
      description: props.roleDescription,
      trust: trustedByOwnLambda(account),
      permissions: props.permissions,
      wildcards: {
        ...props.wildcards,
        [logStreams(zone, account, name)]: 'Lambda names a log stream for each instance of the function.',
      },
    });
    const logs = new CfnLogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${name}`,
      retentionInDays: LOG_DAYS,
      kmsKeyId: props.logKeyArn,
    });
    logs.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const { file } = props;
    this.file = file && fileAsset(this, file, ...(file.beside ?? []));
    const layer =
      this.file &&
      new CfnLayerVersion(this, 'File', {
        layerName: `${name}-file`,
        description: file?.description,
        content: { s3Bucket: this.file.bucket, s3Key: this.file.key },
      });
    this.code = fileAsset(this, lambdaBundle(props.source));
    this.function = new CfnFunction(this, 'Function', {
      functionName: name,
      description: props.description,
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      code: { s3Bucket: this.code.bucket, s3Key: this.code.key },
      ...(layer && { layers: [layer.ref] }),
      role: role.attrArn,
      memorySize: props.memoryMegabytes,
      timeout: props.timeoutSeconds,
      ...(props.storageMegabytes !== undefined && { ephemeralStorage: { size: props.storageMegabytes } }),
      loggingConfig: { logGroup: logs.ref, logFormat: 'JSON' },
      environment: {
        variables: {
          ...props.environment,
          ...(file?.digestIn && this.file && { [file.digestIn]: this.file.first }),
        },
      },
    });
    const noVpc = props.alsoCalls === undefined ? NO_VPC : noVpcBut(props.alsoCalls);
    acknowledge(this.function, noVpc, ...props.acknowledged);
  }

  /** Calls the function on a schedule, with this event; gives the rule. */
  schedule(id: string, expression: string, description: string, event: object): CfnRule {
    const rule = new CfnRule(this, id, {
      description,
      scheduleExpression: expression,
      targets: [{ id: 'Function', arn: this.function.attrArn, input: JSON.stringify(event) }],
    });
    new CfnPermission(this, `${id}MayCall`, {
      action: 'lambda:InvokeFunction',
      functionName: this.function.ref,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    return rule;
  }
}
