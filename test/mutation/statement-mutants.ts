/** Every small way of making one statement of a policy say something else. Nothing here is listed by hand for one policy. */

/** A statement as JSON. */
export type Statement = Readonly<Record<string, unknown>>;

/** A changed list of statements, and how it was changed. */
export interface PolicyMutant {
  readonly how: string;
  readonly statements: readonly Statement[];
}

const STRANGER = '999999999999';
const STRANGERS_ROLE = `arn:aws:iam::${STRANGER}:role/stranger`;
const OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'NumericLessThan',
  'NumericGreaterThanEquals',
  'Bool',
  'Null',
  'StringEqualsIfExists',
  'StringNotEqualsIfExists',
  'ArnLikeIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringEquals',
  'StringMatchesMoonPhase',
];

/** Every mutant of a policy. @param actions each is added to each statement that lacks it */
export function policyMutants(statements: readonly Statement[], actions: readonly string[]): PolicyMutant[] {
  const each = statements.flatMap((statement, index) => {
    const others = (changed: readonly Statement[]) => statements.toSpliced(index, 1, ...changed);
    const sid = String(statement.Sid);
    const own = JSON.stringify(statement);
    return [
      { how: `${sid}: dropped`, statements: others([]) },
      ...statementMutants(statement, actions)
        .filter(([, changed]) => JSON.stringify(changed) !== own)
        .map(([how, changed]) => ({
          how: `${sid}: ${how}`,
          statements: others([changed]),
        })),
      ...additions(statement).map(([how, added]) => ({
        how: `${sid}: ${how}`,
        statements: others([statement, added]),
      })),
    ];
  });
  return each;
}

type Change = readonly [how: string, changed: Statement];

function statementMutants(statement: Statement, actions: readonly string[]): Change[] {
  const { Effect, Action, Resource } = statement;
  const present = list(Action);
  const { Action: _, ...withoutAction } = statement;
  return [
    ['Effect swapped', { ...statement, Effect: Effect === 'Allow' ? 'Deny' : 'Allow' }],
    ['Effect unheard of', { ...statement, Effect: 'Permit' }],
    ['a part unheard of', { ...statement, Unless: { Bool: { 'aws:SecureTransport': 'true' } } }],
    ['NotAction', { ...withoutAction, NotAction: Action }],
    ...actions
      .filter((action) => !present.includes(action))
      .map((action): Change => [`with ${action}`, { ...statement, Action: [...present, action] }]),
    ...present.map(
      (action): Change => [
        `without ${action}`,
        { ...statement, Action: present.filter((each) => each !== action) },
      ],
    ),
    ...(Resource === undefined ? [] : resourceMutants(statement, list(Resource))),
    ...(statement.Principal === undefined ? [] : principalMutants(statement)),
    ...conditionMutants(statement),
  ];
}

function resourceMutants({ Resource, ...others }: Statement, resources: readonly unknown[]): Change[] {
  const other = 'arn:aws:kms:eu-west-2:999999999999:key/00000000-0000-4000-8000-999999999999';
  const everything =
    resources.join() === '*' ? [] : [['every resource', { ...others, Resource: '*' }] as Change];
  return [
    ...everything,
    ['another resource', { ...others, Resource: other }],
    ['a further resource', { ...others, Resource: [...resources, 'arn:aws:kms:*:*:key/*'] }],
    ['NotResource', { ...others, NotResource: other }],
    ['NotResource of the same', { ...others, NotResource: Resource }],
  ];
}

function principalMutants(statement: Statement): Change[] {
  const { Principal, ...others } = statement;
  const now = Principal === '*' ? { AWS: '*' } : (Principal as Record<string, unknown>);
  const withPrincipal = (how: string, value: unknown): Change => [how, { ...others, Principal: value }];
  const adding = (kind: string, value: string) =>
    withPrincipal(`also ${kind} ${value}`, {
      ...now,
      [kind]: [...(now[kind] === undefined ? [] : list(now[kind])), value],
    });
  return [
    adding('AWS', `arn:aws:iam::${STRANGER}:root`),
    adding('AWS', STRANGER),
    adding('AWS', STRANGERS_ROLE),
    adding('Service', 'ec2.amazonaws.com'),
    adding('Federated', 'arn:aws:iam::999999999999:saml-provider/Stranger'),
    adding('CanonicalUser', '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'),
    withPrincipal('for a stranger alone', { AWS: STRANGERS_ROLE }),
    withPrincipal('for a reference alone', { AWS: { 'Fn::ImportValue': 'Somebody' } }),
    ...(Principal === '*' ? [] : [withPrincipal('for everybody', '*')]),
    ...(JSON.stringify(Principal) === '{"AWS":"*"}'
      ? []
      : [withPrincipal('for everybody in AWS', { AWS: '*' })]),
    ['NotPrincipal', { ...others, NotPrincipal: { AWS: STRANGERS_ROLE } }],
    ['no principal', others],
  ];
}

function conditionMutants(statement: Statement): Change[] {
  const block = (statement.Condition ?? {}) as Record<string, Record<string, unknown>>;
  const { Condition: _, ...without } = statement;
  const withBlock = (how: string, changed: Record<string, Record<string, unknown>>): Change => [
    how,
    { ...statement, Condition: changed },
  ];
  const added = [
    withBlock('with a condition', {
      ...block,
      StringEquals: { ...block.StringEquals, 'aws:PrincipalTag/trusted': 'yes' },
    }),
    withBlock('with a stranger as caller', {
      ...block,
      ArnLike: { ...block.ArnLike, 'aws:PrincipalArn': STRANGERS_ROLE },
    }),
  ];
  if (Object.keys(block).length === 0) return added;
  const each = Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, value]) => {
      const { [key]: __, ...otherKeys } = keys;
      const { [operator]: ___, ...otherOperators } = block;
      const rest = Object.keys(otherKeys).length === 0 ? otherOperators : { ...block, [operator]: otherKeys };
      const put = (how: string, op: string, name: string, values: unknown) =>
        withBlock(`${operator} ${key}: ${how}`, { ...rest, [op]: { ...rest[op], [name]: values } });
      return [
        withBlock(`${operator} ${key}: dropped`, rest),
        put('any value', operator, key, '*'),
        put('a stranger’s value', operator, key, STRANGERS_ROLE),
        put('also a stranger’s value', operator, key, [...list(value), STRANGERS_ROLE]),
        put('a value that is a reference', operator, key, { 'Fn::ImportValue': 'Something' }),
        put(
          'wildcards in the value',
          operator,
          key,
          list(value).map((one) => `${String(one).slice(0, -2)}*`),
        ),
        put('another key', operator, 'aws:PrincipalTag/trusted', value),
        ...OPERATORS.filter((op) => op !== operator && rest[op]?.[key] === undefined).map((op) =>
          put(op, op, key, value),
        ),
      ];
    }),
  );
  return [['without conditions', without], ...added, ...each];
}

/** Statements that are added beside one: the same for a stranger, and everything for the account. */
function additions(statement: Statement): Change[] {
  const { Principal, Resource } = statement;
  const { Condition: _, ...without } = statement;
  const open = { ...without, Sid: 'Added', Effect: 'Allow' };
  return Principal === undefined
    ? [
        ['beside it, the same without conditions', open],
        ['beside it, everything', { ...open, Action: ['kms:*'], Resource: Resource ?? '*' }],
      ]
    : [
        ['beside it, the same for a stranger', { ...open, Principal: { AWS: STRANGERS_ROLE } }],
        ['beside it, everything for its principal', { ...open, Action: ['kms:*'], Principal }],
        [
          'beside it, one more that denies nothing',
          { ...statement, Sid: 'Added', Action: ['kms:ListAliases'] },
        ],
      ];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
