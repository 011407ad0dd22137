/** That every check can fail, and finds what it is for; that every judgement points at what is there. */
import type { JudgedAssembly } from '../../lib/compliance/check';
import { CHECKS, judgeAll } from '../../lib/compliance/checks';
import { NOT_CHECKED } from './checks-page';
import { failures, partOf, wholeSample, withTemplate } from './judged-sample';
import { MUTANTS } from './mutants';
import { PAGE_MUTANTS, withPage } from './page-mutants';
import { whole } from './template-edits';

const ALL = [...MUTANTS, ...PAGE_MUTANTS];

let sample: JudgedAssembly;
let part: JudgedAssembly;
let before: Map<string, number>;
beforeAll(() => {
  sample = wholeSample();
  part = partOf(sample);
  before = failures(part);
});

/** A value at a pointer (RFC 6901); undefined where it does not resolve. */
function valueAt(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((here, step) => (here as Record<string, unknown> | undefined)?.[step], root);
}

it('has checks with different ids, each with something to say to an assessor', () => {
  const ids = [...CHECKS, ...NOT_CHECKED].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, title, why, doesNotProve, remediation, reads, goals } of CHECKS)
    for (const text of [title, why, doesNotProve, remediation, ...reads, ...goals])
      expect([id, text.trim().length > 3]).toEqual([id, true]);
});

it('has a mutant for every check', () => {
  const found = new Set(ALL.map(({ check }) => check));
  expect(CHECKS.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
});

describe('the sample', () => {
  it('fails nothing but what is acknowledged: the operator’s own buckets have no access logs', () => {
    const failing = judgeAll(sample).flatMap(({ check, judgements }) =>
      judgements
        .filter(({ outcome }) => outcome === 'fail')
        .map(({ file, resource }) => [check.id, file, resource?.type]),
    );
    expect(failing).toEqual([
      ['S3-LOG', 'Zone.template.json', 'AWS::S3::Bucket'],
      ['S3-LOG', 'Zone.template.json', 'AWS::S3::Bucket'],
    ]);
  });

  it('is judged by every check, and every judgement points at something that is there', () => {
    const files = new Map<string, unknown>([
      ...sample.files,
      ...sample.stacks.map((stack) => [stack.file, stack.template] as const),
      ['manifest.json', sample.manifest],
    ]);
    for (const { check, judgements } of judgeAll(sample)) {
      expect([check.id, judgements.length > 0]).toEqual([check.id, true]);
      const dangling = judgements.filter(
        ({ file, pointer, saw }) => valueAt(files.get(file), pointer) === undefined || saw === '',
      );
      expect([check.id, dangling]).toEqual([check.id, []]);
    }
  });

  it('says where in the register a share comes from', () => {
    const shares = judgeAll(sample).find(({ check }) => check.id === 'SHARE-DAYS')?.judgements ?? [];
    expect(shares.length).toBeGreaterThan(10);
    for (const { register } of shares) expect(register).toMatch(/^register\/agreements\/[a-z-]+\.yaml:\d+$/);
  });
});

it('takes no hash that happens to be all digits for an account', () => {
  const changed = withTemplate(part, 'Organisation-dwp', (template) => {
    whole(template, 'AWS::CloudFormation::CustomResource').DependsOn.push(
      'Share839311564898leedsAccessPoint',
    );
    whole(template, 'AWS::Lambda::Function').Metadata = { name: '839311564898--leeds' };
  });
  expect(failures(changed)).toEqual(before);
});

it('finds nothing more where the zone serves the page', () => {
  expect(failures(withPage(part))).toEqual(before);
});

it.each(ALL.map((mutant) => [mutant.check, mutant.how, mutant] as const))(
  '%s finds it when %s',
  (check, _how, { make, also }) => {
    const after = failures(make(part));
    const worse = CHECKS.map(({ id }) => id).filter((id) => (after.get(id) ?? 0) > (before.get(id) ?? 0));
    expect(worse.sort()).toEqual([check, ...also].sort());
  },
);
