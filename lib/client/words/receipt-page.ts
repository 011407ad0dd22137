/** The receipt of a transfer as a page for the file: what the ledger tells, what was checked, and how to check it again. */
import type { TransferReceipt } from '../../delivery';
import { base64 } from '../../ledger';
import type { Profile } from '../../wire';
import {
  code,
  codeBlock,
  count,
  type Document,
  definitions,
  documentPage,
  heading,
  list,
  momentWords,
  paragraph,
  plural,
  say,
  table,
  visible,
} from '../../words';

/** What happened, by the kinds of entry. Others are shown by their names. */
const KINDS: Readonly<Record<string, string>> = {
  deposited: 'Deposited',
  scanned: 'Scanned for malware',
  released: 'Released by the gate',
  rejected: 'Rejected by the gate',
  gated: 'Decided on by the gate',
  collected: 'Collected',
  recalled: 'Taken back',
  restored: 'Put back',
  denied: 'A request was refused',
  'not-collected': 'Not collected in time',
  expired: 'Expired',
  'unreleased-read': 'Read before it was released',
};

/** What it was collected as, where it was collected on this computer. */
export interface CollectedAs {
  readonly path: string;
  readonly bytes: number;
  readonly algorithm: string;
  readonly value: string;
  /** What was sealed in it, where it was: all else is of the sealed bytes. SHA-256 in base64. */
  readonly opened?: { readonly bytes: number; readonly sha256: string } | undefined;
}

/** The whole file. @param folder the proof’s folder, as the page names it */
export function receiptPage(
  receipt: TransferReceipt,
  profile: Profile,
  folder: string,
  collected: CollectedAs | undefined,
): string {
  const title = 'Receipt of a transfer';
  return documentPage(title, [heading(1, title), ...receiptDocument(receipt, profile, folder, collected)]);
}

function receiptDocument(
  receipt: TransferReceipt,
  profile: Profile,
  folder: string,
  collected: CollectedAs | undefined,
): Document {
  const { transfer, lines, origin, newest, keys, pinned } = receipt;
  const name = nameIn(profile);
  const agreement = lines.find(({ event }) => event.agreement !== undefined)?.event.agreement;
  const terms = [...profile.sends, ...profile.collects].find((each) => each.agreement === agreement);
  return [
    definitions([
      ['File', code(visible(transfer.key))],
      ['Version', code(visible(transfer.version))],
      ['Agreement', terms === undefined ? (agreement ?? 'not known') : `${terms.title} (${terms.agreement})`],
      ['Receipt of', profile.organisation.name],
      ...(collected === undefined
        ? []
        : ([
            ['Collected as', code(visible(collected.path))],
            ['Size', plural(collected.bytes, 'byte')],
            [
              'Checksum',
              say`${collected.algorithm} ${code(collected.value)}: S3’s, and that of what arrived${collected.opened ? ', which was sealed' : ''}`,
            ],
            ...(collected.opened === undefined
              ? []
              : ([
                  [
                    'Opened here',
                    say`${plural(collected.opened.bytes, 'byte')}, SHA-256 ${code(collected.opened.sha256)}: what was sealed in it, of which S3 and the ledger know nothing`,
                  ],
                ] as const)),
          ] as const)),
    ]),
    heading(2, 'What the ledger tells'),
    table(
      ['When', 'What', 'By', 'Entry'],
      lines.map(({ event, index }) => [
        momentWords(event.time),
        event.verdict === 'violation'
          ? `${KINDS[event.kind] ?? event.kind}: against the rules`
          : (KINDS[event.kind] ?? event.kind),
        event.by === undefined ? '' : name(event.by),
        count(index),
      ]),
    ),
    heading(2, 'What was checked'),
    list([
      say`Each entry is in the log ${code(origin)}: its proof leads to a checkpoint.`,
      say`Each checkpoint is signed by the log, with ${code(keys.map(({ keyId }) => keyId).join(', '))}: ${
        pinned
          ? 'the key that was given.'
          : 'a key that lies beside the ledger. Whether it is the log’s, only a key that you had from elsewhere settles.'
      }`,
      say`The newest checkpoint, of ${plural(newest.size, 'entry', 'entries')} with the root ${code(base64(newest.root))}, continues them: nothing was changed or taken out since.`,
    ]),
    heading(2, 'How to check it again'),
    paragraph(
      say`The folder ${code(folder)} beside this page holds the entries, their proofs, the checkpoints and the public key, in public formats. It has the entries of this transfer and no other.`,
    ),
    codeBlock([`npx concordat verify ${folder} --receipts-only --key KEY`]),
    paragraph(
      'The page on verifying in the documentation does the same with openssl and a page of Python. What a receipt cannot show: that what CloudTrail told the ledger is true, and that nothing else happened.',
    ),
  ];
}

/** The names that the profile has; of anybody else it says nothing. */
function nameIn({ organisation, sends, collects }: Profile): (id: string) => string {
  const names = new Map([
    ...collects.map(({ owner }) => [owner.id, owner.name] as const),
    ...sends.flatMap(({ recipients }) => recipients.map((each) => [each.id, each.name] as const)),
    [organisation.id, organisation.name] as const,
  ]);
  return (id) => names.get(id) ?? 'another party';
}
