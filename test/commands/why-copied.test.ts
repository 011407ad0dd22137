/** That what `prove` prints under a finding can be copied, and explains that finding. */
import '../proof/proved-once';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { all, type Json } from '../proof/world';
import { synthesised, temporaryFolder } from '../stacks/sample-assembly';
import { run } from './captured-terminal';
import { wordsOf } from './shell-words';

type Resources = Record<string, Json>;

/** The sample on disk with one access point gone, one opened to all times, and one opened to another account. */
function spoilt(): string {
  const folder = temporaryFolder();
  cpSync(synthesised().folder, join(folder, 'spoilt assembly'), { recursive: true });
  const file = join(folder, 'spoilt assembly', 'Organisation-dwp.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Resources };
  const [[gone = ''] = [], [, timeless] = [], [, shared] = []] = Object.entries(template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::S3::AccessPoint',
  );
  delete template.Resources[gone];
  delete timeless?.Properties.Policy.Statement[0]?.Condition?.DateLessThan;
  const [first] = shared?.Properties.Policy.Statement ?? [];
  if (first === undefined) throw new Error('there is no third access point');
  shared?.Properties.Policy.Statement.push({
    ...first,
    Sid: 'Rogue',
    Principal: { AWS: 'arn:aws:iam::100000000023:root' },
    Condition: {},
  });
  for (const { Properties } of all(template.Resources, 'AWS::SQS::Queue').slice(0, 1))
    (Properties as unknown as { MessageRetentionPeriod: number }).MessageRetentionPeriod = 60;
  writeFileSync(file, JSON.stringify(template));
  return folder;
}

test('a reader gets from what prove prints to why, by copying the last line of a finding', async () => {
  const folder = spoilt();
  const proven = await run(['prove', '--assembly', 'spoilt assembly'], folder);
  expect(proven.code).toBe(EXIT.findings);
  const findings = proven.out
    .split('\n\n')
    .map((each) => each.split('\n'))
    .filter(([head = '']) => /^(?:extra|missing|not judged|set otherwise): /.test(head));
  expect(findings.length).toBeGreaterThan(3);
  const words = wordsOf(findings.map((lines) => lines.at(-1) ?? ''));
  for (const [n, lines] of findings.entries()) {
    const [, , ...args] = words[n] ?? [];
    const { code, out } = await run(args, folder);
    expect(out).toContain(`${lines.slice(0, -1).join('\n')}\n`);
    // A reader who lacks one of its access points may still read by another.
    if (args.includes('--finding')) expect(code).toBe(EXIT.findings);
    if (args.includes('--as')) expect(code).toBe(lines[0]?.startsWith('extra') ? EXIT.clean : EXIT.findings);
  }
  const kinds = new Set(findings.map(([head = '']) => head.split(':')[0]));
  expect([...kinds].sort()).toEqual(['extra', 'missing', 'set otherwise']);
  const unknown = await run(['why', '--finding', '0123456789ab', '--assembly', 'spoilt assembly'], folder);
  expect([unknown.code, unknown.err]).toEqual([
    EXIT.usage,
    expect.stringContaining('this assembly has no finding 0123456789ab'),
  ]);
});
