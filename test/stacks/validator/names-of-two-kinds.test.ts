/** That a name counts as one of its kind in the templates of each account, also where it is of another kind in those of others. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyValidationStack, PolicyViolation } from 'aws-cdk-lib';
import type { NameKind, Names } from '../../../lib/compliance/shapes';
import { TemplateValidation } from '../../../lib/stacks/validator/template-validation';
import { temporaryFolder } from '../sample-assembly';

/** The longest id of all, after which somebody else calls a role. */
const LONGEST = 'north-eastern-ambulances';
const OTHERS = ['leeds', 'york', 'dwp', 'bath'];

const NAMES = new Map<string, Names>([
  ['longest', new Map<string, NameKind>([[LONGEST, 'organisation']])],
  ...OTHERS.map((id): [string, Names] => {
    const kinds: [string, NameKind][] = [
      [id, 'organisation'],
      [LONGEST, 'role'],
    ];
    return [id, new Map(kinds)];
  }),
]);

/** Finds texts that are as long as the longest, in the engine’s place. */
class Bound extends TemplateValidation {
  protected override judge(list: readonly PolicyValidationStack[]): PolicyViolation[] {
    return list.flatMap(({ templatePath }) => {
      const { Resources } = JSON.parse(readFileSync(templatePath, 'utf8')) as {
        Resources: { Topic: { Properties: { DisplayName: string } } };
      };
      if (Resources.Topic.Properties.DisplayName.length < LONGEST.length) return [];
      const violatingResources = [{ templatePath, resourceLogicalId: 'Topic', locations: [] }];
      return [{ ruleName: 'T1', description: 'too long', severity: 'error', violatingResources }];
    });
  }
}

test.each([
  ['afterwards', false],
  ['while templates are written', true],
])('a bound that only the longest id is beyond is found %s', (_when, isEarly) => {
  const folder = temporaryFolder();
  const stackTemplates = ['longest', ...OTHERS].map((accountId): PolicyValidationStack => {
    const templatePath = join(folder, `${accountId}.template.json`);
    const DisplayName = accountId === 'longest' ? LONGEST : accountId;
    const Topic = { Type: 'AWS::SNS::Topic', Properties: { DisplayName } };
    const Role = { Type: 'AWS::IAM::Role', Properties: { RoleName: LONGEST } };
    const Resources = accountId === 'bath' ? { Topic, Role } : { Topic };
    writeFileSync(templatePath, JSON.stringify({ Resources }));
    return { stackConstructPath: accountId, templatePath, accountId, region: 'eu-west-2' };
  });
  const validation = new Bound((account) => NAMES.get(account) ?? new Map());
  if (isEarly) {
    const early = validation.begin(NAMES);
    for (const stack of stackTemplates) early.add(stack);
  }
  const { violations } = validation.validate({
    stackTemplates,
    templatePaths: [],
    appConstruct: undefined as never,
  });
  expect(violations.flatMap((each) => each.violatingResources)).toEqual([
    { templatePath: join(folder, 'longest.template.json'), resourceLogicalId: 'Topic', locations: [] },
  ]);
});
