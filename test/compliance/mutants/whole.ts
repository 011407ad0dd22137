/** Changes that checks must find: of an account or an assembly as a whole. */
import type { JudgedAssembly } from '../../../lib/compliance/check';
import { type Json, withFile, withRegister } from '../judged-sample';
import { add, of } from '../template-edits';
import { writing } from './mutant';
import { ALARM, DWP, FUNCTION } from './sample-parts';

const { mutant, mutants, on, other } = writing();

on('TPL-DETECT', DWP);
mutant('GuardDuty is off', (t) => add(t, 'AWS::GuardDuty::Detector', { Enable: false }));
on('TPL-DETECT', 'Access-analyzer');
mutant('an analyzer of one account', (t) => {
  of(t, 'AWS::AccessAnalyzer::Analyzer').Type = 'ACCOUNT';
});

on('TPL-REGION', DWP);
mutant('a resource in another Region', (t) => {
  of(t, ALARM).OKActions = ['arn:aws:sns:us-east-1:100000000011:elsewhere'];
});
mutant('a table in many Regions', (t) => add(t, 'AWS::DynamoDB::GlobalTable', {}));
other('TPL-REGION', 'a stack goes to Ireland', (a) => ({
  ...a,
  stacks: a.stacks.map((each) => (each.name === 'Trail' ? { ...each, region: 'eu-west-1' } : each)),
}));
on('TPL-ISOLATE', DWP);
mutant('a resource of another organisation', (t) => {
  of(t, FUNCTION).Tags[0].Value = 'hmcts';
});
mutant('a resource of nobody', (t) => {
  of(t, FUNCTION).Tags = [];
});
mutant('a value from another stack', (t) => {
  of(t, FUNCTION).Description = { 'Fn::ImportValue': 'elsewhere' };
});
on('TPL-EXTERNAL', DWP);
mutant('an account that nobody registered', (t) => {
  of(t, FUNCTION).Environment.Variables.OTHER = 'arn:aws:iam::999999999999:root';
});
other('TPL-HASH', 'a byte of a template is flipped', (a) => ({
  ...a,
  stacks: a.stacks.map((each) => (each.name === DWP ? { ...each, sha256: '0'.repeat(64) } : each)),
}));
other('TPL-REGISTER', 'the register is another', (a) =>
  withFile(a, /concordat\.json/, (origin) => {
    origin.registerDigest = '0'.repeat(64);
  }),
);
on('TPL-SECRETS', DWP);
mutant('an access key', (t) => {
  of(t, FUNCTION).Description = 'AKIAIOSFODNN7EXAMPLE';
});
mutant('an open parameter', (t) => {
  t.Parameters = { Password: { Type: 'String' } };
});
mutant('a parameter that takes more than the ARN of a key', (t) => {
  t.Parameters = {
    Key: { Type: 'String', AllowedPattern: '^(arn:aws:kms:eu-west-2:100000000002:key/[0-9a-f-]{36}|.*)$' },
  };
});
other('TPL-TERM', 'a stack is not protected', (a) => ({
  ...a,
  stacks: a.stacks.map((each) => (each.name === DWP ? { ...each, terminationProtection: false } : each)),
}));
on('TPL-PERSONAL', DWP);
mutant('a name in a tag', (t) => of(t, FUNCTION).Tags.push({ Key: 'owner', Value: 'Jo Bloggs' }));
mutant('a mailbox in a description', (t) => {
  of(t, FUNCTION).Description = 'ask jo.bloggs@dwp.example';
});
mutant('a National Insurance number in a name', (t) => {
  of(t, ALARM).AlarmDescription = 'QQ 12 34 56 C has AB123456C';
});
/** The agreement that has ended asks for a declaration, some days after its last, and nothing follows it. */
const declaredWithin = (disposeWithin: string) => (a: JudgedAssembly) =>
  withRegister(a, {
    ...a.register,
    agreements: a.register.agreements.map(({ supersedes: _, ...each }) =>
      each.id === 'housing-benefit-pilot'
        ? { ...each, retention: { ...each.retention, disposeWithin } }
        : each,
    ),
  });
other('AGR-DISPOSED', 'a declaration of disposal is late', declaredWithin('P30D'));
const suppressed = (report: Json) => report.pluginReports[0].suppressedViolations[0];
other('TPL-EXCEPT', 'an exception is past its day', (a) =>
  withFile(a, /validation-report/, (r) => {
    suppressed(r).reason = suppressed(r).reason.replace('2028', '2026');
  }),
);
other('TPL-EXCEPT', 'an exception has no owner', (a) =>
  withFile(a, /validation-report/, (r) => {
    suppressed(r).reason = 'Because I say so, and that is enough.';
  }),
);
other('TPL-EXCEPT', 'an exception has a bare rule id', (a) =>
  withFile(a, /validation-report/, (r) => {
    suppressed(r).acknowledgedId = 'AwsSolutions-S1';
  }),
);
other('TPL-EXCEPT', 'a finding is open', (a) =>
  withFile(a, /validation-report/, (r) =>
    r.pluginReports[0].violations.push({ ruleName: 'AwsSolutions-S2' }),
  ),
);
other('TPL-EXCEPT', 'there is no report', (a) => ({
  ...a,
  files: new Map([...a.files].filter(([name]) => name !== 'validation-report.json')),
}));

export const WHOLE = mutants;
