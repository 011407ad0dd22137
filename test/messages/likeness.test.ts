/** That a name which is not what it looks like is told of, and an honest one in any language is not. */
import { odditiesOf } from '../../lib/messages';

test.each<[string, string[]]>([
  ['plan.pdf', []],
  ['Réunion du 5 octobre.docx', []],
  ['справка.pdf', []],
  ['Ωmega 3.pdf', ['mixed-alphabets']],
  ['invoice\u202efdp.exe', ['hidden']],
  ['a\u200bb.pdf', ['hidden']],
  ['plan.pdf.exe', ['two-endings']],
  ['plan.pdf        .scr', ['two-endings']],
  ['setup.exe', []],
  ['v1.2.pdf', []],
  ['Аdult safeguarding team', ['mixed-alphabets', 'looks-like']],
  ['Adult safeguarding tearn', ['looks-like']],
  ['Adult safeguarding team', []],
  ['Adult social care', []],
])('%j', (name, expected) => {
  expect(odditiesOf(name, ['Adult safeguarding team'])).toEqual(expected);
});
