/**
 * Every small change of a JSON value of a template: each member taken away, each value altered, each list emptied and made
 * longer, each group given what nobody knows. By rule; nothing here is listed for one resource.
 */
import { isGroup } from '../../../lib/assembly';
import { STRANGER } from '../json-statement';

/** Steps into a value. */
export type Path = readonly (string | number)[];

/** A changed value: the whole of it, with what was changed and where. */
export interface ChangedValue {
  readonly path: Path;
  readonly how: string;
  readonly value: unknown;
}

/** What a change may bring in, and what is left to others to change. */
export interface Around {
  /** An account that the assembly knows and that this is not about. */
  readonly neighbour: string;
  /** Whether the part at that path is changed elsewhere, or not at all. */
  readonly isLeft: (path: Path) => boolean;
  /** Other resources of the stack that a reference could lead to instead. */
  readonly others: (logicalId: string) => string | undefined;
}

/** Values of AWS’s that mean the opposite, or turn something off. */
const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  ENABLED: ['DISABLED'],
  Enabled: ['Disabled', 'Suspended'],
  COMPLIANCE: ['GOVERNANCE'],
  GreaterThanOrEqualToThreshold: ['LessThanThreshold', 'GreaterThanThreshold'],
  LessThanThreshold: ['GreaterThanOrEqualToThreshold', 'LessThanOrEqualToThreshold'],
  breaching: ['notBreaching', 'ignore', 'missing'],
  notBreaching: ['ignore', 'missing'],
  Sum: ['Average', 'Minimum'],
  Maximum: ['Average', 'Minimum'],
  Minimum: ['Maximum'],
  SampleCount: ['Sum'],
  SERVICE_MANAGED: ['SELF_MANAGED'],
  BucketOwnerEnforced: ['ObjectWriter', 'BucketOwnerPreferred'],
  ORGANIZATION: ['ACCOUNT'],
};
/** What CloudFormation puts in the place of a text. */
const FROM_ELSEWHERE = '{{resolve:ssm:/concordat/fresh}}';
const IMPORTED = { 'Fn::ImportValue': 'ConcordatFresh' };

/** Every change. */
export function changesWithin(value: unknown, around: Around, path: Path = []): ChangedValue[] {
  if (around.isLeft(path)) return [];
  const put = (how: string, changed: unknown): ChangedValue => ({ path, how, value: changed });
  if (Array.isArray(value)) return [...inList(value, around, path, put), ...from(put)];
  if (!isGroup(value)) return ofPlain(value, around, put);
  if (isReference(value)) return [...ofReference(value, around, put), ...from(put)];
  return inGroup(value, around, path, put);
}

type Put = (how: string, changed: unknown) => ChangedValue;

function from(put: Put): ChangedValue[] {
  return [put('from another stack', IMPORTED)];
}

function inGroup(
  value: Readonly<Record<string, unknown>>,
  around: Around,
  path: Path,
  put: Put,
): ChangedValue[] {
  const names = Object.keys(value);
  return [
    ...(path.length === 0 ? [] : [put('emptied', {})]),
    put('with a member that nobody knows', { ...value, ConcordatFresh: 'x' }),
    put('rewritten by an include', {
      ...value,
      'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://concordat-fresh/more.json' } },
    }),
    ...names
      .filter((name) => !around.isLeft([...path, name]))
      .map((name): ChangedValue => {
        const { [name]: _, ...others } = value;
        return { path: [...path, name], how: 'left out', value: others };
      }),
    ...names.flatMap((name) =>
      changesWithin(value[name], around, [...path, name]).map((each) => ({
        ...each,
        value: { ...value, [name]: each.value },
      })),
    ),
  ];
}

function inList(value: readonly unknown[], around: Around, path: Path, put: Put): ChangedValue[] {
  const [first] = value;
  return [
    put('emptied', []),
    put('with one more', [...value, other(first)]),
    ...value.map((_, at) => put(`without member ${at + 1}`, value.toSpliced(at, 1))),
    ...value.flatMap((each, at) =>
      changesWithin(each, around, [...path, at]).map((change) => ({
        ...change,
        value: value.toSpliced(at, 1, change.value),
      })),
    ),
  ];
}

/** Another of the same kind. */
function other(value: unknown): unknown {
  if (typeof value === 'string') return `${value}-concordat-fresh`;
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return value.map(other);
  if (!isGroup(value)) return 'concordat-fresh';
  if (isReference(value)) return 'concordat-fresh';
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, other(each)]));
}

function ofPlain(value: unknown, { neighbour }: Around, put: Put): ChangedValue[] {
  if (typeof value === 'boolean') return [put(String(!value), !value), put('from elsewhere', FROM_ELSEWHERE)];
  if (typeof value === 'number')
    return [0, 1, Math.floor(value / 10), value - 1, value * 100]
      .filter((each, at, all) => each !== value && all.indexOf(each) === at)
      .map((each) => put(String(each), each));
  if (typeof value !== 'string') return [];
  const texts = [
    ...(OPPOSITES[value] ?? []),
    `${value}-concordat-fresh`,
    value.replace(/\d{12}/, neighbour),
    value.replace(/\d{12}/, STRANGER),
    value.replace(/^(rate|cron)\(.*\)$/, 'rate(365 days)'),
  ];
  return [
    ...texts
      .filter((each, at) => each !== value && texts.indexOf(each) === at)
      .map((each) => put(each, each)),
    put('from elsewhere', FROM_ELSEWHERE),
    put('from another stack', IMPORTED),
  ];
}

/** A function of CloudFormation. */
function isReference(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isGroup(value)) return false;
  const [name = '', ...more] = Object.keys(value);
  return more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
}

function ofReference(value: Readonly<Record<string, unknown>>, { others }: Around, put: Put): ChangedValue[] {
  const to = (id: unknown) => (typeof id === 'string' ? others(id) : undefined);
  const { Ref, 'Fn::GetAtt': attribute } = value;
  const byRef = to(Ref);
  const [of, name] = Array.isArray(attribute) ? (attribute as unknown[]) : [];
  const byAttribute = to(of);
  return [
    put('a text', 'concordat-fresh'),
    ...(byRef === undefined ? [] : [put(`a reference to ${byRef}`, { Ref: byRef })]),
    ...(byAttribute === undefined
      ? []
      : [put(`an attribute of ${byAttribute}`, { 'Fn::GetAtt': [byAttribute, name] })]),
    ...(typeof of === 'string'
      ? [put('text that only looks like a reference', `\${${of}.${String(name)}}`)]
      : []),
  ];
}
