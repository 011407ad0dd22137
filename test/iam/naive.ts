/**
 * The rules read out literally, statement by statement, with no regard to speed: the compiled engine must say the same. It
 * shares no code with it, knows yes and no only, and fails on whatever is not plain.
 */
import { resourcePolicyOf, type Scenario } from './scenario';

type Json = Readonly<Record<string, unknown>>;
type Values = string | readonly string[];
export type NaiveVerdict = 'allowed' | 'explicitly denied' | 'implicitly denied';

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, Values>>;
  readonly names: { readonly self: string; readonly role?: string; readonly account?: string };
  readonly hasBoundary: boolean;
}

export function naiveVerdict(scenario: Scenario): NaiveVerdict {
  const { request, policies } = scenario;
  const { caller } = request;
  const account = 'arn' in caller ? caller.arn.split(':')[4] : undefined;
  const owner = request.resourceAccount ?? request.resource.split(':')[4];
  const isMember = account !== undefined && account !== policies.managementAccount;
  const isServiceLinked = 'arn' in caller && caller.arn.includes(':role/aws-service-role/');
  const isRoot = caller.type === 'root';
  const lower = Object.entries({ ...request.context, ...derived(scenario, account, owner) });
  const context = Object.fromEntries(lower.map(([key, value]) => [key.toLowerCase(), value as Values]));
  const asked = (resource: string): Asked => ({
    action: request.action,
    resource,
    context,
    names: namesOf(caller, account),
    hasBoundary: policies.boundary !== undefined && (caller.type === 'user' || caller.type === 'role'),
  });
  const { session, ...notSession } = policies;
  const own: Scenario['policies'] =
    isRoot || account === undefined ? {} : caller.type === 'role' ? { ...notSession, session } : notSession;
  const boundary = caller.type === 'user' || caller.type === 'role' ? policies.boundary : undefined;
  const scps = isMember && !isServiceLinked ? (policies.serviceControl ?? []) : [];
  const rcps =
    owner === policies.managementAccount || isServiceLinked || request.action === 'kms:RetireGrant'
      ? []
      : (policies.resourceControl ?? []);
  const direct = asked(request.resource);
  const point =
    request.accessPoint === undefined
      ? undefined
      : asked(
          request.resource.includes('/')
            ? `${request.accessPoint}/object/${request.resource.slice(request.resource.indexOf('/') + 1)}`
            : request.accessPoint,
        );
  const first = point ?? direct;
  const [, resourcePolicy] = resourcePolicyOf(scenario) ?? [];
  const [kind] = resourcePolicyOf(scenario) ?? [];
  const mine = [...(own.identity ?? []), boundary, ...(own.session ?? []), ...scps.flat()];

  const denied = [
    ...mine.map((policy) => says(policy, 'Deny', first)),
    ...rcps.map((policy) => says(policy, 'Deny', direct)),
    says(resourcePolicy, 'Deny', direct),
    says(policies.accessPoint, 'Deny', first),
  ];
  if (denied.some((names) => names.length > 0)) return 'explicitly denied';

  if (!scps.every((level) => level.some((policy) => says(policy, 'Allow', first).length > 0)))
    return 'implicitly denied';
  const allowsOwn = (what: Asked): { identity: boolean; limits: boolean } => ({
    identity: isRoot || (own.identity ?? []).some((policy) => says(policy, 'Allow', what).length > 0),
    limits:
      (boundary === undefined || says(boundary, 'Allow', what).length > 0) &&
      (own.session === undefined ||
        own.session.length === 0 ||
        own.session.some((policy) => says(policy, 'Allow', what).length > 0)),
  });
  const sideAllows = (policy: unknown, what: Asked, at: string | undefined, askOwn: boolean): boolean => {
    const names = says(policy, 'Allow', what);
    const { identity, limits } = allowsOwn(what);
    if (account === undefined) return names.includes('self');
    if (account !== at) return names.length > 0 && (!askOwn || (identity && limits));
    if (names.includes('self') || (names.includes('role') && limits)) return true;
    const delegated = kind !== 'key' && kind !== 'trust' ? true : names.includes('account');
    return delegated && identity && limits;
  };
  const allowed =
    point === undefined
      ? sideAllows(resourcePolicy, direct, owner, true)
      : sideAllows(policies.accessPoint, point, request.accessPoint?.split(':')[4], true) &&
        sideAllows(resourcePolicy, direct, owner, false);
  return allowed ? 'allowed' : 'implicitly denied';
}

function namesOf(caller: Scenario['request']['caller'], account: string | undefined): Asked['names'] {
  const ofAccount = account === undefined ? {} : { account };
  switch (caller.type) {
    case 'role': {
      const role = caller.arn.split('/').at(-1);
      const [, partition] = caller.arn.split(':');
      return {
        self: `arn:${partition}:sts::${account}:assumed-role/${role}/${caller.session}`,
        role: caller.arn,
        ...ofAccount,
      };
    }
    case 'service':
      return { self: caller.service };
    case 'federated':
      return { self: caller.provider };
    case 'anonymous':
      return { self: '' };
    default:
      return { self: caller.arn, ...ofAccount };
  }
}

function derived({ request }: Scenario, account: string | undefined, owner: string | undefined): Json {
  const { caller, accessPoint } = request;
  const type = {
    user: 'User',
    role: 'AssumedRole',
    root: 'Account',
    anonymous: 'Anonymous',
    service: '',
    federated: '',
  };
  return {
    ...('arn' in caller && { 'aws:PrincipalArn': caller.arn, 'aws:PrincipalIsAWSService': 'false' }),
    ...(caller.type === 'user' && { 'aws:username': caller.arn.split('/').at(-1) }),
    ...(caller.type === 'service' && {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': caller.service,
    }),
    ...((account ?? (caller.type === 'anonymous' ? 'anonymous' : '')) !== '' && {
      'aws:PrincipalAccount': account ?? 'anonymous',
    }),
    ...(type[caller.type] !== '' && { 'aws:PrincipalType': type[caller.type] }),
    ...(owner && { 'aws:ResourceAccount': owner }),
    ...(owner && request.action.startsWith('s3:') && { 's3:ResourceAccount': owner }),
    ...(account && request.action.startsWith('kms:') && { 'kms:CallerAccount': account }),
    ...(accessPoint && {
      's3:DataAccessPointArn': accessPoint,
      's3:DataAccessPointAccount': accessPoint.split(':')[4],
    }),
  };
}

/** The names by which statements of one effect in the policy speak of the caller. */
function says(policy: unknown, effect: string, asked: Asked): string[] {
  if (policy === undefined) return [];
  const { Statement, Version } = policy as Json;
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as Json[];
  return statements.flatMap((statement) => {
    const {
      Effect,
      Action,
      NotAction,
      Resource,
      NotResource,
      Condition = {},
      Principal,
      NotPrincipal,
    } = statement;
    if (Effect !== effect) return [];
    const matchesAction = (patterns: unknown) =>
      listOf(patterns).some((each) => like(each.toLowerCase(), asked.action.toLowerCase()));
    const matchesResource = (patterns: unknown) =>
      listOf(patterns).some((each) => like(filled(each, asked, Version), asked.resource));
    if (Action === undefined ? matchesAction(NotAction) : !matchesAction(Action)) return [];
    if (
      NotResource !== undefined
        ? matchesResource(NotResource)
        : Resource !== undefined && !matchesResource(Resource)
    )
      return [];
    const holds = Object.entries(Condition as Json).every(([operator, keys]) =>
      Object.entries(keys as Json).every(([key, values]) =>
        conditionHolds(
          operator,
          asked.context[key.toLowerCase()],
          listOf(values).map((each) => filled(each, asked, Version)),
        ),
      ),
    );
    if (!holds) return [];
    const isRoot = asked.names.self.endsWith(':root');
    if (NotPrincipal !== undefined) {
      const spared = spoken(NotPrincipal, asked.names);
      const all = [isRoot ? undefined : (asked.names.role ?? asked.names.self), asked.names.account].every(
        (name) => name === undefined || spared.includes(name),
      );
      return all && !asked.hasBoundary ? [] : ['self'];
    }
    if (Principal === undefined) return ['self'];
    const names = spoken(Principal, asked.names);
    if (names.includes('*')) return ['self'];
    const { self, role, account } = asked.names;
    return [
      ...(names.includes(self) || (isRoot && names.includes(account ?? '')) ? ['self'] : []),
      ...(role !== undefined && names.includes(role) ? ['role'] : []),
      ...(!isRoot && account !== undefined && names.includes(account) ? ['account'] : []),
    ];
  });
}

function spoken(principal: unknown, _names: Asked['names']): string[] {
  if (principal === '*') return ['*'];
  return Object.values(principal as Json)
    .flatMap(listOf)
    .map((each) => /^arn:aws:iam::(\d{12}):root$/.exec(each)?.[1] ?? each);
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Variables are for the second version of the language. Values here hold neither wildcards nor variables. */
function filled(text: string, { context }: Asked, version: unknown): string {
  if (version !== '2012-10-17') return text;
  return text.replace(/\$\{([^},]+)(?:, *'([^']*)')?\}/g, (_, key: string, fallback: string | undefined) => {
    const value = context[key.toLowerCase()] ?? fallback;
    // No text holds it, so it matches nothing.
    return typeof value === 'string' ? value : '\u0000';
  });
}

function like(pattern: string, text: string): boolean {
  const expression = Array.from(pattern, (each) =>
    each === '*' ? '[^]*' : each === '?' ? '[^]' : each.replace(/[\\^$.|+()[\]{}/]/, '\\$&'),
  );
  return new RegExp(`^${expression.join('')}$`, 'u').test(text);
}

function conditionHolds(written: string, actual: Values | undefined, wanted: readonly string[]): boolean {
  const isAbsent = actual === undefined || (Array.isArray(actual) && actual.length === 0);
  if (written === 'Null') return wanted.includes(String(isAbsent));
  const ifExists = written.endsWith('IfExists');
  const [set, operator = ''] = written.includes(':') ? written.split(':') : ['', written];
  const base = operator.replace(/IfExists$/, '');
  const negated = base.includes('Not');
  const positive = base.replace('Not', '');
  if (isAbsent) return ifExists || (set === '' ? negated : set === 'ForAllValues');
  const one = (value: string) => wanted.some((each) => compares(positive, value, each)) !== negated;
  if (set === '') {
    if (typeof actual !== 'string') throw new Error(`${written} on a list`);
    return one(actual);
  }
  const values = listOf(actual).filter((each, _n, all) => each !== '' || all.some((other) => other !== ''));
  return set === 'ForAllValues' ? values.every(one) : values.some(one);
}

function compares(operator: string, actual: string, wanted: string): boolean {
  switch (operator) {
    case 'StringEquals':
      return actual === wanted;
    case 'StringEqualsIgnoreCase':
      return actual.toLowerCase() === wanted.toLowerCase();
    case 'StringLike':
      return like(wanted, actual);
    case 'ArnEquals':
    case 'ArnLike': {
      const six = (arn: string) =>
        /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(arn)?.slice(1) ?? [];
      const parts = six(wanted);
      return parts.length === 6 && parts.every((part, n) => like(part, six(actual)[n] ?? ''));
    }
    case 'Bool':
      return actual === wanted;
    case 'BinaryEquals':
      return Buffer.from(actual, 'base64').equals(Buffer.from(wanted, 'base64'));
    case 'IpAddress': {
      const [base = '', length = '32'] = wanted.split('/');
      const bits = (ip: string) =>
        ip
          .split('.')
          .map((each) => Number(each).toString(2).padStart(8, '0'))
          .join('');
      return (
        actual.includes('.') && bits(actual).slice(0, Number(length)) === bits(base).slice(0, Number(length))
      );
    }
    default:
      return inOrder(operator, actual, wanted);
  }
}

function inOrder(operator: string, actual: string, wanted: string): boolean {
  const read = operator.startsWith('Date') ? (text: string) => new Date(text).getTime() : Number;
  const difference = read(actual) - read(wanted);
  const order = operator.replace(/^(?:Date|Numeric)/, '');
  if (order === 'Equals') return difference === 0;
  if (order === 'LessThan') return difference < 0;
  if (order === 'LessThanEquals') return difference <= 0;
  if (order === 'GreaterThan') return difference > 0;
  if (order === 'GreaterThanEquals') return difference >= 0;
  throw new Error(`the operator ${operator} is not known`);
}
