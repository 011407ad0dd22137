/** That the custody statement says who can interrupt sharing and who can let it go on, and what the operator’s right costs. */

import { custodyStatement } from '../../lib/custody';
import { pageDocument } from '../../lib/custody/words/page';
import { statementPages } from '../../lib/custody/words/statement-page';
import { documentText } from '../../lib/words';
import { synthesised } from '../stacks/sample-assembly';

const pageOf = (id: string) => {
  const [page] = statementPages(custodyStatement(synthesised().assembly, id));
  if (page === undefined) throw new Error(`${id} has no key`);
  const text = documentText(pageDocument(page)).replaceAll(/\s+/g, ' ');
  return text.slice(text.toLowerCase().indexOf('who can interrupt sharing, and let it go on'));
};

it('names those whom the organisation declares, the operator’s role, and what it can’t do', () => {
  const page = pageOf('dwp');
  for (const named of ['incident-response', 'concordat-stop-all', 'head-of-security'])
    expect(page).toContain(named);
  expect(page).toContain('It can lift no stop, make no grant and decrypt nothing by that.');
});

it('says of one that declares nobody that nobody lifts, and that the operator still stops', () => {
  const page = pageOf('leeds');
  expect(page).toContain('concordat-stop-all');
  expect(page).toContain('Nobody can lift a stop');
  expect(page).not.toContain('concordat-lift:');
});
