/** That each finding of `prove` comes with a command, and that the command says the same of the same request. */
import { stackSetTemplate, worldOf } from '../../lib/assembly';
import { REQUEST_OPTIONS, requestIn, whyCommand } from '../../lib/commands/access/why-request';
import { readValues } from '../../lib/commands/command-line';
import {
  explainedLines,
  explainFinding,
  explainRequest,
  findingId,
  findingsOf,
  linesOf,
  prove,
} from '../../lib/proof';
import { all, changed, type Document, type Json } from '../proof/world';
import { wordsOf } from './shell-words';

type Resources = Record<string, Json>;

const DWP = '100000000011';
const FAR = '100000000002';
const keep = (effect: string) => (document: Document) => {
  document.Statement = document.Statement.filter(({ Effect }) => Effect === effect);
};
const keys = (change: (document: Document) => void) => (resources: Resources) => {
  for (const { Properties } of all(resources, 'AWS::KMS::Key')) change(Properties.KeyPolicy);
};
const buckets = (change: (document: Document) => void) => (resources: Resources) => {
  for (const { Properties } of all(resources, 'AWS::S3::BucketPolicy')) change(Properties.PolicyDocument);
};
const points = (change: (document: Document) => void) => (resources: Resources) => {
  for (const { Properties } of all(resources, 'AWS::S3::AccessPoint')) change(Properties.Policy);
};

/** What is broken, where, and in whose account the proof then asks. */
const BROKEN: readonly (readonly [what: string, stack: string, account: string, (r: Resources) => void])[] = [
  ['a key without denials', 'Organisation-dwp', DWP, keys(keep('Allow'))],
  ['a bucket that gives nothing', 'Organisation-dwp', DWP, buckets(keep('Deny'))],
  ['a bucket without denials', 'Organisation-dwp', DWP, buckets(keep('Allow'))],
  [
    'access points without conditions',
    'Organisation-dwp',
    DWP,
    points(({ Statement: [first] }) => {
      if (first) delete first.Condition;
    }),
  ],
  [
    'a condition that is not known',
    'Organisation-dwp',
    DWP,
    points(({ Statement: [first] }) => {
      if (first) first.Condition = { StringMatchesMoonPhase: { 'aws:CurrentTime': 'full' } };
    }),
  ],
  [
    'no access points',
    'Organisation-dwp',
    DWP,
    (resources) => {
      for (const [id, { Type }] of Object.entries(resources))
        if (Type === 'AWS::S3::AccessPoint') delete resources[id];
    },
  ],
  [
    'roles that the whole account takes on',
    'Organisation-dwp',
    DWP,
    (resources) => {
      for (const { Properties } of all(resources, 'AWS::IAM::Role'))
        delete Properties.AssumeRolePolicyDocument.Statement[0]?.Condition;
    },
  ],
  ['the operator’s buckets without denials', 'Zone', FAR, buckets(keep('Allow'))],
  ['the operator’s keys that give nothing', 'Zone', FAR, keys(keep('Deny'))],
];

test.each(BROKEN)('%s: each command gives the finding again', (what, stack, account, change) => {
  const world = worldOf(changed(stack, change));
  const { awsOrganizationId } = world.register.zone;
  const found = findingsOf(prove(world, new Set([account])));
  const explained = found.flatMap((finding) => {
    // What no request shows is asked for below.
    return 'asker' in finding
      ? [{ finding, command: whyCommand(finding, undefined, awsOrganizationId) }]
      : [];
  });
  expect([what, explained.length > 3]).toEqual([what, true]);
  const words = wordsOf(explained.map(({ command }) => command));
  explained.forEach(({ finding, command }, n) => {
    const [npx, concordat, why, ...args] = words[n] ?? [];
    expect([npx, concordat, why]).toEqual(['npx', 'concordat', 'why']);
    // Without a request there is no access point to ask: these are asked for below, as they are typed.
    if (!('request' in finding) || finding.request === undefined) return;
    const request = requestIn(readValues({ name: 'why', words: {}, options: REQUEST_OPTIONS }, args));
    if (request === undefined) throw new Error(`no request in ${command}`);
    const answer = explainRequest(world, request);
    if (answer.kind === 'not in the assembly') throw new Error(`${answer.what} of ${command}`);
    expect(linesOf(answer)).toEqual(linesOf(finding));
  });
});

const inBody = (change: (inner: Resources) => void) => (resources: Resources) => {
  for (const { Properties } of all(resources, 'AWS::CloudFormation::StackSet')) {
    const properties = Properties as unknown as { TemplateBody: string };
    const body = stackSetTemplate(properties.TemplateBody) as { Resources: Resources };
    change(body.Resources);
    properties.TemplateBody = JSON.stringify(body);
  }
};
const roles = (change: (properties: Json['Properties']) => void) => (resources: Resources) => {
  for (const { Properties } of all(resources, 'AWS::IAM::Role')) change(Properties);
};
const guardrails = (change: (document: Document) => void) => (resources: Resources) => {
  for (const { Properties } of all(resources, 'AWS::Organizations::Policy'))
    change((Properties as unknown as { Content: Document }).Content);
};

/** What no request to a bucket, key or role shows, and what its explanation says besides the finding. */
const BESIDE: readonly (readonly [what: string, stack: string, (r: Resources) => void, RegExp])[] = [
  [
    'rights beyond a purpose',
    'Organisation-dwp',
    roles(({ Policies }) =>
      Policies?.[0]?.PolicyDocument.Statement.push({
        Sid: 'Rogue',
        Effect: 'Allow',
        Action: ['lambda:UpdateFunctionCode'],
        Resource: '*',
      }),
    ),
    /it stands in Organisation-dwp\.template\.json at Resources\.[\s\S]*"Sid":"Rogue"[\s\S]*with its boundary, it is/,
  ],
  [
    'rights that are missing',
    'Zone',
    roles((properties) => {
      properties.Policies = [];
    }),
    /in that service it is there for:\n {2}\S+/,
  ],
  [
    'things that are not made, or set otherwise',
    'Organisation-dwp',
    (resources) => {
      for (const [id, each] of Object.entries(resources)) {
        if (each.Type === 'AWS::SQS::Queue') delete resources[id];
        if (each.Type === 'AWS::Lambda::Function')
          (each.Properties as unknown as { Timeout: number }).Timeout = 1;
      }
    },
    /at Resources\.\w+\.Properties\.Timeout\n {2}1\n[\s\S]*of that type, in that account, there is made:/,
  ],
  [
    'guardrails that refuse less',
    'Guardrails',
    guardrails((document) => document.Statement.splice(0, 2)),
    /the guardrails of this assembly are concordat-/,
  ],
  [
    'a baseline that lets others in',
    'Baseline',
    inBody((inner) => {
      for (const { Properties } of all(inner, 'AWS::IAM::Role'))
        for (const each of Properties.AssumeRolePolicyDocument.Statement) each.Principal = { AWS: '*' };
    }),
    /it stands in Baseline\.template\.json at Resources\.\w+\.Properties\.TemplateBody: Resources\./,
  ],
  [
    'a type that is not understood',
    'Organisation-dwp',
    (resources) => {
      resources.Door = { Type: 'AWS::S3::MultiRegionAccessPoint', Properties: {} } as unknown as Json;
    },
    /it stands in Organisation-dwp\.template\.json at Resources\.Door/,
  ],
];

/** Where guardrails and baseline need not be asked. */
const ONLY = new Map([
  ['Organisation-dwp', new Set([DWP])],
  ['Zone', new Set([FAR])],
]);

test.each(BESIDE)(
  '%s: each finding has a number, by which why explains it',
  (what, stack, change, expected) => {
    const assembly = changed(stack, change);
    const world = worldOf(assembly);
    const found = findingsOf(prove(world, ONLY.get(stack), { besidesAccess: true }));
    expect([what, found.length > 0]).toEqual([what, true]);
    const told = found.map((finding) => {
      const id = /--finding ([0-9a-f]{12})$/.exec(whyCommand(finding, undefined, ''))?.[1] ?? '';
      expect(id).toBe(findingId(finding));
      const explained = explainFinding(finding, assembly, world);
      expect(JSON.parse(JSON.stringify(explained.facts))).toHaveLength(explained.facts.length);
      return explainedLines(explained).join('\n');
    });
    expect(told.some((each) => expected.test(each)) || told.slice(0, 2)).toBe(true);
  },
);
