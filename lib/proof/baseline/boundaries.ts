/**
 * What the boundaries of the baseline must keep from roles, whatever these are given: from that of CloudFormation, everything
 * but making the landing zone; from those of accounts, everything that they are not there for.
 */
import type { MadeBaseline, RegisterFacts } from '../../assembly';
import { accountOfArn, callerOf, compile, decide, type Policy, requestOf } from '../../iam';
import { leftOpen } from '../rights/left-open';
import { isLike } from '../rights/likeness';
import { instanceOf, requestsOf } from '../rights/requests';
import type { RightFinding } from '../rights/rights';
import { atMost, PURPOSES } from './at-most';
import { assets } from './claims';

const EVERYTHING = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'identity', name: 'whatever the role is given' },
);

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Everything that boundaries leave to roles beyond what they are to. */
export function boundaryFindings(baseline: MadeBaseline, register: RegisterFacts): RightFinding[] {
  const { boundaries, account, place } = baseline;
  const deployment = boundaries.get('concordat-deployment-boundary');
  return [
    ...(deployment === undefined ? [] : ofDeployment(deployment, account, place, register)),
    ...(['member', 'zone'] as const).flatMap((of) => {
      const boundary = boundaries.get(`concordat-${of}-roles-boundary`);
      return boundary === undefined ? [] : ofRoles(boundary, of, account, place, register);
    }),
  ];
}

/** A deployment takes nothing into a stack that was there before, or it would have the right to change it. */
export function importFindings({ roles }: MadeBaseline, { zone }: RegisterFacts): RightFinding[] {
  return roles
    .filter(({ arn }) => arn.includes(':role/cdk-concordat-deploy-role-'))
    .flatMap(({ arn, account, identity, boundary, place }): RightFinding[] => {
      const action = 'cloudformation:CreateChangeSet';
      const resource = `arn:aws:cloudformation:${zone.region}:${account}:stack/Zone/x`;
      const context = { 'cloudformation:importresourcetypes': 'AWS::KMS::Key' };
      const request = requestOf({
        caller: callerOf({ type: 'role', arn, session: 'session' }),
        action,
        resource,
        context,
      });
      const { verdict } = decide(request, { identity, ...(boundary && { boundary }) });
      return verdict === 'implicitly denied' || verdict === 'explicitly denied'
        ? []
        : [{ what: 'beyond its purpose', role: arn, place, action, resource, context }];
    });
}

/** Whether a role would be allowed, were it given everything and capped by this alone. */
function isLeft(boundary: Policy, role: string, account: string, asked: Asked): boolean {
  const request = requestOf({
    caller: callerOf({ type: 'role', arn: role, session: 'session' }),
    action: asked.action,
    resource: asked.resource,
    resourceAccount: accountOfArn(asked.resource) ?? account,
    context: asked.context,
  });
  const { verdict } = decide(request, { identity: [EVERYTHING], boundary, resource: leftOpen(account) });
  return verdict === 'allowed' || verdict === 'not judged';
}

function ofDeployment(
  boundary: Policy,
  account: string,
  place: string,
  register: RegisterFacts,
): RightFinding[] {
  const { region, namePrefix } = register.zone;
  const role = `arn:aws:iam::${account}:role/cdk-concordat-cfn-exec-role-${account}-${region}`;
  const bucket = `arn:aws:s3:::${namePrefix}-exchange-${account}-${region}-an`;
  const own = `arn:aws:iam::${account}:role/concordat/concordat-fresh`;
  const key = `arn:aws:kms:${region}:${account}:key/any`;
  const each = (
    actions: string,
    resources: readonly string[],
    contexts: readonly Asked['context'][] = [{}],
  ): Asked[] =>
    actions
      .trim()
      .split(/\s+/)
      .flatMap((action) =>
        resources.flatMap((resource) => contexts.map((context) => ({ action, resource, context }))),
      );
  const others = [
    `arn:aws:iam::${account}:role/administrator`,
    role,
    `arn:aws:iam::${account}:policy/concordat-member-roles-boundary`,
    `arn:aws:iam::${account}:user/any`,
  ];
  const anyService = 'ec2:RunInstances organizations:LeaveOrganization sts:AssumeRole concordat:Fresh';
  const asks = [
    ...each(anyService, ['*']),
    ...each(
      `iam:AttachRolePolicy iam:CreateRole iam:PutRolePolicy iam:UpdateAssumeRolePolicy iam:PassRole iam:Fresh
      iam:CreatePolicyVersion iam:CreateAccessKey iam:DeleteRole`,
      others,
      [{}, { 'iam:permissionsboundary': `arn:aws:iam::${account}:policy/concordat-member-roles-boundary` }],
    ),
    ...each(
      'iam:AttachRolePolicy iam:CreateRole iam:PutRolePermissionsBoundary iam:PutRolePolicy iam:UpdateAssumeRolePolicy',
      [own],
      [{}, { 'iam:permissionsboundary': `arn:aws:iam::${account}:policy/concordat-fresh-boundary` }],
    ),
    ...each('iam:DeleteRolePermissionsBoundary', [own]),
    ...each(
      `s3:DeleteObject s3:DeleteObjectVersion s3:GetObject s3:GetObjectVersion s3:PutObject s3:PutObjectTagging
      s3:PutObjectVersionTagging`,
      [`${bucket}/agreements/x`, `arn:aws:s3:::any-bucket/x`],
    ),
    ...each(
      `kms:Decrypt kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyPair kms:GenerateDataKeyWithoutPlaintext
      kms:GenerateDataKeyPairWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo`,
      [key],
      [{}, { 'kms:viaservice': `lambda.${region}.amazonaws.com` }],
    ),
  ];
  const isAsset = `${assets(account, register)}/*`;
  return firstOfEach(
    asks
      .filter((asked) => !isLike(asked.resource, isAsset) && isLeft(boundary, role, account, asked))
      .map(
        (asked): RightFinding => ({
          what: 'beyond its purpose',
          role,
          place: `${place} concordat-deployment-boundary`,
          ...asked,
        }),
      ),
  );
}

/** Each role, and one that has no purpose, under the boundary of its kind of account. */
function ofRoles(
  boundary: Policy,
  of: 'member' | 'zone',
  account: string,
  place: string,
  register: RegisterFacts,
): RightFinding[] {
  const asks = boundary.statements
    .filter(({ effect }) => effect !== 'Deny')
    .flatMap((statement) => [...requestsOf(statement)].map((asked) => ({ ...asked, statement })))
    .filter(({ action, resource }) => isOfOneService(action, resource));
  return firstOfEach(
    [...PURPOSES, 'fresh', ...namedIn(boundary)].flatMap((purpose) => {
      const role = `arn:aws:iam::${account}:role/concordat/concordat-${purpose}`;
      const claims = atMost(of, purpose, account, register);
      return asks.flatMap(({ statement, action, resource, context }): RightFinding[] => {
        // Who asks follows from the role itself.
        const { 'aws:principalarn': _, ...rest } = context;
        const isClaimed = claims.some(
          ({ actions, resources, when }) =>
            actions.includes(action) &&
            resources.some((each) => isLike(resource, each)) &&
            Object.entries(when).every(([key, value]) => [value].flat().includes(rest[key] ?? '')),
        );
        if (isClaimed || !isLeft(boundary, role, account, { action, resource, context: rest })) return [];
        return [
          {
            what: 'beyond its purpose',
            role,
            place: `${place} concordat-${of}-roles-boundary`,
            action,
            resource,
            context: rest,
            statement: statement.sid ?? `statement ${statement.index + 1}`,
          },
        ];
      });
    }),
  );
}

/** Purposes of roles that the patterns of a boundary would take: of `concordat-stop*`, one that nobody has. */
function namedIn({ statements }: Policy): string[] {
  const values = statements.flatMap(({ conditions }) =>
    conditions.filter(({ key }) => key === 'aws:principalarn').flatMap((each) => each.values),
  );
  const names = values.flatMap(
    (each) => /:role\/concordat\/concordat-(.+)$/.exec(instanceOf(each))?.[1] ?? [],
  );
  return [...new Set(names)].filter((each) => !PURPOSES.includes(each));
}

/** One statement has actions and things of several services; of two that do not go together there is no request. */
function isOfOneService(action: string, resource: string): boolean {
  const service = action.slice(0, action.indexOf(':'));
  const [, , of] = resource.split(':');
  return (
    service === of || of === 'concordat' || service === 'concordat' || (service === 'sts' && of === 'iam')
  );
}

function firstOfEach(findings: readonly RightFinding[]): RightFinding[] {
  const found = new Map<string, RightFinding>();
  for (const each of findings) {
    const name = `${each.role} ${each.action}`;
    if (!found.has(name)) found.set(name, each);
  }
  return [...found.values()];
}
