/** That an app whose resources were emptied still tells where what is found in them stands, and that nothing else of them is held. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  App,
  CfnResource,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  Stack,
  Validations,
} from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { acknowledge, type Checks, packs, type TemplateCheck } from '../../lib/compliance/packs';
import { Ahead } from '../../lib/stacks/ahead';
import { emptyResources } from '../../lib/stacks/emptied';
import { temporaryFolder } from './sample-assembly';

const ACCEPTED = {
  rule: 'Concordat-PublicSector::TOPIC-NAMED',
  reason: 'it is one of a test.',
  owner: 'the operator',
  review: '2027-01-01',
} as const;

/** Finds fault with every topic, and tells where by its template alone; one that is acknowledged is found by its construct. */
const findingTopics: TemplateCheck = {
  name: 'Concordat-PublicSector',
  validate: ({ stackTemplates }) => ({
    success: true,
    violations: stackTemplates.flatMap(({ templatePath, stackConstructPath }) => [
      {
        ruleName: 'TOPIC-OPEN',
        description: 'It is open.',
        severity: 'warning',
        violatingResources: ['Renamed', 'Plain'].map((resourceLogicalId) => ({
          resourceLogicalId,
          templatePath,
          locations: ['Properties.TopicName'],
        })),
      },
      {
        ruleName: 'TOPIC-NAMED',
        description: 'It has a name.',
        severity: 'error',
        violatingResources: [{ constructPath: `${stackConstructPath}/Plain`, locations: [] }],
      },
    ]),
  }),
};

/** An app with two topics, one under another logical id, of which one is acknowledged. */
function appWithTopics(before: (app: App) => void): { readonly app: App; readonly report: unknown } {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const stack = new Stack(app, 'Topics');
  new CfnTopic(stack, 'Other', { topicName: 'one' }).overrideLogicalId('Renamed');
  acknowledge(new CfnTopic(stack, 'Plain', { topicName: 'two', tags: [{ key: 'a', value: 'b' }] }), ACCEPTED);
  const first: IPolicyValidationPlugin = {
    name: 'first',
    validate: () => {
      before(app);
      return { success: true, violations: [] };
    },
  };
  Validations.of(app).addPlugins(first, ...packs('2026-12-01', [findingTopics]).ofTemplates);
  const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  app.synth();
  said.mockRestore();
  return { app, report: JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) };
}

test('findings are placed and acknowledged in an app that was emptied as in one that was not', () => {
  // In one place, since a report has the trace of where each was made.
  const [report, ofWhole] = [emptyResources, () => undefined].map((before) => appWithTopics(before).report);
  expect(report).toEqual(ofWhole);
  expect(JSON.stringify(report)).toContain('"constructPath":"Topics/Other"');
  expect(JSON.stringify(report)).toContain('"acknowledgedId"');
});

test('a resource holds no object besides its place, and its stack', () => {
  const { app } = appWithTopics(emptyResources);
  const resources = app.node.findAll().filter((each) => CfnResource.isCfnResource(each));
  expect(resources).toHaveLength(2);
  for (const resource of resources) {
    const held = Object.entries(resource).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null ? [name] : [],
    );
    expect(held.sort()).toEqual(['node', 'stack']);
  }
});

test('no rule pack that asks resources takes its turn behind, where it would find nothing', () => {
  // Whether it compiles is the test: each of these is refused.
  const solutions = new AwsSolutionsChecks();
  // @ts-expect-error
  packs('2026-12-01', [solutions]);
  // @ts-expect-error
  packs('2026-12-01', [new NIST80053R5Checks()]);
  // @ts-expect-error
  new Ahead(solutions);
  const ofOwn = {
    name: 'asks each resource',
    validate: ({ appConstruct }: IPolicyValidationContext) => ({
      success: Stack.of(appConstruct).tags.hasTags(),
      violations: [],
    }),
  };
  // @ts-expect-error
  const checks: Checks = { ofResources: [], ofTemplates: [ofOwn] };
  expect(checks).toBeDefined();
});
