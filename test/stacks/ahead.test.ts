/** That a check of ours that fails of itself fails the synth, in its turn or before it, and that none is carried out twice. */
import { App, type IPolicyValidationContext, Stack, Validations } from 'aws-cdk-lib';
import { findingsOf, openAssembly } from '../../lib/assembly';
import { Ahead } from '../../lib/stacks/ahead';
import { temporaryFolder } from './sample-assembly';

const FAILS_SYNTH = '@aws-cdk/core:failSynthOnValidationErrors';

/** A check that comes to a fault of its own each time that it is carried out, as often as `times` tells. */
function faulty(): { readonly check: Ahead; readonly times: () => number } {
  let times = 0;
  const check = new Ahead({
    name: 'Concordat-Faulty',
    validate: () => {
      times += 1;
      throw new Error(`nothing is known of stack ${times}`);
    },
  });
  return { check, times: () => times };
}

/** Synthesises an app of one stack with a check, which is begun before its turn where that is asked for. */
function synthesisedWith(check: Ahead, begun: boolean, failsSynth: boolean): string {
  const folder = temporaryFolder();
  const app = new App({ outdir: folder, analyticsReporting: false, context: { [FAILS_SYNTH]: failsSynth } });
  new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-2' } });
  const before = {
    name: 'before',
    validate: (context: IPolicyValidationContext) => {
      if (begun) check.begin(context);
      return { success: true, violations: [] };
    },
  };
  Validations.of(app).addPlugins(before, check);
  app.synth();
  return folder;
}

describe.each([
  ['in its turn', false, 1],
  ['before its turn, and again in it,', true, 2],
])('a check that fails of itself %s', (_when, begun, times) => {
  it('is a finding of the synth, as an error with its words', () => {
    const failing = faulty();
    const { open } = findingsOf(openAssembly(synthesisedWith(failing.check, begun, false)));
    expect(failing.times()).toBe(times);
    expect(open).toEqual([
      expect.objectContaining({
        severity: 'error',
        rule: expect.stringContaining('Concordat-Faulty'),
        description: expect.stringContaining(`nothing is known of stack ${times}`),
      }),
    ]);
  });

  it('ends the synth of an app that tells its findings by itself', () => {
    expect(() => synthesisedWith(faulty().check, begun, true)).toThrow(
      `'Concordat-Faulty' failed: nothing is known of stack ${times}`,
    );
  });
});

it('is not carried out again where it was begun, and what it found then stands in the report', () => {
  let times = 0;
  const check = new Ahead({
    name: 'Concordat-Once',
    validate: () => {
      times += 1;
      const violatingResources = [{ constructPath: 'Stack', locations: [] }];
      return {
        success: false,
        violations: [
          { ruleName: 'Seen', description: `Seen ${times} times.`, severity: 'error', violatingResources },
        ],
      };
    },
  });
  const { open } = findingsOf(openAssembly(synthesisedWith(check, true, false)));
  expect(open.map(({ rule, description, constructPath }) => [rule, description, constructPath])).toEqual([
    ['Concordat-Once::Seen', 'Seen 1 times.', 'Stack'],
  ]);
});
