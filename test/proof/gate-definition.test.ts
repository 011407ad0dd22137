/** That the definition by which the release gate goes on is what it is to be, in whatever words, and nothing besides. */
import { worldOf } from '../../lib/assembly';
import { settingFindings } from '../../lib/proof/settings/settings';
import { changed } from './world';

// biome-ignore lint/suspicious/noExplicitAny: a definition is whatever an edit makes of it
type Definition = any;

const found = (edit: (definition: Definition) => unknown) =>
  foundIn((text) => {
    const definition: Definition = JSON.parse(text);
    return JSON.stringify(edit(definition) ?? definition);
  });

const foundIn = (edit: (text: string) => string) => {
  const world = worldOf(
    changed('Organisation-dwp', (resources) => {
      const machine = Object.values(resources).find(
        ({ Type }) => Type === 'AWS::StepFunctions::StateMachine',
      );
      const properties = machine?.Properties as unknown as { DefinitionString: string };
      properties.DefinitionString = edit(properties.DefinitionString);
    }),
  );
  return settingFindings(world, new Set(['100000000011'])).map(
    (each) => 'path' in each && each.path.join('.'),
  );
};

test.each<[string, (definition: Definition) => unknown]>([
  [
    'ends after a second',
    (d) => {
      d.TimeoutSeconds = 1;
    },
  ],
  [
    'gives a call a second',
    (d) => {
      d.States.GoOn.TimeoutSeconds = 1;
    },
  ],
  [
    'tries once',
    (d) => {
      delete d.States.GoOn.Retry;
    },
  ],
  [
    'tries again less often',
    (d) => {
      d.States.GoOn.Retry[0].MaxAttempts = 1;
    },
  ],
  [
    'waits ever longer before it tries again',
    (d) => {
      d.States.GoOn.Retry[0].BackoffRate = 30;
    },
  ],
  [
    'waits for a year before it tries again',
    (d) => {
      d.States.GoOn.Retry[0].IntervalSeconds = 31_536_000;
    },
  ],
  [
    'tries again for some failures alone',
    (d) => {
      d.States.GoOn.Retry[0].ErrorEquals = ['States.Timeout'];
    },
  ],
  [
    'is done when a call fails',
    (d) => {
      d.States.GoOn.Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Done' }];
    },
  ],
  [
    'waits for no answer',
    (d) => {
      d.States.GoOn.Parameters.InvocationType = 'Event';
    },
  ],
  [
    'calls another version',
    (d) => {
      d.States.GoOn.Parameters.Qualifier = '1';
    },
  ],
  [
    'begins at its end',
    (d) => {
      d.StartAt = 'Done';
    },
  ],
  [
    'is done whatever is answered',
    (d) => {
      d.States.IsDone.Default = 'Done';
    },
  ],
  [
    'goes on once it is done',
    (d) => {
      d.States.IsDone.Choices[0].BooleanEquals = false;
    },
  ],
  [
    'does something besides',
    (d) => {
      d.States.More = { Type: 'Pass', End: true };
    },
  ],
  [
    'says what it is called with by itself',
    (d) => {
      d.States.GoOn.Parameters['Payload.$'] = '$.none';
    },
  ],
  ['is no definition', () => 'nothing'],
])('one that %s is found', (_what, edit) => {
  expect(found(edit)).toEqual(['DefinitionString']);
});

test('one that says a thing twice is found: which of the two Step Functions takes is not known', () => {
  expect(foundIn((text) => text.replace('{', '{"StartAt":"Elsewhere",'))).toEqual(['DefinitionString']);
});

test('other names, other words and more patience are as good', () => {
  const reworded = (d: Definition) => {
    d.Comment = 'other words';
    d.States.GoOn.Retry[0].MaxAttempts = 9;
    return JSON.parse(JSON.stringify(d).replaceAll('"GoOn"', '"Check"').replaceAll('"Done"', '"End"'));
  };
  expect(found(reworded)).toEqual([]);
});
