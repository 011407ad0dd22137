/** That a role which a service of AWS works as, and no longer may, is missing: what nobody names any more is asked about too. */
import { worldOf } from '../../lib/assembly';
import { prove } from '../../lib/proof/prove';
import { changed, type Json, type Statement, sample } from './world';

const STACK = 'Organisation-dwp';
const account = sample().stacks.find(({ name }) => name === STACK)?.account ?? '';

const isOfService = ({ Effect, Principal }: Statement) =>
  Effect === 'Allow' && typeof Principal === 'object' && Principal !== null && 'Service' in Principal;

/** The roles whose trust names a service, by their names. */
const roles = Object.values(sample().stacks.find(({ name }) => name === STACK)?.resources ?? {}).flatMap(
  (each) => {
    const { Type, Properties } = each as unknown as Json;
    const isTrusted =
      Type === 'AWS::IAM::Role' && Properties.AssumeRolePolicyDocument.Statement.some(isOfService);
    return isTrusted ? [Properties.RoleName] : [];
  },
);

it('has such roles', () => {
  const names = ['malware-scan', 'grant-broker', 'release-gate', 'gate-machine'];
  expect(roles).toEqual(names.map((each) => `concordat-${each}`));
});

it.each(roles)('%s', (name) => {
  const edited = changed(STACK, (resources) => {
    for (const { Type, Properties } of Object.values(resources))
      if (Type === 'AWS::IAM::Role' && Properties.RoleName === name) {
        const { AssumeRolePolicyDocument: trust } = Properties;
        trust.Statement = trust.Statement.filter((each) => !isOfService(each));
      }
  });
  const missing = prove(worldOf(edited), new Set([account])).differences.filter(
    ({ kind, question }) => kind === 'missing' && question.target.arn.endsWith(`/${name}`),
  );
  expect(missing.map(({ question }) => question.asker.caller.type)).toContain('service');
});
