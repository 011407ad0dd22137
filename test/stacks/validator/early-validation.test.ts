/**
 * That a validation that is begun while templates are still being written comes to what it comes to afterwards: whenever each template is
 * read or judged, whatever becomes of it since, and whatever goes wrong.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, type PolicyValidationStack, type PolicyViolation, Stack } from 'aws-cdk-lib';
import { namesByAccount } from '../../../lib/compliance/names-in-templates';
import type { Names } from '../../../lib/compliance/shapes';
import { dateOf } from '../../../lib/register/calendar';
import { readRegisterFolder } from '../../../lib/register/folder';
import type { EarlyValidation } from '../../../lib/stacks/validator/early-validation';
import { TemplateValidation } from '../../../lib/stacks/validator/template-validation';
import { whenWritten } from '../../../lib/stacks/when-written';
import { AS_OF, generateRegister } from '../../bench/generate-register';
import { synthesised, temporaryFolder } from '../sample-assembly';

let namesIn: (account: string) => Names;
let names: ReadonlyMap<string, Names>;
let stacks: readonly PolicyValidationStack[];
/** What validation comes to that is begun afterwards, where there is nothing to be found. */
let nothingFound: ReturnType<typeof afterwards>;
beforeAll(() => {
  const files = temporaryFolder();
  generateRegister(files, { kind: 'zone', organisations: 70 });
  const made = synthesised({ files: readRegisterFolder(files), asOf: dateOf(AS_OF) });
  const copy = temporaryFolder();
  const sizes = new Map(
    made.assembly.stacks.map(({ file }) => [file, statSync(join(made.folder, file)).size]),
  );
  // The largest take the most time, and a few more than are chosen from together are enough.
  const few = new Set(
    [...sizes]
      .sort(([, a], [, b]) => a - b)
      .slice(0, 66)
      .map(([file]) => file),
  );
  stacks = made.assembly.stacks
    .filter(({ file }) => few.has(file))
    .map(({ name, account, region, file }) => {
      const templatePath = join(copy, file);
      writeFileSync(templatePath, readFileSync(join(made.folder, file)));
      return { stackConstructPath: name, templatePath, accountId: account, region };
    });
  namesIn = namesByAccount(made.register);
  names = new Map(stacks.map(({ accountId = '' }) => [accountId, namesIn(accountId)]));
  nothingFound = afterwards(NOTHING, stacks);
});

/** What a rule of these tests finds in a text. */
type Rule = (text: string) => boolean;

const NOTHING: Rule = () => false;

/** Has a rule judge in the engine’s place, and remembers the texts that were judged. */
class Watched extends TemplateValidation {
  readonly judged: string[] = [];

  constructor(private readonly rule: Rule) {
    super(namesIn);
  }

  protected override judge(list: readonly PolicyValidationStack[]): PolicyViolation[] {
    return list.flatMap(({ templatePath }) => {
      const text = readFileSync(templatePath, 'utf8');
      this.judged.push(text);
      if (!this.rule(text)) return [];
      const violatingResources = [{ templatePath, resourceLogicalId: 'A', locations: [] }];
      return [{ ruleName: 'T1', description: 'found', severity: 'error', violatingResources }];
    });
  }
}

const contextOf = (list: readonly PolicyValidationStack[]) => ({
  stackTemplates: [...list],
  templatePaths: [],
  appConstruct: undefined as never,
});

/** What validation comes to that is begun only now. */
function afterwards(rule: Rule, list: readonly PolicyValidationStack[]) {
  const validation = new Watched(rule);
  return { report: validation.validate(contextOf(list)), judged: validation.judged };
}

/** The same, begun while templates were told, with what happens after each is and before all are validated. */
function early(
  rule: Rule,
  list: readonly PolicyValidationStack[],
  afterEach: (early: EarlyValidation) => void = () => undefined,
  before: () => void = () => undefined,
) {
  const validation = new Watched(rule);
  let shapes = 0;
  validation.whenShaped = (told) => {
    shapes = told.size;
  };
  const begun = validation.begin(names);
  for (const stack of stacks) {
    begun.add(stack);
    afterEach(begun);
  }
  const ahead = validation.judged.length;
  before();
  const report = validation.validate(contextOf(list));
  return { report, judged: validation.judged, ahead, shapes };
}

test('what is judged is the same whenever it is: as it is heard of, some of it, or all of it at the end', () => {
  let turn = 0;
  const atOnce = early(NOTHING, stacks, (begun) => {
    while (begun.judgeNext());
  });
  const sometimes = early(NOTHING, stacks, (begun) => {
    turn += 1;
    if (turn % 7 === 0) begun.judgeNext();
  });
  const atTheEnd = early(NOTHING, [...stacks].reverse());
  expect([atOnce.judged, sometimes.judged]).toEqual([atTheEnd.judged, atTheEnd.judged]);
  expect(atOnce.ahead).toBeGreaterThan(atTheEnd.judged.length / 2);
  expect(atTheEnd.ahead).toBe(0);
  for (const { report, shapes } of [atOnce, sometimes, atTheEnd]) {
    expect(report).toEqual({ success: true, violations: [] });
    expect(shapes).toBe(stacks.length);
  }
});

test('of nothing that is to be found, no more is judged than afterwards, but for a little', () => {
  const { judged } = early(NOTHING, stacks);
  const length = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);
  expect(length(judged)).toBeLessThan(1.2 * length(nothingFound.judged));
});

test.each<[string, Rule]>([
  ['in the first of them', (text) => text.includes('AWS::S3::BucketPolicy')],
  ['in those of one kind', (text) => text.includes('AWS::CloudTrail::Trail')],
])('what is found %s is found as afterwards, with the same words in the same order', (_where, rule) => {
  const { report } = afterwards(rule, stacks);
  expect(report.violations.length).toBeGreaterThan(0);
  const judging = (begun: EarlyValidation) => void begun.judgeNext();
  expect(early(rule, [...stacks], judging).report).toEqual(report);
});

describe('what is validated is what is there at the end', () => {
  /** Finds what the tests put into a template. */
  const rule: Rule = (text) => text.includes('Wrong');
  const judging = (begun: EarlyValidation) => {
    while (begun.judgeNext());
  };

  it('where a template is written anew, as long as it was', () => {
    const [victim] = stacks.slice(-20);
    const path = victim?.templatePath ?? '';
    const text = readFileSync(path, 'utf8');
    const change = () => writeFileSync(path, text.replace('"AWS::', '"Wrong'));
    try {
      const { report } = early(rule, stacks, judging, change);
      expect(report).toEqual(afterwards(rule, stacks).report);
      expect(report.success).toBe(false);
    } finally {
      writeFileSync(path, text);
    }
  });

  it.each<[string, (list: readonly PolicyValidationStack[], wrong: string) => PolicyValidationStack[]]>([
    [
      'another template is named',
      ([first, ...others], templatePath) => [{ ...first, templatePath } as PolicyValidationStack, ...others],
    ],
    [
      'one more is named',
      ([first, ...others], templatePath) => [
        first as PolicyValidationStack,
        ...others,
        { ...first, templatePath } as PolicyValidationStack,
      ],
    ],
  ])('where %s', (_what, changed) => {
    const wrong = join(temporaryFolder(), 'wrong.template.json');
    writeFileSync(wrong, JSON.stringify({ Resources: { A: { Type: 'Wrong' } } }));
    const list = changed(stacks, wrong);
    const { report } = early(rule, list, judging);
    expect(report).toEqual(afterwards(rule, list).report);
    expect(report.success).toBe(false);
  });

  it('where one was told of twice, and shows no longer what it was to be judged for', () => {
    const [first, last] = [stacks[0], stacks.at(-1)].map((each) => each?.templatePath ?? '') as [
      string,
      string,
    ];
    const texts = [first, last].map((path) => [path, readFileSync(path, 'utf8')] as const);
    const withWrong = (text: string) =>
      text.replace('"Resources": {', '"Resources": { "A": { "Type": "Wrong" },');
    for (const [path, text] of texts) writeFileSync(path, withWrong(text));
    let turn = 0;
    const changing = (begun: EarlyValidation) => {
      turn += 1;
      if (turn !== 1) return;
      writeFileSync(first, texts[0]?.[1] ?? '');
      begun.add(stacks[0] as PolicyValidationStack);
    };
    try {
      const { report } = early(rule, stacks, changing);
      expect(report).toEqual(afterwards(rule, stacks).report);
      expect(report.success).toBe(false);
    } finally {
      for (const [path, text] of texts) writeFileSync(path, text);
    }
  });

  it('where one is not named that was, or is one of another account or Region', () => {
    const [first, ...others] = stacks as [PolicyValidationStack, ...PolicyValidationStack[]];
    for (const list of [
      others,
      [{ ...first, accountId: '1' }, ...others],
      [{ ...first, region: 'x' }, ...others],
    ]) {
      const { judged, ahead } = early(NOTHING, list, judging);
      expect(ahead).toBeGreaterThan(0);
      expect(judged.slice(ahead)).not.toEqual([]);
    }
  });
});

test('where one cannot be read as it is told, or the engine fails, all are validated afterwards', () => {
  const [gone] = stacks as [PolicyValidationStack];
  const text = readFileSync(gone.templatePath);
  rmSync(gone.templatePath);
  const unread = early(NOTHING, stacks, undefined, () => writeFileSync(gone.templatePath, text));
  expect(unread.judged).toEqual(nothingFound.judged);
  let asked = 0;
  const failing: Rule = () => {
    asked += 1;
    if (asked === 2) throw new Error('no engine');
    return false;
  };
  const failed = early(failing, stacks, (begun) => void begun.judgeNext());
  expect(failed.judged.slice(failed.ahead)).toEqual(nothingFound.judged);
});

test('a template is told of once its file is complete, and as the CDK tells its plugins of it', () => {
  const outdir = temporaryFolder();
  const app = new App({ outdir, analyticsReporting: false });
  const heard: PolicyValidationStack[] = [];
  for (const env of [{ account: '111122223333', region: 'eu-west-2' }, undefined]) {
    const stack = new Stack(app, `Stack${heard.length}${env?.account ?? ''}`, env && { env });
    new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    whenWritten(stack, (written) => {
      expect(JSON.parse(readFileSync(written.templatePath, 'utf8'))).toHaveProperty('Resources.Topic');
      heard.push(written);
    });
  }
  const made = app.synth();
  const told = made.stacksRecursively.map(({ hierarchicalId, templateFullPath, environment }) => ({
    stackConstructPath: hierarchicalId,
    templatePath: templateFullPath,
    accountId: environment.account === 'unknown-account' ? undefined : environment.account,
    region: environment.region === 'unknown-region' ? undefined : environment.region,
  }));
  expect(heard).toHaveLength(2);
  expect(heard).toEqual(expect.arrayContaining(told));
});
