/** `concordat acknowledgements`: lists every acknowledged finding with its reason, owner and review date. */
import { Stack } from 'aws-cdk-lib';
import { type Acknowledgement, acknowledgementsIn } from '../../compliance/packs';
import { dayWords } from '../../register/calendar';
import { addLandingZone } from '../../stacks';
import { count, plural } from '../../words';
import { command } from '../command';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT } from '../terminal';
import { JSON_OPTION, REGISTER_OPTIONS } from '../vocabulary';
import { inPassing } from './assemble';
import { synthApp } from './synth-app';

/** One acknowledgement with every resource that it stands on. */
interface Listed extends Acknowledgement {
  readonly resources: readonly string[];
}

export const acknowledgements = command({
  name: 'acknowledgements',
  words: {},
  options: { ...REGISTER_OPTIONS, ...JSON_OPTION },
  example: 'npx concordat acknowledgements',
  run: (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    return inPassing((outdir) => {
      const app = synthApp(outdir);
      addLandingZone(app, register, input.asOf);
      const listed = group(app);
      terminal.out(values.json ? json(listed) : listed.map((each) => text(each, input.asOf)).join('\n'));
      const past = listed.filter((each) => each.review < input.asOf);
      const places = listed.reduce((sum, each) => sum + each.resources.length, 0);
      terminal.err(
        `\n${plural(listed.length, 'acknowledgement')} on ${plural(places, 'resource')}; ${count(past.length)} past their review as of ${dayWords(input.asOf)}.\n`,
      );
      return past.length === 0 ? EXIT.clean : EXIT.findings;
    });
  },
});

/** Acknowledgements that differ only in the resource that a finding names are one. */
function group(app: ReturnType<typeof synthApp>): Listed[] {
  const groups = new Map<string, Listed & { resources: string[] }>();
  for (const { rule, reason, owner, review, resource } of acknowledgementsIn(app)) {
    const key = JSON.stringify([rule, reason, owner, review]);
    const place = `${Stack.of(resource).stackName}/${resource.logicalId}`;
    const listed = groups.get(key) ?? { rule, reason, owner, review, resources: [] };
    listed.resources.push(String(Stack.of(resource).resolve(place)));
    groups.set(key, listed);
  }
  return [...groups.values()].sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
}

function text({ rule, reason, owner, review, resources }: Listed, asOf: string): string {
  const [first = '', ...more] = resources;
  return [
    rule,
    `  reason: ${reason}`,
    `  owner:  ${owner}`,
    `  review: ${dayWords(review)}${review < asOf ? ' (past)' : ''}`,
    `  on:     ${first}${more.length > 0 ? ` and ${more.length} more like it` : ''}`,
    '',
  ].join('\n');
}

function json(listed: readonly Listed[]): string {
  return `${JSON.stringify({ form: 'concordat-acknowledgements/v1', acknowledgements: listed }, null, 2)}\n`;
}
