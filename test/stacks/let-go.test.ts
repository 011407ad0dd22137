/** That an app is garbage once its assembly is made, and that the next one is made as if there had been none. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { App, Aws, CfnOutput, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { lettingGo } from '../../lib/stacks/let-go';
import { collectAll } from '../../lib/start/collecting';

const folder = mkdtempSync(join(tmpdir(), 'concordat-let-go-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An app with each kind of thing that the CDK remembers: references, texts that hold one, and what is worked out late. */
function made(): { readonly app: WeakRef<App>; readonly template: string } {
  const app = new App({ outdir: folder, analyticsReporting: false, treeMetadata: false });
  const stack = new Stack(app, 'Stack');
  const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  new CfnResource(stack, 'Queue', {
    type: 'AWS::SQS::Queue',
    properties: {
      Topic: topic.ref,
      Text: `${topic.getAtt('TopicName')} in ${Aws.REGION} of ${stack.account}`,
      Late: Lazy.string({ produce: () => stack.stackName }),
    },
  });
  new CfnOutput(stack, 'Output', { value: Aws.PARTITION });
  app.synth();
  return { app: new WeakRef(app), template: readFileSync(join(folder, 'Stack.template.json'), 'utf8') };
}

/** So often V8 is asked: what a call under way or code that was just optimised still holds is free a little later. */
const COLLECTIONS = 20;

it('lets an app be garbage that the CDK would keep', async () => {
  const kept = made();
  const gone = lettingGo(made);
  // What is kept has to outlive what frees the other: to collect twenty times the heap of a worker with all that it shares takes long.
  for (let n = 0; n < COLLECTIONS && gone.app.deref() !== undefined; n++) {
    await later(0);
    collectAll();
  }
  expect(gone.app.deref()).toBeUndefined();
  await later(0);
  collectAll();
  expect(kept.app.deref()).toBeDefined();
});

it('makes the next app as the one before, with what is of no app', () => {
  const [first, second] = [lettingGo(made), lettingGo(made)];
  expect(second.template).toBe(first.template);
  expect(second.template).toContain('"AWS::Region"');
});

it('leaves what was there before to those who hold it', () => {
  const stack = new Stack(new App({ outdir: folder, analyticsReporting: false }), 'Earlier');
  const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  const { ref } = topic;
  lettingGo(made);
  expect(topic.ref).toBe(ref);
  expect(stack.resolve(ref)).toEqual({ Ref: 'Topic' });
});
