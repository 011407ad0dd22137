/** That what changed in an agreement is said term by term, all of it and nothing else. */

import fc from 'fast-check';
import { type AgreementState, compared, comparisonDocument } from '../../lib/agreements';
import { redline } from '../../lib/agreements/redline';
import { loadRegister } from '../../lib/register/load';
import { documentText, plainText } from '../../lib/words';
import { documentHtml } from '../../lib/words/html';
import { partsOf } from '../../lib/words/sentence';
import { goldenIn } from '../golden';
import { AS_OF, type Edit, edited, replace, SAMPLE, set } from '../register/samples';

const golden = goldenIn(__dirname);
const PATH = 'agreements/housing-benefit-awards.yaml';
const CONTRACT = 'contracts/housing-benefit-awards.yaml';

function stateAfter(...edits: Edit[]) {
  const loaded = loadRegister(edited(SAMPLE, ...edits), AS_OF);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
  const { agreements, contracts, organisations } = loaded.register;
  const agreement = agreements.find(({ id }) => id === 'housing-benefit-awards');
  return { agreement, contracts, organisations } as AgreementState &
    Pick<typeof loaded.register, 'organisations'>;
}
const SIGNED = stateAfter();
const changesAfter = (...edits: Edit[]) => compared(SIGNED, stateAfter(...edits));

test('nothing is changed between a state and itself', () => {
  const { terms, columns, contractChanged, digests } = changesAfter();
  expect({ terms, columns, contractChanged }).toEqual({ terms: [], columns: [], contractChanged: false });
  expect(digests.before).toBe(digests.after);
});

test('each term that is not as it was is told, with what it was and is', () => {
  const { terms, digests } = changesAfter(
    set(PATH, { 'retention.period': 'P2Y', markings: ['SENSITIVE'], 'delivery.presignedUrls': 'allowed' }),
  );
  expect(terms.map(({ term, before, after }) => [term.path, before, after])).toEqual([
    ['markings', ['SENSITIVE', 'PERSONAL DATA'], ['SENSITIVE']],
    ['delivery.presignedUrls', undefined, 'allowed'],
    ['retention.period', 'P14M', 'P2Y'],
  ]);
  expect(digests.before).not.toBe(digests.after);
});

test('a column of the contract that comes, goes or is described otherwise is told', () => {
  const { terms, columns, contractChanged } = changesAfter(
    replace(CONTRACT, 'name: family_name', 'name: surname'),
  );
  expect({ terms, contractChanged }).toEqual({ terms: [], contractChanged: true });
  expect(columns).toEqual([
    { column: 'surname', change: 'added' },
    { column: 'family_name', change: 'removed' },
  ]);
});

test('what is signed alike is not told as changed: the order of settings says nothing', () => {
  const column = (settings: string) =>
    replace(
      CONTRACT,
      'name: family_name',
      `name: family_name\n        customProperties: [{ property: masking, value: ${settings} }]`,
    );
  const [one, other] = [stateAfter(column('{ a: 1, b: 2 }')), stateAfter(column('{ b: 2, a: 1 }'))];
  const { digests, columns, contractChanged } = compared(one, other);
  expect(digests.before).toBe(digests.after);
  expect({ columns, contractChanged }).toEqual({ columns: [], contractChanged: false });
});

test('is read out, and marked on a page, as its golden files', () => {
  const edits = [
    set(PATH, {
      'purpose.prohibitedUses': ['Share the data outside the council.'],
      'retention.period': 'P2Y',
      supersedes: undefined,
    }),
    replace(PATH, 'after 14 months', 'after 24 months'),
    replace(CONTRACT, 'name: family_name', 'name: surname'),
  ];
  const after = stateAfter(...edits);
  const page = comparisonDocument({
    title: after.agreement.title,
    earlier: 'HEAD~1',
    comparison: compared(SIGNED, after),
    names: after,
  });
  golden('comparison.txt', documentText(page));
  golden('comparison.html', `${documentHtml(page).text}\n`);
});

describe('a redline', () => {
  const words = fc.array(fc.constantFrom('the', 'council', 'deletes', 'keeps', 'file.', 'it', '14'), {
    maxLength: 12,
  });
  const side = (line: ReturnType<typeof redline>, without: string) =>
    partsOf(line)
      .filter(({ kind }) => kind !== without)
      .flatMap((part) => ('content' in part ? part.content : [part]))
      .map((part) => ('text' in part ? part.text : ''))
      .join('');

  it('without what was put in is the earlier text, and without what was taken out the later', () => {
    fc.assert(
      fc.property(words, words, (was, is) => {
        const line = redline(was.join(' '), is.join(' '));
        expect(side(line, 'inserted')).toBe(was.join(' '));
        expect(side(line, 'deleted')).toBe(is.join(' '));
      }),
    );
  });

  it('marks no more than what was changed', () => {
    expect(plainText(redline('kept for 14 months in all', 'kept for 24 months in all'))).toBe(
      'kept for [-14-]{+24+} months in all',
    );
  });
});
