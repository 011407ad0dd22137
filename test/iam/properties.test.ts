/** What holds of all policies and requests. */
import fc from 'fast-check';
import { conditionOf } from '../../lib/iam/condition';
import { type ContextValue, contextOf, UNKNOWN } from '../../lib/iam/context';
import { decide } from '../../lib/iam/decide';
import { requestOf } from '../../lib/iam/request';
import { signatureOf, testedBy } from '../../lib/iam/tested';
import { and, MAYBE, NO, not, or, type Truth } from '../../lib/iam/truth';
import { scenario } from './arbitrary';
import { environmentIn, OF_RESOURCE, requestIn, type Scenario } from './scenario';

const RUNS = { numRuns: 600 };
const DENY = { Effect: 'Deny', Action: '*', Resource: '*' };

interface Document {
  readonly Version: string;
  readonly Statement: readonly { readonly Effect: string }[];
}

function verdict(each: Scenario) {
  return decide(requestIn(each), environmentIn(each)).verdict;
}

/** The scenario with one policy replaced, for each policy that it has. */
function* variants(
  each: Scenario,
  change: (document: Document) => Document | undefined,
): Generator<Scenario> {
  const { policies } = each;
  const names = ['boundary', 'accessPoint', ...OF_RESOURCE] as const;
  for (const name of names) {
    const changed = policies[name] === undefined ? undefined : change(policies[name] as Document);
    if (changed !== undefined) yield { ...each, policies: { ...policies, [name]: changed } };
  }
  for (const name of ['identity', 'session', 'resourceControl'] as const) {
    for (const [n, policy] of (policies[name] ?? []).entries()) {
      const changed = change(policy as Document);
      if (changed !== undefined)
        yield { ...each, policies: { ...policies, [name]: policies[name]?.with(n, changed) } };
    }
  }
  for (const [n, level] of (policies.serviceControl ?? []).entries()) {
    for (const [m, policy] of level.entries()) {
      const changed = change(policy as Document);
      if (changed !== undefined)
        yield {
          ...each,
          policies: {
            ...policies,
            serviceControl: policies.serviceControl?.with(n, level.with(m, changed)) ?? [],
          },
        };
    }
  }
}

it('never widens when a Deny is added, in whatever policy', () => {
  fc.assert(
    fc.property(scenario, (each) => {
      if (verdict(each) === 'allowed') return;
      const add = (document: Document) => {
        const hasPrincipal = document.Statement.some(
          (statement) => 'Principal' in statement || 'NotPrincipal' in statement,
        );
        const isTrust = document === each.policies.trust;
        const { Resource, ...rest } = DENY;
        const deny = { ...rest, ...(isTrust ? {} : { Resource }), ...(hasPrincipal && { Principal: '*' }) };
        return { ...document, Statement: [...document.Statement, deny] };
      };
      expect([...variants(each, add)].filter((variant) => verdict(variant) === 'allowed')).toEqual([]);
    }),
    RUNS,
  );
});

it('denies what was allowed once its resource’s policy denies all', () => {
  const deniesAll = { Version: '2012-10-17', Statement: [{ ...DENY, Principal: '*' }] };
  fc.assert(
    fc.property(scenario, (each) => {
      if (each.policies.bucket === undefined) return;
      expect(verdict({ ...each, policies: { ...each.policies, bucket: deniesAll } })).toBe(
        'explicitly denied',
      );
    }),
    RUNS,
  );
});

it('never widens when an Allow is removed', () => {
  fc.assert(
    fc.property(scenario, (each) => {
      if (verdict(each) !== 'implicitly denied') return;
      const remove = (document: Document) => {
        const at = document.Statement.findIndex(({ Effect }) => Effect === 'Allow');
        return at < 0 ? undefined : { ...document, Statement: document.Statement.filter((_, n) => n !== at) };
      };
      expect([...variants(each, remove)].filter((variant) => verdict(variant) === 'allowed')).toEqual([]);
    }),
    RUNS,
  );
});

it('tells no two requests apart that have one signature', () => {
  const verdicts = new Map<string, string>();
  let met = 0;
  fc.assert(
    fc.property(scenario, fc.array(scenario, { minLength: 2, maxLength: 6 }), (one, others) => {
      const environment = environmentIn(one);
      for (const { request } of [one, ...others]) {
        const { caller, context } = request;
        const asked = requestOf({ ...one.request, caller, ...(context && { context }) });
        const signature = `${JSON.stringify(one.policies)} ${signatureOf(asked, environment)}`;
        const decided = decide(asked, environment);
        const reasons = JSON.stringify([decided.verdict, decided.by]);
        if (verdicts.has(signature)) met++;
        expect(verdicts.get(signature) ?? reasons).toBe(reasons);
        verdicts.set(signature, reasons);
      }
    }),
    RUNS,
  );
  expect(met).toBeGreaterThan(100);
});

it('lists every value that a policy tests', () => {
  fc.assert(
    fc.property(scenario, (each) => {
      const environment = environmentIn(each);
      const policies = [
        ...(environment.identity ?? []),
        ...(environment.resource ? [environment.resource] : []),
      ];
      const listed = new Set(testedBy(policies).flatMap(({ values }) => values));
      const tested = policies
        .flatMap(({ statements }) => statements)
        .flatMap(({ conditions }) => conditions)
        .flatMap(({ values }) => values);
      expect(tested.filter((value) => !listed.has(value))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

const operator = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'ArnLike',
  'ArnNotLike',
  'NumericLessThan',
  'NumericNotEquals',
  'DateGreaterThan',
  'DateNotEquals',
  'Bool',
  'IpAddress',
  'NotIpAddress',
);
const WANTED: Readonly<Record<string, string>> = {
  Numeric: '5',
  Date: '2027-01-01',
  Bool: 'true',
  IpAddress: '10.0.0.0/8',
  NotIpAddress: '10.0.0.0/8',
  Arn: 'arn:aws:iam::111111111111:role/*',
};
const VALUES = [
  '5',
  '6',
  '2027-01-01',
  '2028-01-01',
  'true',
  'false',
  '10.0.0.1',
  'arn:aws:iam::111111111111:role/x',
  'text',
  '',
];
const value = fc.oneof(fc.constant(undefined), fc.constantFrom(...VALUES), fc.subarray(VALUES));

function holds(name: string, actual: ContextValue | undefined): Truth {
  const base = name.replace(/^.*:/, '');
  const wanted = Object.entries(WANTED).find(([family]) => base.startsWith(family))?.[1] ?? 'text';
  return conditionOf({ [name]: { key: wanted } }, true)[0]?.holds(contextOf({ key: actual })) ?? MAYBE;
}

const isAbsent = (actual: ContextValue | undefined) =>
  Array.isArray(actual) ? actual.length === 0 : actual === undefined;

describe('the algebra of operators', () => {
  const property = (check: (name: string, actual: ContextValue | undefined) => void) => () =>
    fc.assert(fc.property(operator, value, check), { numRuns: 400 });

  it(
    'IfExists holds where the key is absent, and else is the operator itself',
    property((name, actual) => {
      expect(holds(`${name}IfExists`, actual)).toBe(isAbsent(actual) ? 2 : holds(name, actual));
    }),
  );

  it(
    'a negated operator is the opposite of its positive, with a key or without',
    property((name, actual) => {
      const negation = name.startsWith('Not')
        ? name.slice(3)
        : name.includes('Not')
          ? name.replace('Not', '')
          : undefined;
      if (negation === undefined) return;
      const [negated, positive] = [holds(name, actual), holds(negation, actual)];
      // Of a value of another form, that it is no match is documented, and that it is a negated match is not.
      if (!(negated === MAYBE && positive === NO)) expect(negated).toBe(not(positive));
    }),
  );

  it(
    'ForAllValues holds of each value alone, ForAnyValue of one',
    property((name, actual) => {
      if (!Array.isArray(actual) || actual.includes('')) return;
      const each = actual.map((one) => holds(name, one));
      expect(holds(`ForAllValues:${name}`, actual)).toBe(each.reduce(and, 2));
      expect(holds(`ForAnyValue:${name}`, actual)).toBe(each.reduce(or, 0));
    }),
  );

  it(
    'a value that nobody knows is never judged',
    property((name) => {
      for (const each of [name, `${name}IfExists`, `ForAllValues:${name}`])
        expect(holds(each, UNKNOWN)).toBe(MAYBE);
    }),
  );
});
