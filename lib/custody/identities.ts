/** The roles and users of an account that have to do with its key: who takes them on, and what their own policies say. */
import {
  type AssemblyStack,
  arnOf,
  arnToBe,
  isUnresolved,
  resolved,
  type TemplateResource,
  textOf,
} from '../assembly';
import { NO, resourceElementOf } from '../iam';
import { type Permission, permissionsOf } from './permissions';
import { callerOf, type Who } from './who';

/** A role, user or group that a template makes, or that a key’s policy names and no template makes. */
export interface Identity {
  readonly arn: string;
  readonly who: Who;
  /** The stack and logical id that make it; absent where no template of the assembly does. */
  readonly madeBy?: string;
  /** The policy that says who takes it on; of roles only. */
  readonly takenOnBy: readonly Permission[];
  /** What its own policies say of KMS actions that may reach this key. */
  readonly onTheKey: readonly Permission[];
  /** What its own policies say besides. */
  readonly besides: readonly Permission[];
  /** The Lambda functions that run as it, with the name of their code in S3, or what stands for it as JSON. */
  readonly runs: readonly { readonly name: string; readonly code: string }[];
  /** Managed policies that it carries, as JSON: what they say cannot be read here. */
  readonly unread: readonly string[];
}

/** Policies of these types say what a role, user or group may do. */
const IDENTITY_TYPES: Readonly<
  Record<string, { readonly type: (Who & { kind: 'unnamed' })['type']; readonly name: string }>
> = {
  'AWS::IAM::Role': { type: 'role', name: 'RoleName' },
  'AWS::IAM::User': { type: 'user', name: 'UserName' },
  'AWS::IAM::Group': { type: 'group', name: 'GroupName' },
};
const ATTACHED_TYPES = new Set([
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
]);

/** Where a key is, so that policies which may reach it can be told. */
export interface KeyPlace {
  readonly account: string;
  readonly region: string;
  /** Its ARN, or what stands for it in its template. */
  readonly arn: string;
  /** The stack that makes it; absent where the organisation brought it. */
  readonly stack?: string;
}

/**
 * Every identity of the key’s account, in whichever stack, whose own policies name KMS actions that may reach the key, and
 * every one that the key’s policy names.
 */
export function identitiesFor(
  key: KeyPlace,
  named: readonly string[],
  stacks: readonly AssemblyStack[],
): readonly Identity[] {
  const found = stacks
    .filter(({ account }) => account === key.account)
    .flatMap((stack) =>
      Object.entries(stack.resources).flatMap(([logicalId, resource]) =>
        IDENTITY_TYPES[resource.Type] !== undefined || ATTACHED_TYPES.has(resource.Type)
          ? [identityOf(logicalId, resource, stack, key)]
          : [],
      ),
    );
  const concerned = found.filter(({ arn, onTheKey, unread }) => {
    return onTheKey.length > 0 || unread.length > 0 || named.includes(arn);
  });
  const absent = named.filter((arn) => !concerned.some((each) => each.arn === arn));
  return [...concerned, ...absent.map((arn) => notMadeHere(arn))];
}

/** A role that a stack makes, with what its own policies say of the key. @param logicalId of the role in that stack */
export function identityIn(logicalId: string, stack: AssemblyStack, key: KeyPlace): Identity | undefined {
  const resource = stack.resources[logicalId];
  return resource && identityOf(logicalId, resource, stack, key);
}

/** A role as a template makes it. */
export interface MadeRole {
  readonly stack: AssemblyStack;
  readonly resource: TemplateResource;
}

/** Every role of the assembly by its ARN, as far as templates name them. */
export function rolesByArn(stacks: readonly AssemblyStack[]): ReadonlyMap<string, MadeRole> {
  return new Map(
    stacks.flatMap((stack) =>
      Object.entries(stack.resources).flatMap(([logicalId, resource]) => {
        const arn = resource.Type === 'AWS::IAM::Role' ? arnOf(logicalId, stack) : undefined;
        return arn === undefined ? [] : [[arn, { stack, resource }] as const];
      }),
    ),
  );
}

const trusts = new WeakMap<AssemblyStack, Map<TemplateResource, readonly Permission[]>>();

/** Who may take on a role. Read once for each role, though a collect role has as many grants as it reads shares. */
export function trustOf(role: TemplateResource, stack: AssemblyStack): readonly Permission[] {
  const known = trusts.get(stack) ?? new Map<TemplateResource, readonly Permission[]>();
  trusts.set(stack, known);
  const context = { kind: 'trust', stack, account: stack.account } as const;
  const found = known.get(role) ?? permissionsOf(role.Properties?.AssumeRolePolicyDocument, context);
  known.set(role, found);
  return found;
}

function identityOf(
  logicalId: string,
  resource: TemplateResource,
  stack: AssemblyStack,
  key: KeyPlace,
): Identity {
  const { Type, Properties = {} } = resource;
  const attached = ATTACHED_TYPES.has(Type);
  const made = IDENTITY_TYPES[Type];
  const arn = arnOf(logicalId, stack) ?? arnToBe(logicalId);
  const holder: Who = attached
    ? { kind: 'attached', policy: logicalId }
    : arn.startsWith('arn:')
      ? callerOf(arn)
      : {
          kind: 'unnamed',
          type: made?.type ?? 'role',
          called: (made && textOf(resource, made.name)) ?? logicalId,
        };
  const documents = attached
    ? [Properties.PolicyDocument]
    : policiesOf(Properties.Policies).map((each) => each.PolicyDocument);
  const own = documents.flatMap((document) =>
    permissionsOf(document, { kind: 'identity', stack, account: stack.account, holder }),
  );
  const onTheKey = own.filter((each) => mayReach(each, key, stack));
  return {
    arn,
    who: holder,
    madeBy: `${stack.name}/${logicalId}`,
    takenOnBy: Type === 'AWS::IAM::Role' ? trustOf(resource, stack) : [],
    onTheKey,
    besides: own.filter((each) => !onTheKey.includes(each)),
    runs: functionsAs(logicalId, arn, stack),
    unread: unreadAttachments(Properties, stack),
  };
}

/** What stands for a name or an ARN that CloudFormation will give: `${LogicalId}`, `${LogicalId.Arn}`. */
const TO_BE = /^\$\{[A-Za-z0-9]+(?:\.[A-Za-z0-9.]+)?\}/;

/**
 * Whether a statement of a role’s own policy names KMS actions on what may be the key. What is not understood may be. What
 * stands for an ARN that AWS will choose fits only itself.
 */
function mayReach({ powers, except, resources }: Permission, key: KeyPlace, stack: AssemblyStack): boolean {
  if (Object.keys(powers).length === 0 && !except) return false;
  if (resources.length === 0) return true;
  return resources.some((each) => {
    if (isUnresolved(each)) return true;
    if (each === key.arn) return key.stack === undefined || key.stack === stack.name;
    if (TO_BE.test(each)) return false;
    return resourceElementOf(each, false, false).matches(concrete(key), new Map()) !== NO;
  });
}

/** An ARN of the same account and Region where the key’s own is not known yet. */
function concrete({ arn, account, region }: KeyPlace): string {
  return arn.startsWith('arn:')
    ? arn
    : `arn:aws:kms:${region}:${account}:key/00000000-0000-4000-8000-000000000000`;
}

function policiesOf(value: unknown): readonly { readonly PolicyDocument?: unknown }[] {
  return Array.isArray(value) ? (value as { PolicyDocument?: unknown }[]) : value === undefined ? [] : [{}];
}

/** What is attached to an identity and cannot be read here. */
function unreadAttachments(properties: Readonly<Record<string, unknown>>, stack: AssemblyStack): string[] {
  const managed = resolved(properties.ManagedPolicyArns, stack);
  return (Array.isArray(managed) ? managed : managed === undefined ? [] : [managed]).map((each) =>
    JSON.stringify(each),
  );
}

function functionsAs(logicalId: string, arn: string, stack: AssemblyStack): Identity['runs'] {
  return functionsIn(stack).flatMap(({ role, ...runs }) =>
    role === arn || role === arnToBe(logicalId) ? [runs] : [],
  );
}

const functions = new WeakMap<AssemblyStack, (Identity['runs'][number] & { readonly role: unknown })[]>();

/** The functions of a stack, each with what its template says of its role. Looked for once, and not for each role. */
function functionsIn(stack: AssemblyStack) {
  const found =
    functions.get(stack) ??
    Object.entries(stack.resources).flatMap(([id, resource]) => {
      if (resource.Type !== 'AWS::Lambda::Function') return [];
      const role = resolved(resource.Properties?.Role, stack);
      const code = resolved(resource.Properties?.Code, stack) as { S3Key?: string } | undefined;
      const name = textOf(resource, 'FunctionName') ?? id;
      return [{ role, name, code: code?.S3Key ?? JSON.stringify(code) }];
    });
  functions.set(stack, found);
  return found;
}

function notMadeHere(arn: string): Identity {
  return {
    arn,
    who: callerOf(arn),
    takenOnBy: [],
    onTheKey: [],
    besides: [],
    runs: [],
    unread: [],
  };
}
