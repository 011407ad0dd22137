/** That whoever is told who holds a key is told who can change the page in which its messages are read, and so needs no key. */
import { openAssembly } from '../../lib/assembly';
import { custodyStatement, pageDocument, statementJson, statementPages } from '../../lib/custody';
import { documentText } from '../../lib/words';
import { letters, MAILBOX, SERVED, SERVES } from '../register/letters';
import type { Edit } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

const statementOf = (edits: readonly Edit[]) =>
  custodyStatement(openAssembly(synthesised({ files: letters(...edits) }).folder));
const told = (statement: ReturnType<typeof statementOf>) =>
  statementPages(statement).map((page) => documentText(pageDocument(page)).replaceAll(/\s+/g, ' '));

test('says of the key of whoever writes there, and of those who write to them, who can change the page', () => {
  const statement = statementOf([...SERVES]);
  expect(statement.keys.map(({ organisation, pages }) => [organisation, pages?.of])).toEqual([
    ['dwp', ['leeds']],
    ['leeds', ['leeds']],
  ]);
  for (const text of told(statement)) {
    expect(text).toContain('People of leeds read and write what this key encrypts in a page that');
    expect(text).toContain('concordat/concordat-page-release');
    expect(text).toMatch(/Taken on by: [^.]*release\/mailbox/);
    expect(text).toMatch(/whoever can deploy the stack .?Zone/);
  }
  const [first] = (JSON.parse(statementJson(statement)) as { keys: { pages: unknown }[] }).keys;
  expect(JSON.stringify(first?.pages)).toContain(SERVED.mayRelease[0]);
});

test('says of a page that an organisation serves itself that no template shows who can change it, and how to look', () => {
  const statement = statementOf([...MAILBOX]);
  expect(statement.keys.map(({ organisation, ownPages }) => [organisation, ownPages?.of])).toEqual([
    ['dwp', ['leeds']],
    ['leeds', ['leeds']],
  ]);
  for (const text of told(statement)) {
    expect(text).toContain('in a page that it serves itself, below');
    expect(text).toContain('No template shows who can: ask leeds who administers the server');
    expect(text).toContain('npx concordat mailbox verify');
  }
  expect(statementJson(statement)).toContain('"ownPages"');
});

test('one page is served by one, and where there is no mailbox nobody is said to have one', () => {
  expect(statementOf([...SERVES]).keys.map((each) => each.ownPages)).toEqual([undefined, undefined]);
  expect(statementOf([]).keys.map((each) => each.ownPages)).toEqual([undefined, undefined]);
});

test('says nothing of it where the zone serves no page', () => {
  const statement = statementOf([...MAILBOX]);
  expect(statement.keys.map(({ pages }) => pages)).toEqual([undefined, undefined]);
  for (const text of told(statement)) expect(text).not.toContain('page-release');
});
