/** A part of the sample’s assembly as the checks judge it, and changes of it in memory. */

import type { JudgedAssembly } from '../../lib/compliance/check';
import { judgeAll } from '../../lib/compliance/checks';
import { judgedOf, judgedStack } from '../../lib/compliance/judged';
import { canonicalRegister, digestOf } from '../../lib/register/canonical';
import { directionsOf } from '../../lib/register/parties';
import { synthesised } from '../stacks/sample-assembly';

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever a mutant makes of it
export type Json = any;

/** Owners of every kind of custody, one with an external recipient, the external’s own stack, and the operator’s. */
const PART = [
  'Zone',
  'Trail',
  'Access-analyzer',
  ...['dwp', 'surrey', 'leeds-hospitals', 'hmcts', 'example-routing'].map((id) => `Organisation-${id}`),
];

/** A report in which one finding was set aside, as CDK writes it. */
const REPORT = {
  pluginReports: [
    {
      pluginName: 'AwsSolutions',
      violations: [],
      suppressedViolations: [
        {
          ruleName: 'AwsSolutions-S1',
          acknowledgedId: 'AwsSolutions::AwsSolutions-S1',
          reason: 'Every request is recorded by CloudTrail. Owner: Zone security lead. Review by 2028-03-31.',
        },
      ],
    },
  ],
};

/** The whole sample. */
export function wholeSample(): JudgedAssembly {
  const whole = judgedOf(synthesised().assembly);
  return { ...whole, files: new Map([...whole.files, ['validation-report.json', REPORT]]) };
}

/** The part of it that mutants change: small, so that each is judged fast. */
export function partOf(whole: JudgedAssembly): JudgedAssembly {
  const stacks = whole.stacks.filter(({ name }) => PART.includes(name));
  const accounts = new Set(stacks.map(({ account }) => account));
  const owners = whole.register.organisations
    .filter(({ account }) => accounts.has(account))
    .map(({ id }) => id);
  const agreements = whole.register.agreements.filter((each) =>
    directionsOf(each).some(({ owner }) => owners.includes(owner)),
  );
  const files = new Map(
    [...whole.files].filter(
      ([name, list]) => !name.endsWith('grants.json') || accounts.has((list as Json).key.account),
    ),
  );
  return withRegister({ ...whole, stacks, files }, { ...whole.register, agreements });
}

/** With another register, named by its digest. */
export function withRegister(assembly: JudgedAssembly, register: JudgedAssembly['register']): JudgedAssembly {
  const files = new Map(assembly.files);
  files.set('register.json', register);
  files.set('concordat.json', { registerDigest: digestOf(canonicalRegister(register)) });
  return { ...assembly, register, files };
}

/** With one template changed. Its hash stays, as if the assembly had been made so. */
export function withTemplate(
  assembly: JudgedAssembly,
  name: string,
  edit: (template: Json) => void,
): JudgedAssembly {
  let found = false;
  const stacks = assembly.stacks.map((stack) => {
    if (stack.name !== name) return stack;
    found = true;
    const template = structuredClone(stack.template);
    edit(template);
    const { assets, artifact, terminationProtection, sha256 } = stack;
    return judgedStack(
      {
        ...stack,
        bytes: 0,
        resources: (template as Json).Resources,
        ...((template as Json).Parameters && { parameters: (template as Json).Parameters }),
      },
      {
        assets,
        artifact,
        terminationProtection,
        template,
        paths: new Map(),
        text: () => JSON.stringify(template),
        sha256,
      },
    );
  });
  if (!found) throw new Error(`there is no stack ${name}`);
  return { ...assembly, stacks };
}

/** With one other file changed. */
export function withFile(
  assembly: JudgedAssembly,
  file: RegExp,
  edit: (content: Json) => void,
): JudgedAssembly {
  const [name] = [...assembly.files.keys()].filter((each) => file.test(each));
  if (name === undefined) throw new Error(`there is no file ${file}`);
  const content = structuredClone(assembly.files.get(name));
  edit(content);
  return { ...assembly, files: new Map([...assembly.files, [name, content]]) };
}

/** How many judgements of each check fail. */
export function failures(assembly: JudgedAssembly): Map<string, number> {
  return new Map(
    judgeAll(assembly).map(({ check, judgements }) => [
      check.id,
      judgements.filter(({ outcome }) => outcome === 'fail').length,
    ]),
  );
}
