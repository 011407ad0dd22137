/** Every small change of the conditions of one statement: of operators, keys and values. */
import { listOf, STRANGER, type Statement } from './json-statement';

type Block = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
/** What is left of a block, changed, with the words for the change. */
type Changed = readonly [how: string, statement: Statement];

const DAY = 86_400_000;
const TAG = 'aws:PrincipalTag/trusted';

/** Every change; of a statement without conditions, those that add one. */
export function changedConditions(statement: Statement, neighbour: string): Changed[] {
  const { Condition: given, ...without } = statement;
  const block = (given ?? {}) as Block;
  const put = (how: string, changed: Block): Changed => [how, { ...statement, Condition: changed }];
  const adding = (how: string, operator: string, key: string, value: string) =>
    put(how, { ...block, [operator]: { ...block[operator], [key]: value } });
  return [
    adding('with a further condition', 'StringEquals', TAG, 'yes'),
    adding('for a stranger’s role alone', 'ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${STRANGER}:role/*`),
    ...(Object.keys(block).length === 0 ? [] : [['without conditions', without] as const]),
    ...Object.entries(block).flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, value]) => {
        const rest = withoutKey(block, operator, key);
        const words = (how: string) => `${operator} ${key}: ${how}`;
        const swap = (how: string, op: string, name: string, values: unknown) =>
          put(words(how), { ...rest, [op]: { ...rest[op], [name]: values } });
        return [
          put(words('dropped'), rest),
          swap('of another key', operator, TAG, value),
          ...operatorsBeside(operator)
            .filter((op) => rest[op]?.[key] === undefined)
            .map((op) => swap(`by ${op}`, op, key, value)),
          ...valuesBeside(listOf(value), neighbour).map(([how, values]) => swap(how, operator, key, values)),
        ];
      }),
    ),
  ];
}

function withoutKey(block: Block, operator: string, key: string): Block {
  const { [key]: _, ...keys } = block[operator] ?? {};
  const { [operator]: __, ...operators } = block;
  return Object.keys(keys).length === 0 ? operators : { ...operators, [operator]: keys };
}

/** The opposite, the looser and the stricter of the same family, and one that does not exist. */
function operatorsBeside(operator: string): string[] {
  const [, set = '', name = '', ifExists = ''] = /^(For\w+:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const names = new Set<string>();
  if (/^(?:String|Arn)/.test(name)) {
    names.add(name.includes('Not') ? name.replace('Not', '') : name.replace(/^(String|Arn)/, '$1Not'));
    names.add(name.endsWith('Like') ? name.replace('Like', 'Equals') : name.replace('Equals', 'Like'));
    names.add(name.replace(/^(String|Arn)/, (each) => (each === 'Arn' ? 'String' : 'Arn')));
  } else if (/^(?:Date|Numeric)/.test(name)) {
    names.add(name.endsWith('Equals') ? name.replace(/Equals$/, '') : `${name}Equals`);
    names.add(
      name.includes('Less')
        ? `${name.slice(0, name.indexOf('Less'))}GreaterThanEquals`
        : `${name.slice(0, name.indexOf('Greater'))}LessThan`,
    );
  }
  const others = [...names].map((each) => `${set}${each}${ifExists}`);
  if (name === 'Null') return ['Bool', 'NullIfExists'];
  return [
    ...others,
    `${set}${name}${ifExists === '' ? 'IfExists' : ''}`,
    ...(set === '' ? ['ForAllValues:', 'ForAnyValue:'] : ['', 'ForAllValues:', 'ForAnyValue:'])
      .filter((each) => each !== set)
      .map((each) => `${each}${name}${ifExists}`),
    'Null',
    'StringMatchesMoonPhase',
  ].filter((each) => each !== operator);
}

/** What a stranger has of the sort of an ARN: an access point where it is one; a role where it is any other. */
function strangersOf(arn: string): string {
  const [, , service, region] = arn.split(':');
  return service === 's3' && arn.includes(':accesspoint/')
    ? `arn:aws:s3:${region}:${STRANGER}:accesspoint/concordat-fresh`
    : `arn:aws:iam::${STRANGER}:role/concordat/concordat-collect`;
}

/** Lists of values beside one: each value taken away, altered, widened, and one more. */
function valuesBeside(values: readonly unknown[], neighbour: string): [string, readonly unknown[]][] {
  const [arn] = values.map(String).filter((each) => each.startsWith('arn:'));
  const more = arn
    ? strangersOf(arn)
    : values.some((each) => /^o-/.test(String(each)))
      ? 'o-elsewhere99'
      : STRANGER;
  return [
    ['one more value', [...values, more]],
    ...values.flatMap((value, at): [string, readonly unknown[]][] => {
      const less: [string, readonly unknown[]][] =
        values.length > 1 ? [[`without value ${at + 1}`, values.toSpliced(at, 1)]] : [];
      if (typeof value === 'object') return less;
      const text = String(value);
      return [
        ...less,
        ...textsBeside(text, neighbour)
          .filter((each) => each !== text)
          .map((each): [string, readonly unknown[]] => [
            `${each} for ${text}`,
            values.toSpliced(at, 1, each),
          ]),
      ];
    }),
  ];
}

function textsBeside(text: string, neighbour: string): string[] {
  if (text === 'true' || text === 'false') return [text === 'true' ? 'false' : 'true'];
  if (/^\d{4}-\d\d-\d\dT/.test(text))
    return [-DAY, -1000, 1000, DAY].map(
      (step) => `${new Date(Date.parse(text) + step).toISOString().slice(0, 19)}Z`,
    );
  if (/^\d{1,3}(?:\.\d+)?$/.test(text))
    return [-0.1, 0.1].map((step) => String(Number((Number(text) + step).toFixed(3))));
  return [
    '*',
    `${text}x`,
    `${text.slice(0, -2)}*`,
    text.replace(/\d{12}/, neighbour),
    text.replace(/\d{12}/, '*'),
    text.toUpperCase(),
  ];
}
