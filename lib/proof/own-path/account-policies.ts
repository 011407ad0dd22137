/** What applies to those who deploy to one account, and what of it would refuse a step of a deployment. */

import {
  type AssemblyStack,
  arnOf,
  type Controls,
  FULL_ACCESS,
  keyArnToBe,
  type Placed,
  placedIn,
  policyIn,
  toldProperties,
} from '../../assembly';
import {
  type CallerInput,
  type ContextValue,
  callerOf,
  compile,
  decide,
  type Environment,
  environmentOf,
  type Policy,
  type Reason,
  reasonsOf,
  requestOf,
} from '../../iam';
import type { Account } from './accounts';
import type { DeploymentStep } from './steps';

const EVERYTHING = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'identity', name: 'whatever its own account lets it do' },
);
/** The guardrail that is attached to the accounts of those who deploy, and to nothing else. */
const DEPLOYERS = 'concordat-deployers';
/** Services that are asked in one place for the whole world. */
const ELSEWHERE = /^(?:budgets|iam):/;

interface Role {
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
  readonly trust: Policy;
  /** Those whom the trust policy names by a condition. */
  readonly trusted: readonly string[];
}

/** Why a step is refused, or cannot be judged. */
export type RefusalReason =
  | Reason
  /** No baseline makes the role that the assembly deploys with. */
  | { readonly kind: 'no role'; readonly arn: string }
  /** No policy lets any role take on the one that deploys. */
  | { readonly kind: 'no deployer'; readonly role: string };

/** The policies of an account, read once and then asked about one step after another. */
export class AccountPolicies {
  readonly #roles = new Map<string, Role>();
  /** Policies of buckets and keys, by ARN. */
  readonly #resources = new Map<string, Policy>();
  readonly #serviceControl: readonly { readonly name: string; readonly policy: Policy }[];
  readonly #resourceControl: readonly Policy[];

  constructor(
    private readonly account: Account,
    controls: Controls,
    private readonly awsOrganizationId: string,
  ) {
    for (const stack of [...account.baselines, ...account.stacks]) this.#read(stack);
    const applies = ({ name }: { readonly name: string }) => {
      const [, custody] = /-custody-(.+)$/.exec(name) ?? [];
      return custody === undefined || account.custody.some((each) => each === custody);
    };
    this.#serviceControl = controls.service.filter(applies);
    this.#resourceControl = controls.resource.map(({ policy }) => policy);
  }

  /** Why a step would be refused, or is not judged; undefined where it is allowed. */
  refuses(step: DeploymentStep): readonly RefusalReason[] | undefined {
    const role = this.#roleOf(step);
    if (role === undefined) return [{ kind: 'no role', arn: this.#arnOf(step) }];
    const callers = this.#callersOf(step);
    if (callers.length === 0) return [{ kind: 'no deployer', role: step.resource }];
    for (const caller of callers) {
      const decision = decide(this.#request(step, caller), this.#environment(step, role));
      if (decision.verdict !== 'allowed') return reasonsOf(decision);
    }
    return undefined;
  }

  #request({ action, resource, context, by }: DeploymentStep, caller: CallerInput) {
    const service = action.slice(0, action.indexOf(':'));
    const keys: Record<string, ContextValue> = {
      'aws:PrincipalOrgID': this.awsOrganizationId,
      'aws:RequestedRegion': ELSEWHERE.test(action) ? 'us-east-1' : this.account.region,
      'aws:SecureTransport': 'true',
      ...(service === 's3' && { 's3:TlsVersion': '1.3' }),
      // CloudFormation hands on who asked it.
      ...(by === 'execute' && { 'aws:CalledVia': ['cloudformation.amazonaws.com'] }),
      ...context,
    };
    const resourceAccount = resource === '*' ? undefined : this.account.id;
    return requestOf({
      caller: callerOf(caller),
      action,
      resource,
      ...(resourceAccount !== undefined && { resourceAccount }),
      context: keys,
    });
  }

  #environment({ by, resource }: DeploymentStep, { identity, boundary, trust }: Role): Environment {
    const policy =
      by === 'deployer' ? trust : this.#resources.get(resource.replace(/^(arn:aws:s3:::[^/]+)\/.*$/, '$1'));
    return environmentOf({
      identity,
      ...(boundary && { boundary }),
      ...(policy && { resource: policy }),
      // Those who deploy are of another account, which some of these are attached to; here they must get by all of them.
      serviceControl: [[FULL_ACCESS, ...this.#serviceControlOf(by)]],
      resourceControl: this.#resourceControl,
    });
  }

  /** What is attached to the accounts of those who deploy is beside what is done in another, in which they only ask. */
  #serviceControlOf(by: DeploymentStep['by']): Policy[] {
    const accounts = [...this.#roles.values()].flatMap(({ trusted }) =>
      trusted.map((arn) => arn.split(':')[4]),
    );
    const isTheirs = by === 'deployer' || accounts.includes(this.account.id);
    return this.#serviceControl
      .filter(({ name }) => isTheirs || name !== DEPLOYERS)
      .map(({ policy }) => policy);
  }

  #roleOf(step: DeploymentStep): Role | undefined {
    if (step.by === 'stack sets') return { identity: [EVERYTHING], trust: EVERYTHING, trusted: [] };
    const role = this.#roles.get(this.#arnOf(step));
    return step.by === 'deployer' && role ? { ...role, identity: [EVERYTHING] } : role;
  }

  /** Whose part the step is; of those who deploy, the role that they take on. */
  #arnOf({ by, resource }: DeploymentStep): string {
    const { bootstrap, id } = this.account;
    switch (by) {
      case 'deployer':
        return resource;
      case 'stack sets':
        return `arn:aws:iam::${id}:role/stacksets-exec-0123456789abcdef0123456789abcdef`;
      default:
        return bootstrap[by];
    }
  }

  #callersOf(step: DeploymentStep): CallerInput[] {
    const arns = step.by === 'deployer' ? (this.#roleOf(step)?.trusted ?? []) : [this.#arnOf(step)];
    return arns.map((arn) => ({ type: 'role', arn, session: 'deployment' }));
  }

  #read(stack: AssemblyStack): void {
    for (const placed of placedIn(stack)) {
      const { id, place, resource } = placed;
      const where = { file: stack.file, id };
      if (resource.Type === 'AWS::KMS::Key') {
        const { KeyPolicy } = toldProperties(placed);
        this.#resources.set(keyArnToBe(stack, id), policyIn(KeyPolicy, 'key', place, where));
      } else if (resource.Type === 'AWS::S3::BucketPolicy') {
        const { Bucket, PolicyDocument } = toldProperties(placed);
        this.#resources.set(
          `arn:aws:s3:::${String(Bucket)}`,
          policyIn(PolicyDocument, 'bucket', place, where),
        );
      } else if (resource.Type === 'AWS::IAM::Role' && this.account.baselines.includes(stack))
        this.#readRole(placed);
    }
  }

  #readRole(placed: Placed): void {
    const { stack, id, place } = placed;
    const properties = toldProperties(placed);
    const arn = arnOf(id, {
      ...stack,
      resources: { [id]: { Type: 'AWS::IAM::Role', Properties: properties } },
    });
    if (arn === undefined) return;
    const where = { file: stack.file, id };
    const trust = properties.AssumeRolePolicyDocument;
    const policies = (properties.Policies ?? []) as readonly { readonly PolicyDocument: unknown }[];
    const boundary = boundaryOf(placed);
    this.#roles.set(arn, {
      trust: policyIn(trust, 'trust', place, where),
      trusted: [...JSON.stringify(trust).matchAll(/arn:aws:iam::\d{12}:role\/[^"]+/g)].map(([each]) => each),
      identity: policies.map(({ PolicyDocument }) => policyIn(PolicyDocument, 'identity', place, where)),
      ...(boundary && { boundary }),
    });
  }
}

/** The boundary of a role, which the same template makes. */
function boundaryOf({ id, stack, properties: { PermissionsBoundary } }: Placed): Policy | undefined {
  if (PermissionsBoundary === undefined) return undefined;
  const named = String(PermissionsBoundary).replace(/^\$\{(\w+)\}$/, '$1');
  const made = placedIn(stack).find((each) => each.id === named);
  return policyIn(
    made && toldProperties(made).PolicyDocument,
    'permissions boundary',
    `${stack.name}/${named}`,
    { file: stack.file, id },
  );
}
