/**
 * That asking CDK’s validation about each shape of template finds what asking about each template finds, and that what is found in
 * the validator’s thread reaches the CDK’s report.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationStack,
  type PolicyViolation,
} from 'aws-cdk-lib';
import { openAssembly } from '../../../lib/assembly';
import { namesByAccount } from '../../../lib/compliance/names-in-templates';
import { dateOf } from '../../../lib/register/calendar';
import { readRegisterFolder } from '../../../lib/register/folder';
import type { Register } from '../../../lib/register/register';
import { startValidator, type Validator } from '../../../lib/stacks/validator';
import { TemplateValidation } from '../../../lib/stacks/validator/template-validation';
import { ValidationBeside } from '../../../lib/stacks/validator/validation-beside';
import { AS_OF, generateRegister } from '../../bench/generate-register';
import { synthesised, temporaryFolder } from '../sample-assembly';

type Resources = Record<
  string,
  { Type: string; Properties: Record<string, unknown>; [key: string]: unknown }
>;

// Made once: it takes seconds.
const engine = new CloudFormationValidatePlugin();
let register: Register;
let folder: string;
let stacks: PolicyValidationStack[];
/** The stacks of organisations that own shares, of which several have one shape. */
let some: PolicyValidationStack[];
beforeAll(() => {
  const files = temporaryFolder();
  generateRegister(files, { kind: 'zone', organisations: 70 });
  ({ register, folder } = synthesised({ files: readRegisterFolder(files), asOf: dateOf(AS_OF) }));
  stacks = stacksIn(folder);
  some = stacks
    .filter(({ stackConstructPath }) => /^Organisation-(?:camden|dwp|belfast)/.test(stackConstructPath))
    .slice(0, 16);
});

function stacksIn(assembly: string): PolicyValidationStack[] {
  return openAssembly(assembly).stacks.map(({ name, account, region, file }) => ({
    stackConstructPath: name,
    templatePath: join(assembly, file),
    accountId: account,
    region,
  }));
}

/** What the engine said of a template, without the place where it lay: in most of these tests all but one are the same. */
const said = new Map<string, readonly PolicyViolation[]>();

/** What the engine finds in each of these templates: it is given those that it was not given before. */
function asked(list: readonly PolicyValidationStack[]): PolicyViolation[] {
  const keyed = list.map((stack) => ({ stack, key: keyOf(stack) }));
  const fresh = new Map(keyed.filter(({ key }) => !said.has(key)).map(({ stack, key }) => [key, stack]));
  const { violations } = engine.validate(contextOf([...fresh.values()]));
  for (const [key, { templatePath }] of fresh) said.set(key, foundIn(templatePath, violations));
  return keyed.flatMap(({ stack: { templatePath }, key }) =>
    (said.get(key) ?? []).map((violation) => ({
      ...violation,
      violatingResources: violation.violatingResources.map((resource) => ({ ...resource, templatePath })),
    })),
  );
}

/** All that the engine is given of a template, but for where it lies. */
function keyOf({ templatePath, ...stack }: PolicyValidationStack): string {
  return JSON.stringify([stack, readFileSync(templatePath, 'utf8')]);
}

function foundIn(file: string, violations: readonly PolicyViolation[]): readonly PolicyViolation[] {
  return violations.flatMap((violation) => {
    const violatingResources = violation.violatingResources.filter(
      ({ templatePath }) => templatePath === file,
    );
    return violatingResources.length === 0 ? [] : [{ ...violation, violatingResources }];
  });
}

/** Remembers which templates it had judged. */
class Watched extends TemplateValidation {
  readonly judged: string[] = [];

  constructor(
    names: ConstructorParameters<typeof TemplateValidation>[0],
    private readonly judgeThem: typeof asked,
  ) {
    super(names);
  }

  protected override judge(list: readonly PolicyValidationStack[], _context: IPolicyValidationContext) {
    this.judged.push(...list.map(({ templatePath }) => templatePath));
    return [...this.judgeThem(list)];
  }
}

function byShape(from: Register, stackTemplates: PolicyValidationStack[], judge = asked, isEarly = false) {
  const namesIn = namesByAccount(from);
  const validation = new Watched(namesIn, judge);
  if (isEarly) {
    const names = stackTemplates.map(({ accountId = '' }) => [accountId, namesIn(accountId)] as const);
    const early = validation.begin(new Map(names));
    for (const stack of stackTemplates) early.add(stack);
  }
  const { success, violations } = validation.validate(contextOf(stackTemplates));
  return { success, found: told(violations), judged: validation.judged };
}

function contextOf(stackTemplates: PolicyValidationStack[]) {
  return { stackTemplates, templatePaths: [], appConstruct: undefined as never };
}

/** What was found, where: each finding by itself, in an order of its own. */
function told(violations: readonly PolicyViolation[]): string[] {
  return violations
    .flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(
        ({ templatePath, resourceLogicalId, locations }) =>
          `${ruleName} ${templatePath} ${resourceLogicalId} ${locations.join()} ${description}`,
      ),
    )
    .sort();
}

test('of the sample, it finds what asking about each finds', () => {
  const made = synthesised();
  const all = stacksIn(made.folder);
  const found = told(asked(all));
  expect(byShape(made.register, all)).toMatchObject({ success: true, found });
});

test('of a third of the stacks of 70 organisations, it finds what asking about each finds', () => {
  // Those that faults are seeded in below, and every fifth of the others.
  const third = stacks.filter((stack, n) => some.includes(stack) || n % 5 === 0);
  expect(third.length).toBeGreaterThan(stacks.length / 3);
  const found = told(asked(third));
  expect(byShape(register, third)).toMatchObject({ success: true, found });
});

test('of 70 organisations, less than half of the templates are judged', () => {
  // Which are judged is decided before any is.
  const { judged } = byShape(register, stacks, () => []);
  expect(judged.length).toBeGreaterThan(0);
  expect(judged.length).toBeLessThan(stacks.length / 2);
});

test('of those that a fault is seeded in one of, some are judged for others', () => {
  expect(byShape(register, some, () => []).judged.length).toBeLessThan(some.length);
});

/** Where a rule of the tests found something: in a template, a resource by its logical id. */
type Place = readonly [file: string, id: string];

/** Has rules of these tests judge in the engine’s place: they ask of templates what no rule of today’s engine asks of these. */
function judgedBy(rule: (resources: Resources) => readonly string[]) {
  return (list: readonly PolicyValidationStack[]): PolicyViolation[] => {
    const places = list.flatMap(({ templatePath }): Place[] => {
      const { Resources } = JSON.parse(readFileSync(templatePath, 'utf8')) as { Resources: Resources };
      return rule(Resources).map((id) => [templatePath, id]);
    });
    return places.map(([templatePath, resourceLogicalId]) => ({
      ruleName: 'T1',
      description: 'found',
      severity: 'error',
      violatingResources: [{ templatePath, resourceLogicalId, locations: [] }],
    }));
  };
}

/** A rule that looks at two resources of one type. */
const onPairs =
  (type: string, isWrong: (one: Record<string, unknown>, two: Record<string, unknown>) => boolean) =>
  (resources: Resources) => {
    const all = Object.entries(resources).filter(([, { Type }]) => Type === type);
    return all.flatMap(([id, { Properties: one }]) =>
      all.some(([other, { Properties: two }]) => other !== id && isWrong(one, two)) ? [id] : [],
    );
  };

/** A rule that looks at which types of resource refer to one, or wait for it. */
const onReferrers = (isWrong: (types: readonly string[]) => boolean) => (resources: Resources) => {
  const all = Object.values(resources).map((each) => [each.Type, JSON.stringify(each)] as const);
  const refer = (id: string) =>
    all.filter(([, text]) => text.includes(`"${id}"`) || text.includes(`{${id}.`));
  return Object.keys(resources).filter((id) => isWrong(refer(id).map(([type]) => type)));
};

/** A rule that looks at the resources that one refers to. */
const onReferred = (isWrong: (resource: Resources[string]) => boolean) => (resources: Resources) => {
  const wrong = Object.entries(resources).flatMap(([id, each]) => (isWrong(each) ? [id] : []));
  return Object.entries(resources).flatMap(([id, { Properties }]) => {
    const text = JSON.stringify(Properties ?? {});
    return wrong.some((other) => text.includes(`{"Ref":"${other}"}`) || text.includes(`["${other}",`))
      ? [id]
      : [];
  });
};

/** A rule that looks at what a resource waits for, but not at its properties: nothing of these comes to the resource. */
const onAwaited =
  (isWrong: (awaited: readonly { readonly Type: string; readonly Condition?: unknown }[]) => boolean) =>
  (resources: Resources) => {
    const awaited = (of: unknown) =>
      [of ?? []].flat().flatMap((id) => {
        const one = resources[String(id)];
        return one === undefined ? [] : [one];
      });
    return Object.entries(resources).flatMap(([id, each]) =>
      isWrong(awaited(Object(each).DependsOn)) ? [id] : [],
    );
  };

/** How long the descriptions of roles are. */
const lengths = (list: readonly PolicyValidationStack[]) =>
  list.flatMap(({ templatePath }) => {
    const { Resources } = JSON.parse(readFileSync(templatePath, 'utf8')) as { Resources: Resources };
    return Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Role')
      .map(({ Properties }) => String(Properties.Description).length);
  });

describe('rules of another kind find in templates of a shape what they find in each', () => {
  const finds = (rule: (resources: Resources) => readonly string[], list = some) => {
    const judge = judgedBy(rule);
    const found = told(judge(list));
    expect(found.length).toBeGreaterThan(0);
    expect(byShape(register, list, judge).found).toEqual(found);
  };
  const description = ({ Description }: Record<string, unknown>) => String(Description);

  it('bounds on how long a name is, of which the longest or the shortest alone is beyond', () => {
    const [longest, shortest] = [Math.max(...lengths(some)), Math.min(...lengths(some))];
    const onRoles = (isWrong: (description: string) => boolean) => (resources: Resources) =>
      Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
        Type === 'AWS::IAM::Role' && isWrong(description(Properties)) ? [id] : [],
      );
    finds(onRoles(({ length }) => length >= longest));
    finds(onRoles(({ length }) => length <= shortest));
  });

  it('bounds on how long a name is in what a resource refers to, which has no name itself', () => {
    const copy = temporaryFolder();
    const lengthsOfAll: number[] = [];
    const list = some.map((stack, n) => {
      const { Resources } = JSON.parse(readFileSync(stack.templatePath, 'utf8')) as { Resources: Resources };
      const [id, role] = Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::IAM::Role') ?? [''];
      const Description = description(role?.Properties ?? {});
      lengthsOfAll.push(Description.length);
      const templatePath = join(copy, `${n}.template.json`);
      const kept: Resources = {
        [id]: { Type: 'AWS::IAM::Role', Properties: { Description } },
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { RoleArn: { 'Fn::GetAtt': [id, 'Arn'] } },
        },
      };
      writeFileSync(templatePath, JSON.stringify({ Resources: kept }));
      return { ...stack, templatePath };
    });
    const findsWhere = (isWrong: (length: number) => boolean) =>
      finds(
        onReferred(
          ({ Type, Properties }) => Type === 'AWS::IAM::Role' && isWrong(description(Properties).length),
        ),
        list,
      );
    findsWhere((length) => length >= Math.max(...lengthsOfAll));
    findsWhere((length) => length <= Math.min(...lengthsOfAll));
  });

  it('two of one type with the same value, or both of another kind', () => {
    finds(onPairs('AWS::IAM::Role', (one, two) => one.PermissionsBoundary === two.PermissionsBoundary));
    finds(onPairs('AWS::IAM::Role', (one, two) => description(one).length + 20 < description(two).length));
    finds(onPairs('AWS::CloudWatch::Alarm', (one, two) => one.MetricName !== two.MetricName));
  });

  it('what refers to a resource, and how often up to twice', () => {
    finds(onReferrers((types) => types.filter((type) => type === 'AWS::CloudWatch::Alarm').length > 1));
    finds(
      onReferrers(
        (types) =>
          types.includes('AWS::SQS::QueuePolicy') && types.includes('AWS::Lambda::EventSourceMapping'),
      ),
    );
  });
});

test('rules on what a resource waits for find in templates of a shape what they find in each', () => {
  const list = faulty((resources) => {
    const alarms = Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    Object.assign(alarms[alarms.length - 1] ?? {}, { Condition: 'Sometimes' });
  });
  const isAlarm = ({ Type }: { Type: string }) => Type === 'AWS::CloudWatch::Alarm';
  for (const rule of [
    onAwaited((all) => all.filter(isAlarm).length > 1 && all.some(({ Type }) => Type === 'AWS::IAM::Role')),
    onAwaited((all) => all.some(({ Condition }) => Condition !== undefined)),
  ]) {
    const judge = judgedBy(rule);
    const found = told(judge(list));
    expect(found.length).toBeGreaterThan(0);
    expect(byShape(register, list, judge).found).toEqual(found);
    expect(byShape(register, list, judge, true).found).toEqual(found);
  }
});

/** Seeded faults, each of another kind of rule. */
const FAULTS: readonly (readonly [
  what: string,
  type: string,
  (properties: Record<string, unknown>) => void,
])[] = [
  [
    'a value that is none of those allowed',
    'AWS::Lambda::Function',
    (of) => Object.assign(of, { Runtime: 'nodejs24.y' }),
  ],
  ['a property that there is not', 'AWS::S3::Bucket', (of) => Object.assign(of, { BucketNom: 'x' })],
  ['a number for a list', 'AWS::KMS::Key', (of) => Object.assign(of, { Tags: 1 })],
  [
    'a text longer than is allowed',
    'AWS::IAM::Role',
    (of) => Object.assign(of, { Description: 'x'.repeat(2000) }),
  ],
  ['a number out of range', 'AWS::Logs::LogGroup', (of) => Object.assign(of, { RetentionInDays: 4 })],
  [
    'a name of the wrong characters',
    'AWS::S3::Bucket',
    (of) => Object.assign(of, { BucketName: `${of.BucketName}_` }),
  ],
  [
    'an account of thirteen digits',
    'AWS::S3::Bucket',
    (of) => Object.assign(of, { BucketName: String(of.BucketName).replace(/\d{12}/, '$&Z') }),
  ],
  [
    'a reference to what there is not',
    'AWS::SNS::TopicPolicy',
    (of) => Object.assign(of, { Topics: [{ Ref: 'Nothing' }] }),
  ],
  ['a setting that must be there and is not', 'AWS::Lambda::Function', (of) => delete of.Role],
];

/** An assembly’s stacks, one of which is changed. */
function faulty(change: (resources: Resources) => void): PolicyValidationStack[] {
  const copy = temporaryFolder();
  const own = some;
  const victim = own[own.length - 3];
  return own.map((stack) => {
    if (stack !== victim) return stack;
    const templatePath = join(copy, 'faulty.template.json');
    cpSync(stack.templatePath, templatePath);
    const template = JSON.parse(readFileSync(templatePath, 'utf8')) as { Resources: Resources };
    change(template.Resources);
    writeFileSync(templatePath, JSON.stringify(template));
    return { ...stack, templatePath };
  });
}

test.each(FAULTS)('in one of many, it finds %s', (_what, type, change) => {
  const list = faulty((resources) => {
    const one = Object.values(resources).find(({ Type }) => Type === type);
    if (one === undefined) throw new Error(`there is no ${type}`);
    change(one.Properties);
  });
  const found = told(asked(list));
  expect(found).not.toEqual([]);
  expect(byShape(register, list).found).toEqual(found);
  expect(byShape(register, list, asked, true).found).toEqual(found);
});

test('more resources than a template may have are found, in one of many that were heard of early', () => {
  const list = faulty((resources) => {
    for (let n = 0; n < 501; n += 1) resources[`Topic${n}`] = { Type: 'AWS::SNS::Topic', Properties: {} };
  });
  const found = told(asked(list));
  expect(found.join()).toMatch(/500/);
  expect(byShape(register, list, asked, true).found).toEqual(found);
});

test('resources that wait for one another in a circle are found, in one template of many', () => {
  const list = faulty((resources) => {
    const [first = '', second = ''] = Object.keys(resources).filter(
      (id) => resources[id]?.Type === 'AWS::KMS::Key',
    );
    Object.assign(resources[first] ?? {}, { DependsOn: [second] });
    Object.assign(resources[second] ?? {}, { DependsOn: [first] });
  });
  const found = told(asked(list));
  expect(found.join()).toMatch(/^F3004 /);
  expect(byShape(register, list).found).toEqual(found);
});

test('two resources of one name are found, in one template of many', () => {
  const list = faulty((resources) => {
    const [, role] = Object.entries(resources).find(([, { Type }]) => Type === 'AWS::IAM::Role') ?? [];
    Object.assign(resources, { Again: structuredClone(role) });
  });
  const found = told(asked(list));
  expect(found).not.toEqual([]);
  expect(byShape(register, list).found).toEqual(found);
});

test('what all of one shape do wrong is found in each', () => {
  const list = some;
  const copy = temporaryFolder();
  const wrong = list.map((stack, index) => {
    const templatePath = join(copy, `${index}.template.json`);
    writeFileSync(
      templatePath,
      readFileSync(stack.templatePath, 'utf8').replace('"nodejs24.x"', '"nodejs24.y"'),
    );
    return { ...stack, templatePath };
  });
  const { success, found } = byShape(register, wrong);
  expect(success).toBe(false);
  expect(found).toEqual(told(asked(wrong)));
});

/** The validator in its thread, which is started nowhere else in the tests. */
function started(): Validator {
  const { CDK_VALIDATION: outside } = process.env;
  try {
    delete process.env.CDK_VALIDATION;
    const validator = startValidator();
    if (validator === undefined) throw new Error('no validator was started');
    return validator;
  } finally {
    process.env.CDK_VALIDATION = outside;
  }
}

/** A request to judge one template, with a fault in it. */
function oneFaulty(): IPolicyValidationContext {
  const templatePath = join(temporaryFolder(), 'one.template.json');
  const Resources = { Records: { Type: 'AWS::S3::Bucket', Properties: { BucketNom: 'x' } } };
  writeFileSync(templatePath, JSON.stringify({ Resources }));
  const stack = { stackConstructPath: 'one', templatePath, accountId: '111122223333', region: 'eu-west-2' };
  return { ...contextOf([stack]), templatePaths: [templatePath] };
}

test('a fault in a template is found in the thread as it is found here, and other plugins find what they do', () => {
  const asked = oneFaulty();
  const validation = new ValidationBeside(started(), () => new Map());
  const seen: string[] = [];
  const other = {
    name: 'another',
    validate: ({ templatePaths }: IPolicyValidationContext) => {
      seen.push(...templatePaths);
      return { success: true, violations: [] };
    },
  };
  const [beside] = validation.beside({ ofResources: [other], ofTemplates: [] });
  expect(beside?.name).toBe('another');
  expect(beside?.validate(asked)).toEqual({ success: true, violations: [] });
  expect(seen).toEqual(asked.templatePaths);
  const report = validation.validate(asked);
  expect(report.success).toBe(false);
  expect(report).toEqual(engine.validate(asked));
  expect(validation.version).toBe(engine.version);
});

test('a template that cannot be read ends it, and is no finding', () => {
  const gone = { ...oneFaulty().stackTemplates[0], templatePath: '/nowhere/gone.template.json' };
  expect(() => byShape(register, [gone as PolicyValidationStack])).toThrow(/ENOENT.*gone\.template\.json/);
});
