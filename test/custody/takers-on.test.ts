/** That whoever is told which roles deploy is told who takes them on, where a StackSet of the templates makes those roles. */
import { type Baseline, baselinesIn, openAssembly } from '../../lib/assembly';
import { custodyStatement, pageDocument, statementJson, statementPages } from '../../lib/custody';
import { stackDeployers } from '../../lib/custody/takers-on';
import { changeSection } from '../../lib/custody/words/change-and-end';
import { documentText, markedText } from '../../lib/words';
import { sampleFolder } from '../stacks/sample-assembly';

const sample = openAssembly(sampleFolder());
const statement = custodyStatement(sample);
const [first] = statement.keys;
if (first === undefined) throw new Error('the sample has keys');

test('the page and its JSON say whom the roles that deploy trust', () => {
  const page = statementPages(statement)[0];
  const text = page && documentText(pageDocument(page)).replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    `${first.deployers.asks} is taken on by: The role deployment of account 100000000003, only if the call does not state an external id.`,
  );
  expect(text).toContain(
    `${first.deployers.deploys} is taken on by: The AWS service cloudformation.amazonaws.com.`,
  );
  const { keys } = JSON.parse(statementJson(statement)) as { keys: { deployers: unknown }[] };
  expect(JSON.stringify(keys[0]?.deployers)).toContain('the role `deployment` of account 100000000003');
});

test('whoever else is let take such a role on is told of, and where no StackSet makes it, that is', () => {
  const [baseline] = baselinesIn(sample.stacks);
  if (baseline === undefined) throw new Error('the sample has a baseline');
  const told = (baselines: readonly Baseline[]) =>
    (
      changeSection(
        { ...first, deployers: stackDeployers(sample.deployers.get(first.stack) ?? {}, first, baselines) },
        statement.accounts,
      ).items ?? []
    )
      .map((each) => (typeof each === 'object' && 'text' in each ? each : { text: each, more: [] }))
      .flatMap(({ text, more = [] }) => [text, ...more])
      .map(markedText)
      .join(' ');
  const other = { ...baseline, ...withStranger(baseline) };
  expect(told([other])).toContain('the role `stranger` of account 210987654321');
  expect(told([baseline])).not.toContain('stranger');
  expect(told([])).toContain('settled when the account was prepared for deployment: ask for their trust');
});

/** The baseline, whose roles all trust somebody else as well. */
function withStranger({ resources }: Baseline): Pick<Baseline, 'resources'> {
  const text = JSON.stringify(resources).replaceAll(
    '"arn:aws:iam::100000000003:role/deployment"',
    '"arn:aws:iam::100000000003:role/deployment","arn:aws:iam::210987654321:role/stranger"',
  );
  return { resources: JSON.parse(text) as Baseline['resources'] };
}
