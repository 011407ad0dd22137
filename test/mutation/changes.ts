/**
 * Every small change of the statements of one policy: what is there is taken away, widened or altered, one thing at a time.
 * Nothing here is listed by hand for one policy.
 */
import { changedConditions } from './condition-changes';
import { listOf, STRANGER, type Statement } from './json-statement';

/** What a change is a change of. */
export type ChangeKind = 'statement' | 'effect' | 'action' | 'resource' | 'principal' | 'condition' | 'grant';

/** What one statement becomes: none, one or two. */
type Change = readonly [kind: ChangeKind, how: string, becomes: readonly Statement[]];

/** A changed list of statements. */
export interface Changed {
  readonly kind: ChangeKind;
  readonly how: string;
  readonly statements: readonly Statement[];
}

const STRANGERS_ROLE = `arn:aws:iam::${STRANGER}:role/stranger`;

/** What is added to lists of actions, by service. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  s3: [
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    's3:DeleteObject',
    's3:PutObjectTagging',
    's3:PutBucketPolicy',
    // What no list of the proof’s own names, and what AWS does not have yet.
    's3:GetObjectAnnotation',
    's3:Get*Annotation',
    's3:*',
  ],
  kms: [
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'kms:CreateGrant',
    'kms:RevokeGrant',
    'kms:PutKeyPolicy',
    'kms:*',
  ],
  sts: ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:*'],
  sqs: ['sqs:ReceiveMessage', 'sqs:*'],
  sns: ['sns:Subscribe', 'sns:*'],
};

/**
 * Every change.
 * @param neighbour the account of an organisation that the policy does not speak of
 */
export function changesOf(statements: readonly Statement[], neighbour: string): Changed[] {
  const ofAll = deedsBeside(statements, neighbour);
  return statements.flatMap((statement, index) => {
    const sid = typeof statement.Sid === 'string' ? statement.Sid : `statement ${index + 1}`;
    const same = JSON.stringify([statement]);
    return changesOfOne(statement, neighbour)
      .filter(([, , becomes]) => JSON.stringify(becomes) !== same)
      .map(
        ([kind, how, becomes]): Changed => ({
          kind,
          how: `${sid}: ${how}`,
          statements: statements.toSpliced(index, 1, ...becomes),
        }),
      )
      .concat(index === 0 ? ofAll : []);
  });
}

/** What a role could be given on one thing of the landing zone, by names alone: none of it is a wildcard. */
const DEEDS = [
  ['lambda:UpdateFunctionConfiguration', 'lambda', 'function:concordat-grant-broker'],
  ['lambda:InvokeFunction', 'lambda', 'function:concordat-transfer-audit'],
  ['s3:CreateAccessPoint', 's3', 'accesspoint/ffffffffffff--fresh'],
  ['s3:DeleteAccessPoint', 's3', 'accesspoint/ffffffffffff--fresh'],
  ['cloudformation:ExecuteChangeSet', 'cloudformation', 'stack/Zone/fresh'],
  ['events:RemoveTargets', 'events', 'rule/concordat-security-changes'],
  ['cloudwatch:SetAlarmState', 'cloudwatch', 'alarm:concordat-security-changes'],
  ['ssm:PutParameter', 'ssm', 'parameter/concordat/stops/fresh'],
  ['sqs:PurgeQueue', 'sqs', 'concordat-log-files'],
] as const;

/** Each of them beside the statements of a role. */
function deedsBeside(statements: readonly Statement[], neighbour: string): Changed[] {
  const [first] = statements;
  if (first === undefined || first.Principal !== undefined || first.Effect !== 'Allow') return [];
  const text = JSON.stringify(statements);
  const account = /\b\d{12}\b/.exec(text)?.[0] ?? neighbour;
  return DEEDS.map(([Action, service, rest]) => ({
    kind: 'statement',
    how: `beside them, ${Action} on ${rest}`,
    statements: [
      ...statements,
      { Sid: 'Added', Effect: 'Allow', Action, Resource: `arn:aws:${service}:eu-west-2:${account}:${rest}` },
    ],
  }));
}

function changesOfOne(statement: Statement, neighbour: string): Change[] {
  return [
    ['statement', 'dropped', []],
    ...additions(statement, neighbour),
    ['effect', 'swapped', [{ ...statement, Effect: statement.Effect === 'Allow' ? 'Deny' : 'Allow' }]],
    ['effect', 'unheard of', [{ ...statement, Effect: 'Permit' }]],
    ...actions(statement),
    ...(statement.Resource === undefined ? [] : resources(statement, neighbour)),
    ...(statement.Principal === undefined ? [] : principals(statement, neighbour)),
    ...changedConditions(statement, neighbour).map(([how, changed]): Change => ['condition', how, [changed]]),
  ];
}

/** Statements that come beside one. */
function additions(statement: Statement, neighbour: string): Change[] {
  const { Condition: _, ...without } = statement;
  const open = { ...without, Sid: 'Added', Effect: 'Allow' };
  const services = [...new Set(textsIn(statement.Action).map((each) => each.split(':')[0] ?? ''))];
  const everything = { ...open, Action: services.map((each) => (each === '*' ? '*' : `${each}:*`)) };
  return [
    ['statement', 'beside it, all that its service has', [statement, everything]],
    ['statement', 'beside it, the same denied', [statement, { ...open, Effect: 'Deny' }]],
    ...(services.includes('sts') && statement.Principal !== undefined
      ? ([
          [
            'statement',
            'beside it, for whoever an identity provider vouches for',
            [
              statement,
              {
                ...open,
                Action: 'sts:AssumeRoleWithWebIdentity',
                Principal: { Federated: 'token.actions.githubusercontent.com' },
                Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
              },
            ],
          ],
        ] satisfies Change[])
      : []),
    statement.Principal === undefined
      ? ['statement', 'beside it, the same without conditions', [statement, open]]
      : [
          'statement',
          'beside it, the same for a stranger',
          [statement, { ...open, Principal: { AWS: STRANGERS_ROLE } }],
        ],
    ...(services.includes('kms') && statement.Principal !== undefined
      ? ([
          [
            'statement',
            'beside it, ending grants for a neighbour',
            [statement, { ...open, Action: 'kms:RetireGrant', Principal: { AWS: neighbour } }],
          ],
        ] satisfies Change[])
      : []),
  ];
}

function actions({ Action, ...others }: Statement): Change[] {
  const present = listOf(Action);
  const put = (how: string, changed: readonly unknown[]): Change => [
    'action',
    how,
    [{ ...others, Action: changed }],
  ];
  const services = new Set(textsIn(Action).map((each) => each.split(':')[0] ?? ''));
  const wider = [...services].flatMap((each) => WIDER[each] ?? []);
  return [
    ...[...wider, '*']
      .filter((each) => !present.includes(each))
      .map((each) => put(`also ${each}`, [...present, each])),
    ...present.map((each, at) => put(`without ${String(each)}`, present.toSpliced(at, 1))),
    ...present.flatMap((each, at) => {
      const text = String(each);
      if (/[*?]/.test(text))
        return [put(`${text} narrowed`, present.toSpliced(at, 1, text.replace('*', 'Get*')))];
      const service = text.split(':')[0] ?? '';
      return [
        put(`${text} cut short`, present.toSpliced(at, 1, `${text.slice(0, -2)}*`)),
        put(`another than ${text}`, present.toSpliced(at, 1, `${service}:NotYetInvented`)),
      ];
    }),
    ['action', 'all but these', [{ ...others, NotAction: Action }]],
  ];
}

function resources({ Resource, ...others }: Statement, neighbour: string): Change[] {
  const present = listOf(Resource);
  const put = (how: string, changed: unknown): Change => [
    'resource',
    how,
    [{ ...others, Resource: changed }],
  ];
  return [
    put('every resource', '*'),
    put('a stranger’s resource', `arn:aws:s3:::bucket-of-${STRANGER}/*`),
    ['resource', 'all but these', [{ ...others, NotResource: Resource }]],
    ...present.flatMap((each, at) => {
      const swap = (how: string, text: string) => put(how, present.toSpliced(at, 1, text));
      const less = present.length > 1 ? [put(`without resource ${at + 1}`, present.toSpliced(at, 1))] : [];
      if (typeof each !== 'string' || each === '*') return less;
      return [
        ...less,
        swap(`resource ${at + 1} cut short`, `${each.slice(0, -2)}*`),
        swap(`resource ${at + 1} longer`, `${each}x`),
        swap(`resource ${at + 1} with an end from elsewhere`, `${each}{{resolve:ssm:/concordat/fresh}}`),
        swap(`resource ${at + 1} of any account`, each.replace(/\d{12}/, '*')),
        swap(`resource ${at + 1} of a neighbour`, each.replace(/\d{12}/, neighbour)),
        ...(each.endsWith('/*') ? [swap(`resource ${at + 1} without its wildcard`, each.slice(0, -2))] : []),
      ];
    }),
  ];
}

function principals(statement: Statement, neighbour: string): Change[] {
  const { Principal, ...others } = statement;
  const now = (Principal === '*' ? { AWS: '*' } : Principal) as Readonly<Record<string, unknown>>;
  const put = (how: string, changed: unknown): Change => [
    'principal',
    how,
    [{ ...others, Principal: changed }],
  ];
  const adding = (how: string, type: string, value: string) =>
    put(how, { ...now, [type]: [...(now[type] === undefined ? [] : listOf(now[type])), value] });
  const entries = Object.entries(now).flatMap(([type, given]) =>
    listOf(given).map((entry, at, all) => ({ type, entry, at, all })),
  );
  return [
    adding('also a stranger', 'AWS', STRANGER),
    adding('also a stranger’s role', 'AWS', STRANGERS_ROLE),
    adding('also a neighbour', 'AWS', neighbour),
    adding('also a service', 'Service', 'ec2.amazonaws.com'),
    adding('also an identity provider', 'Federated', `arn:aws:iam::${STRANGER}:saml-provider/Stranger`),
    put('a stranger alone', { AWS: STRANGERS_ROLE }),
    put('a neighbour alone', { AWS: neighbour }),
    put('everybody', '*'),
    ['principal', 'all but these', [{ ...others, NotPrincipal: Principal }]],
    ['principal', 'nobody named', [others]],
    ...entries.flatMap(({ type, entry, at, all }) => [
      put(`without ${type} ${String(entry)}`, { ...now, [type]: all.toSpliced(at, 1) }),
      ...(typeof entry === 'string' && /:root$/.test(entry)
        ? [
            put(`a role for ${entry}`, {
              ...now,
              [type]: all.toSpliced(at, 1, entry.replace(/root$/, 'role/other')),
            }),
          ]
        : []),
    ]),
  ];
}

function textsIn(value: unknown): string[] {
  return listOf(value).filter((each) => typeof each === 'string');
}
