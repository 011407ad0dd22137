/**
 * That no guardrail denies one action and leaves out its sister: each write action that AWS’s service authorization reference
 * lists for a resource that a guardrail protects is denied, or let be with a reason. An action that AWS adds has neither, and
 * fails here.
 */
import { guardrails } from '../../../lib/policy/guardrails/guardrails';
import { iamMatches } from '../iam-glob';
import { registerOf } from '../sample-register';
import { ask, compiled } from './asking';
import type { Protected } from './protected';
import { writesOf } from './reference';
import { ACCOUNT_VERDICTS } from './verdicts-accounts';
import { DATA_VERDICTS } from './verdicts-data';
import { FUNCTION_VERDICTS } from './verdicts-functions';

const PROTECTED = [...DATA_VERDICTS, ...FUNCTION_VERDICTS, ...ACCOUNT_VERDICTS];

const asked = compiled(guardrails(registerOf().zone, []).filter(({ name }) => !name.includes('-custody-')));

const nameOf = (action: string) => action.slice(action.indexOf(':') + 1);
const reasonsFor = (action: string, { let: reasons }: Protected) =>
  Object.keys(reasons).filter((pattern) => iamMatches(pattern, nameOf(action)));

/** What an administrator may do to it, among all that writes. */
async function openOn(each: Protected): Promise<{ readonly open: string[]; readonly all: number }> {
  const { kind, who, resource, context } = each;
  const writes = (await writesOf(kind[0])).get(kind[1]) ?? [];
  const open = writes.filter((action) => ask(asked, [who, action, resource, context]).verdict === 'allowed');
  return { open, all: writes.length };
}

const CASES = PROTECTED.map((each) => [`${each.kind.join(' ')} ${each.resource}`, each] as const);

it.each(CASES)('%s: every write action is denied or has a reason', async (_name, each) => {
  const { open, all } = await openOn(each);
  expect(all).toBeGreaterThan(0);
  expect(open.filter((action) => reasonsFor(action, each).length === 0)).toEqual([]);
});

it.each(CASES)('%s: no reason stands for nothing, and a pattern stands for a family', async (_name, each) => {
  const { open } = await openOn(each);
  const idle = Object.keys(each.let).filter((pattern) => {
    const stoodFor = open.filter((action) => iamMatches(pattern, nameOf(action)));
    return stoodFor.length < (pattern.includes('*') ? 2 : 1);
  });
  expect(idle).toEqual([]);
});

it('looks at every service that a guardrail names one of its own resources of, or its record', () => {
  const looked = new Set(PROTECTED.map(({ kind }) => kind[0]));
  const named = guardrails(registerOf().zone, [])
    .filter(({ type }) => type === 'SERVICE_CONTROL_POLICY')
    .flatMap(({ content }) => ('Statement' in content ? content.Statement : []))
    .flatMap((statement) => ('Resource' in statement && statement.Resource !== '*' ? statement.Resource : []))
    .map((arn) => String(arn.split(':')[2]));
  expect([...new Set(named)].filter((service) => !looked.has(service))).toEqual([]);
  for (const service of ['access-analyzer', 'account', 'cloudtrail', 'config', 'guardduty', 'organizations'])
    expect([service, looked.has(service)]).toEqual([service, true]);
});

it('sees an action that AWS adds', async () => {
  const topic = PROTECTED.find(({ kind }) => kind.join(' ') === 'sns topic') as Protected;
  expect(reasonsFor('sns:AnActionOfTomorrow', topic)).toEqual([]);
  const none = compiled([]);
  const writes = (await writesOf('sns')).get('topic') ?? [];
  const open = writes.filter((action) => ask(none, ['administrator', action, '*']).verdict === 'allowed');
  expect(open.filter((action) => reasonsFor(action, topic).length === 0).length).toBeGreaterThan(5);
});
