/** Every mutant of one organisation’s part of an assembly, as far as its key is concerned. */
import type { Assembly, AssemblyStack, TemplateResource } from '../../lib/assembly';
import { policyMutants, type Statement } from './statement-mutants';

/** A changed assembly, and how it was changed. */
export interface Mutant {
  readonly how: string;
  readonly source: Assembly;
}

/** A mutant that is made each time it is asked for: of the thousands of one form, one is. */
function mutant(how: string, make: () => Assembly): Mutant {
  return {
    how,
    get source() {
      return make();
    },
  };
}

type Json = Record<string, unknown>;
type Policy = { readonly Statement: readonly Statement[] };

/** Every action that is added to each statement: of the key’s own service, and patterns over it. */
function actionsFor(service: 'kms' | 'sts', all: readonly string[]): string[] {
  return service === 'sts'
    ? ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:*', '*']
    : [...all, 'kms:*', 'kms:De*', 'kms:NotYetInvented', '*'];
}

/** The assembly with one stack in another’s place. */
function withStack(source: Assembly, stack: AssemblyStack): Assembly {
  return { ...source, stacks: source.stacks.map((each) => (each.name === stack.name ? stack : each)) };
}

/** A stack with one resource in another’s place, or added. */
function withResource(stack: AssemblyStack, id: string, resource: TemplateResource): AssemblyStack {
  return { ...stack, resources: { ...stack.resources, [id]: resource } };
}

/** A resource with properties in others’ place. */
function withProperties(resource: TemplateResource, changed: Json): TemplateResource {
  return { ...resource, Properties: { ...resource.Properties, ...changed } };
}

/** Mutants of the key’s policy, in the template or in the file that the organisation is asked to set. */
export function keyPolicyMutants(
  source: Assembly,
  stack: AssemblyStack,
  keyId: string | undefined,
  askedFile: string,
  actions: readonly string[],
): Mutant[] {
  const key = keyId === undefined ? undefined : stack.resources[keyId];
  if (key === undefined || keyId === undefined) {
    const policy = JSON.parse(source.file(askedFile) ?? '') as Policy;
    let asked = '';
    let isRead = true;
    // One for all: what the program reads of other files it keeps for each such function. So one mutant is made after another, and
    // this file is to be read for each.
    const file: Assembly['file'] = (name) => {
      if (name !== askedFile) return source.file(name);
      isRead = true;
      return asked;
    };
    return policyMutants(policy.Statement, actionsFor('kms', actions)).map(({ how, statements }) =>
      mutant(`${askedFile} ${how}`, () => {
        if (!isRead) throw new Error(`nobody has read the mutant of ${askedFile} that was made before`);
        isRead = false;
        asked = JSON.stringify({ ...policy, Statement: statements });
        return { ...source, file };
      }),
    );
  }
  const policy = key.Properties?.KeyPolicy as Policy;
  return policyMutants(policy.Statement, actionsFor('kms', actions)).map(({ how, statements }) =>
    mutant(`${stack.name}/${keyId} ${how}`, () =>
      withStack(
        source,
        withResource(stack, keyId, withProperties(key, { KeyPolicy: { ...policy, Statement: statements } })),
      ),
    ),
  );
}

/** Mutants of who takes on a role, and of what its own policy says. */
export function roleMutants(
  source: Assembly,
  stack: AssemblyStack,
  roleId: string,
  ownPolicy: boolean,
): Mutant[] {
  const role = stack.resources[roleId];
  if (role === undefined) throw new Error(`there is no ${roleId}`);
  const put = (how: string, changed: Json): Mutant =>
    mutant(`${stack.name}/${roleId} ${how}`, () =>
      withStack(source, withResource(stack, roleId, withProperties(role, changed))),
    );
  const trust = role.Properties?.AssumeRolePolicyDocument as Policy;
  const policies = (role.Properties?.Policies ?? []) as readonly { PolicyDocument: Policy }[];
  const [first] = policies;
  return [
    ...policyMutants(trust.Statement, actionsFor('sts', [])).map(({ how, statements }) =>
      put(`trust ${how}`, { AssumeRolePolicyDocument: { ...trust, Statement: statements } }),
    ),
    ...(ownPolicy && first
      ? [
          put('managed policy', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
          ...policyMutants(first.PolicyDocument.Statement, [
            'kms:Decrypt',
            'kms:CreateGrant',
            'kms:PutKeyPolicy',
            'kms:*',
            '*',
          ]).map(({ how, statements }) =>
            put(`policy ${how}`, {
              Policies: [{ ...first, PolicyDocument: { ...first.PolicyDocument, Statement: statements } }],
            }),
          ),
        ]
      : []),
  ];
}

/** Mutants of the list of grants. */
export function grantMutants(source: Assembly, stack: AssemblyStack): Mutant[] {
  const layer = Object.values(stack.resources).find(({ Type }) => Type === 'AWS::Lambda::LayerVersion');
  const s3Key = String((layer?.Properties?.Content as Json | undefined)?.S3Key);
  const text = source.assetFile(stack, s3Key, 'grants.json') ?? '';
  const list = JSON.parse(text) as {
    form: string;
    key: Json & { account: string };
    accounts: readonly string[];
    custody: Json;
    shares: readonly Json[];
  };
  const put = (how: string, changed: Json | string): Mutant => {
    const other = typeof changed === 'string' ? changed : JSON.stringify({ ...list, ...changed });
    return {
      how: `${stack.name} grants: ${how}`,
      source: {
        ...source,
        assetFile: (of, key, file) =>
          of.name === stack.name && key === s3Key ? other : source.assetFile(of, key, file),
      },
    };
  };
  const grant = (account: string, role = 'concordat/concordat-collect') => ({
    share: 'ffffffffffff--stranger',
    agreement: 'stranger',
    grantee: `arn:aws:iam::${account}:role/${role}`,
    from: '2026-12-01T00:00:00Z',
    until: '2027-12-01T00:00:00Z',
    accessPoint: `arn:aws:s3:eu-west-2:${list.key.account}:accesspoint/ffffffffffff--stranger`,
  });
  const added = [
    ...list.accounts.map((account) =>
      put(`one more for ${account}`, { shares: [...list.shares, grant(account)] }),
    ),
    put('one more for a stranger', { shares: [...list.shares, grant('999999999999')] }),
    put('one more for another role', { shares: [...list.shares, grant(list.key.account, 'administrator')] }),
    put('another form', { form: 'concordat-grants/v2' }),
    put('another origin', {
      custody: { origin: list.custody.origin === 'AWS_KMS' ? 'EXTERNAL' : 'AWS_KMS' },
    }),
    put('another bucket', { key: { ...list.key, bucketArn: 'arn:aws:s3:::strangers-bucket' } }),
    put('not JSON', '{'),
  ];
  const each = list.shares.flatMap((share, index) => {
    const swap = (how: string, changed: Json) =>
      put(`${String(share.share)} ${how}`, {
        shares: list.shares.toSpliced(index, 1, { ...share, ...changed }),
      });
    return [
      put(`${String(share.share)} dropped`, { shares: list.shares.toSpliced(index, 1) }),
      swap('for another account', { grantee: 'arn:aws:iam::100000000027:role/concordat/concordat-collect' }),
      swap('for another role', { grantee: String(share.grantee).replace('concordat-collect', 'anybody') }),
      swap('from sooner', { from: '2020-01-01T00:00:00Z' }),
      swap('until later', { until: '2099-01-01T00:00:00Z' }),
      swap('under another agreement', { agreement: 'stranger' }),
    ];
  });
  return [...added, ...each];
}

/** Mutants of the key’s and the bucket’s other settings, and resources that are added. */
export function settingMutants(
  source: Assembly,
  stack: AssemblyStack,
  keyId: string | undefined,
  bucketId: string,
): Mutant[] {
  const mutants: Mutant[] = [];
  const put = (how: string, id: string, resource: TemplateResource) =>
    mutants.push({
      how: `${stack.name}/${id} ${how}`,
      source: withStack(source, withResource(stack, id, resource)),
    });
  const key = keyId === undefined ? undefined : stack.resources[keyId];
  if (key !== undefined && keyId !== undefined) {
    const origin = key.Properties?.Origin === 'EXTERNAL' ? 'AWS_KMS' : 'EXTERNAL';
    for (const [name, value] of Object.entries({
      Origin: origin,
      EnableKeyRotation: key.Properties?.EnableKeyRotation !== true,
      PendingWindowInDays: 7,
      MultiRegion: true,
      KeySpec: 'RSA_4096',
      KeyUsage: 'SIGN_VERIFY',
      Enabled: false,
      BypassPolicyLockoutSafetyCheck: true,
      KeyPolicy: { 'Fn::ImportValue': 'Policy' },
    }))
      put(`${name} ${JSON.stringify(value)}`, keyId, withProperties(key, { [name]: value }));
    for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy'])
      put(`${policy} Delete`, keyId, { ...key, [policy]: 'Delete' } as TemplateResource);
  }
  const bucket = stack.resources[bucketId];
  if (bucket === undefined) throw new Error(`there is no ${bucketId}`);
  const encryption = bucket.Properties?.BucketEncryption as
    | { ServerSideEncryptionConfiguration: Json[] }
    | undefined;
  const [rule] = encryption?.ServerSideEncryptionConfiguration ?? [];
  const encrypted = (how: string, changed: Json) =>
    put(
      how,
      bucketId,
      withProperties(bucket, {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ...rule, ...changed }] },
      }),
    );
  const byDefault = (id: unknown, algorithm = 'aws:kms') => ({
    ServerSideEncryptionByDefault: {
      SSEAlgorithm: algorithm,
      ...(id !== undefined && { KMSMasterKeyID: id }),
    },
  });
  encrypted('without Bucket Key', { BucketKeyEnabled: false });
  encrypted('with S3’s own key', byDefault(undefined, 'AES256'));
  encrypted('with AWS’s own key', byDefault(undefined));
  encrypted('with an alias', byDefault('alias/anything'));
  encrypted(
    'with a stranger’s key',
    byDefault('arn:aws:kms:eu-west-2:999999999999:key/00000000-0000-4000-8000-999999999999'),
  );
  const policy = (action: string) => ({
    PolicyName: 'stranger',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: { Sid: 'Stranger', Effect: 'Allow', Action: action, Resource: '*' },
    },
  });
  const trust = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
  };
  for (const action of ['kms:PutKeyPolicy', 'kms:Decrypt', 'kms:CreateGrant', 'kms:*', '*']) {
    put(`role added with ${action}`, 'Stranger', {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: 'stranger', AssumeRolePolicyDocument: trust, Policies: [policy(action)] },
    });
    put(`user added with ${action}`, 'Stranger', {
      Type: 'AWS::IAM::User',
      Properties: { Policies: [policy(action)] },
    });
    put(`policy added with ${action}`, 'Stranger', {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: policy(action).PolicyDocument },
    });
  }
  put('role added that the policy names', 'Stranger', {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'concordat-release-gate', Path: '/concordat/', AssumeRolePolicyDocument: trust },
  });
  put('copy in another Region added', 'Stranger', { Type: 'AWS::KMS::ReplicaKey', Properties: {} });
  for (const [id, { Type, Properties }] of Object.entries(stack.resources))
    if (Type === 'AWS::Lambda::Function')
      put(`function added beside ${id}`, 'Stranger', {
        Type,
        Properties: {
          ...Properties,
          FunctionName: 'stranger',
          Code: { S3Bucket: 'strangers', S3Key: 'code.zip' },
        },
      });
  return mutants;
}
