/** Bad registers whose files are at fault as files: names, folders, encodings and sizes. */
import { append, copyAs, move, remove, replace, write } from '../samples';
import { AGREEMENT, type Cases, DWP, LEEDS, ZONE } from './cases';

export const FILES: Cases = {
  'folder-misspelt': [move(AGREEMENT, 'agreement/benefit-awards.yaml')],
  'folder-american': [move(LEEDS, 'organizations/leeds.yaml')],
  'yml-extension': [move(LEEDS, 'organisations/leeds.yml')],
  'zone-yml-extension': [move(ZONE, 'zone.yml')],
  'zone-missing': [remove(ZONE)],
  'stray-document': [write('agreements/Letter of approval.docx', 'PK')],
  'file-in-a-folder-of-its-own': [move(AGREEMENT, 'agreements/2026/benefit-awards.yaml')],
  'agreement-at-the-top': [move(AGREEMENT, 'benefit-awards.yaml')],
  'file-name-differs': [move(AGREEMENT, 'agreements/housing-benefit.yaml')],
  'file-copied-with-its-id': [copyAs(AGREEMENT, 'agreements/housing-benefit.yaml')],
  'not-utf-8': [write(LEEDS, Buffer.from('id: leeds\nname: Caf\xe9\n', 'latin1'))],
  'utf-16': [write(LEEDS, Buffer.from('\ufeffid: leeds\n', 'utf16le'))],
  'empty-file': [write(AGREEMENT, '')],
  'only-comments': [write(AGREEMENT, '# To be written by the data protection team.\n')],
  'only-three-dashes': [write(AGREEMENT, '---\n')],
  'file-too-large': [append(AGREEMENT, `# ${'x'.repeat(300_000)}\n`)],
  'invisible-character': [replace(AGREEMENT, '  - leeds', '  - le\u200beds')],
  'invisible-turn-of-direction': [replace(AGREEMENT, 'Decide and', '\u202eDecide and')],
  'control-character': [replace(LEEDS, 'name: Leeds', 'name: \u001b[2JLeeds')],
  'special-space-after-a-colon': [replace(LEEDS, 'name: Leeds', 'name:\u00a0Leeds')],
  'special-space-as-indentation': [replace(ZONE, '  zone: "1', '\u00a0 zone: "1')],
  'old-mac-line-ends': [write(ZONE, 'operator: Concordat\rregion: eu-west-2\r')],
  'list-for-a-file': [write(DWP, '- id: dwp\n')],
  'text-for-a-file': [write(DWP, 'Department for Work and Pensions\n')],
  'two-files-with-one-account': [replace(LEEDS, 'account: "100000000022"', 'account: "012345678901"')],
};
