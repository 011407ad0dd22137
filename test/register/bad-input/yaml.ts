/** Bad registers that are not well-formed, plain YAML. */
import { append, replace, write } from '../samples';
import { AGREEMENT, type Cases, CONTRACT, DWP, LEEDS, ZONE } from './cases';

export const YAML: Cases = {
  'key-twice': [append(LEEDS, 'sector: police\n')],
  'key-twice-in-a-group': [replace(LEEDS, '  kind: cloudhsm\n', '  kind: cloudhsm\n  kind: account\n')],
  'tab-as-indentation': [replace(ZONE, '  zone: "1', '\tzone: "1')],
  'one-space-too-many': [replace(LEEDS, '  dataProtection:', '   dataProtection:')],
  'one-space-too-few': [replace(LEEDS, '  dataProtection:', ' dataProtection:')],
  'first-setting-indented': [replace(LEEDS, 'id: leeds', ' id: leeds')],
  'item-without-a-space': [replace(AGREEMENT, '  - leeds', '  -leeds')],
  'item-not-indented-like-the-others': [
    replace(AGREEMENT, '    - Award reference\n', '    - Award reference\n   - Weekly sum\n'),
  ],
  'item-indented-further': [replace(AGREEMENT, '    - Weekly amount', '      - Weekly amount')],
  'item-without-its-dash': [
    replace(
      LEEDS,
      '  - arn:aws:iam::100000000022:role/benefits/reader',
      '  - arn:aws:iam::100000000022:role/benefits/reader\n  arn:aws:iam::100000000022:role/benefits/clerk',
    ),
  ],
  'setting-in-the-column-of-a-dash': [replace(LEEDS, '    value: E08000035', '  value: E08000035')],
  'group-not-indented': [replace(ZONE, '  mode: compliance\n  period', 'mode: compliance\nperiod')],
  'no-space-after-the-colon': [replace(AGREEMENT, 'owner: dwp', 'owner:dwp')],
  'no-colon': [replace(AGREEMENT, 'owner: dwp', 'owner dwp')],
  'colon-in-text': [replace(AGREEMENT, 'title: Benefit awards', 'title: Pilot: benefit awards')],
  'quote-not-closed': [replace(LEEDS, '"100000000022"', '"100000000022')],
  'quote-not-closed-before-another': [replace(ZONE, '"100000000001"', '"100000000001')],
  'quote-not-closed-in-a-list': [replace(AGREEMENT, '    - Build', '    - "Build')],
  'apostrophe-in-single-quotes': [
    replace(AGREEMENT, 'title: Benefit awards', "title: 'Council's benefit awards'"),
  ],
  'bracket-not-closed': [replace(DWP, 'mayCollect: []', 'mayCollect: [')],
  'text-begins-with-at': [replace(AGREEMENT, 'owner: dwp', 'owner: @dwp')],
  'text-begins-with-percent': [replace(AGREEMENT, 'aim: To let', 'aim: %To let')],
  'backslash-in-double-quotes': [replace(AGREEMENT, 'OFFICIAL\n', '"C:\\docs"\n')],
  'text-after-a-quote': [replace(AGREEMENT, 'title: Benefit awards', 'title: "Benefit awards"')],
  'anchor-and-alias': [
    replace(ZONE, 'management: "', 'management: &account "'),
    replace(ZONE, 'zone: "100000000002"', 'zone: *account'),
  ],
  'value-begins-with-star': [replace(AGREEMENT, 'title: Benefit', 'title: *Benefit*')],
  tag: [replace(LEEDS, 'account: "', 'account: !!str "')],
  'tag-on-a-group': [replace(ZONE, 'accounts:', 'accounts: !secret')],
  'value-begins-with-exclamation-mark': [replace(AGREEMENT, 'title: Benefit', 'title: !Benefit')],
  'merge-key': [append(ZONE, '<<: {region: eu-west-2}\n')],
  directive: [write(ZONE, '%YAML 1.1\n---\noperator: Concordat operations\n')],
  'merge-conflict': [
    replace(
      AGREEMENT,
      'owner: dwp\n',
      '<<<<<<< HEAD\nowner: dwp\n||||||| 1a2b3c4\nowner: hmrc\n=======\nowner: leeds\n>>>>>>> a-branch\n',
    ),
  ],
  'merge-conflict-half-mended': [replace(AGREEMENT, 'owner: dwp\n', '<<<<<<< HEAD\nowner: dwp\n')],
  'merge-conflict-within-quotes-and-another': [
    replace(
      LEEDS,
      'name: Leeds',
      '<<<<<<< ours\nname: "Leeds\n=======\nname: Leeds\n>>>>>>> theirs\nother: Leeds',
    ),
    append(LEEDS, '<<<<<<< ours\n=======\nwindsUp: 2030-01-01\n>>>>>>> theirs\n'),
  ],
  'two-documents': [append(LEEDS, '---\nid: bradford\n')],
  'name-that-is-a-list': [append(CONTRACT, '? [a, b]\n: c\n')],
  'name-that-is-empty': [append(CONTRACT, ': c\n')],
  'nested-too-deeply': [write(ZONE, `${'['.repeat(5000)}\n`)],
  'nested-too-deeply-in-groups': [write(CONTRACT, `schema: ${'{a: '.repeat(900)}1${'}'.repeat(900)}\n`)],
};
