/** That a plan tells what is taken from a guardrail, or given to a role of the baseline, as wider. */
import { stackSetTemplate } from '../../lib/assembly';
import { planOf } from '../../lib/plan/plan';
import { type Side, sideOf } from '../../lib/plan/side';
import { sectionsOf, wideningsIn } from '../../lib/plan/words/sections';
import type { Told } from '../../lib/plan/words/told';
import { markedText } from '../../lib/words';
import { changed, find, type Loose, unproven } from './pair';

type Resources = Record<string, Loose>;
interface Content {
  Statement: { Sid?: string; Action?: string | string[]; NotAction?: string | string[] }[];
}

const POLICY = 'AWS::Organizations::Policy';
const was = unproven();
const side = (stack: string, change: (resources: Resources) => void): Side =>
  sideOf(changed(was.source, stack, change), new Set());
const told = (before: Side, after: Side) => {
  const sections = sectionsOf(planOf(before, after));
  const inText = (each: Told) => ({
    ...each,
    sentence: markedText(each.sentence),
    more: each.more.map(markedText),
  });
  return {
    all: sections.flatMap((each) => each.told).map(inText),
    widens: wideningsIn(sections).map(inText),
  };
};
const perimeter = (resources: Resources) => find(resources, POLICY, '"concordat-perimeter"')[1].Properties;
const inStackSet = (resources: Resources, change: (inner: Resources) => void) => {
  const { Properties } = find(resources, 'AWS::CloudFormation::StackSet')[1];
  const body = stackSetTemplate(String(Properties.TemplateBody)) as { Resources: Resources };
  change(body.Resources);
  Properties.TemplateBody = JSON.stringify(body);
};

test('a guardrail that is taken off a unit widens; put back on it does not', () => {
  const off = side('Guardrails', (resources) => {
    perimeter(resources).TargetIds = [];
  });
  expect(told(was, off).widens).toMatchObject([
    {
      sentence: 'The guardrail `concordat-perimeter` changes',
      more: ['It no longer holds the accounts of ou-abcd-canary00.'],
    },
  ]);
  const back = told(off, was);
  expect(back.widens).toEqual([]);
  expect(back.all).toMatchObject([{ more: ['It now holds the accounts of ou-abcd-canary00.'] }]);
});

test('a guardrail that goes widens; a new one does not', () => {
  const gone = side('Guardrails', (resources) => {
    delete resources[find(resources, POLICY, '"concordat-perimeter"')[0]];
  });
  expect(told(was, gone).widens).toMatchObject([{ sentence: 'The guardrail `concordat-perimeter` goes' }]);
  expect(told(gone, was).widens).toEqual([]);
});

test('every guardrail that loses or changes a statement widens; one that gains a statement does not', () => {
  const less = side('Guardrails', (resources) => {
    (perimeter(resources).Content as Content).Statement.pop();
  });
  expect(told(was, less).widens).toMatchObject([
    {
      more: [
        'Statements change or go, so it may deny less: `DenyTlsBelowOnePointTwo`. This is not judged: compare them in `Guardrails.template.json` of both assemblies.',
      ],
    },
  ]);
  const more = told(less, was);
  expect([more.all.length, more.widens]).toEqual([1, []]);
  const block = side('Guardrails-s3', (resources) => {
    find(resources, POLICY, 'concordat-block-public-access')[1].Properties.Content = {};
  });
  expect(told(was, block).widens).toHaveLength(1);
});

test('what a guardrail held nowhere loses, nobody gains', () => {
  const nowhere = (change: (properties: Loose['Properties']) => void) =>
    side('Guardrails', (resources) => {
      perimeter(resources).TargetIds = [];
      change(perimeter(resources));
    });
  const less = nowhere((properties) => {
    (properties.Content as Content).Statement.pop();
  });
  const { all, widens } = told(
    nowhere(() => {}),
    less,
  );
  expect([all.length, widens]).toEqual([1, []]);
});

test('of a role of the baseline, the statements that change are named, and where they are', () => {
  const wider = side('Baseline', (resources) =>
    inStackSet(resources, (inner) => {
      const { Policies } = find(inner, 'AWS::IAM::Role', '"MakesS3"')[1].Properties;
      const [execution] = Policies as [{ readonly PolicyDocument: Content }];
      for (const each of execution.PolicyDocument.Statement)
        if (each.Sid === 'MakesS3') each.Action = ['s3:*'];
    }),
  );
  expect(told(was, wider).widens).toMatchObject([
    {
      more: [
        'Statements change: `MakesS3`. What it may do is not judged: compare it in the TemplateBody of `Baseline.template.json` of both assemblies.',
      ],
    },
  ]);
});

test('a role of the baseline that comes or changes widens; one that goes does not', () => {
  const longer = side('Baseline', (resources) =>
    inStackSet(resources, (inner) => {
      for (const each of Object.values(inner))
        if (each.Type === 'AWS::IAM::Role') each.Properties.MaxSessionDuration = 43_200;
    }),
  );
  expect(told(was, longer).widens.length).toBeGreaterThan(2);
  const without = side('Baseline', (resources) =>
    inStackSet(resources, (inner) => {
      const [id] = Object.entries(inner).find(([, { Type }]) => Type === 'AWS::IAM::Role') ?? [''];
      delete inner[id];
    }),
  );
  expect(told(without, was).widens).toMatchObject([{ mark: '+' }]);
  expect(told(was, without).all).toMatchObject([
    { mark: '-', widens: false },
    // The rest of the body is listed as not judged.
    { mark: '~', widens: false, sentence: expect.stringContaining('in `TemplateBody`') },
  ]);
});
