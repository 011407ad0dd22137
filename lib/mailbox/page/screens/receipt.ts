/** The receipt of a message: what the record has of it, checked in this browser before it is shown. */
import { momentWords } from '../../../client/in-browsers';
import type { TransferReceipt } from '../../../delivery';
import { hex } from '../../../ledger/core';
import type { Screen } from '../app';
import { backTo } from '../app';
import { button, el, para, saveAs, summary } from '../dom';
import { tarOf } from '../letters/tar';

const EVENTS: Readonly<Record<string, string>> = {
  deposited: 'Sent',
  scanned: 'Checked for malware',
  released: 'Released to the recipient',
  rejected: 'Stopped by a check',
  collected: 'Opened',
  recalled: 'Taken back',
  expired: 'Not read in time',
};

/** The receipt. @param names of organisations by their ids */
export function receiptScreen(
  receipt: TransferReceipt,
  back: readonly [to: string, words: string],
  names: ReadonlyMap<string, string>,
  part: 'inbox' | 'sent',
  now: number,
): Screen {
  const { lines, newest, keys, origin, transfer, files } = receipt;
  const saved = () =>
    saveAs(
      `receipt-${transfer.key
        .split('/')
        .at(-1)
        ?.replace(/\.eml$/, '')}.tar`,
      tarOf(files, now),
    );
  return {
    title: 'Receipt',
    part,
    heading: [backTo(...back), el('h1', { class: 'govuk-heading-l', tabindex: '-1' }, 'Receipt')],
    content: [
      el(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'What the record has' },
        el(
          'table',
          { class: 'govuk-table' },
          el(
            'caption',
            { class: 'govuk-table__caption govuk-table__caption--m' },
            'What the record has of this message',
          ),
          el('thead', { class: 'govuk-table__head' }, row('th', ['What', 'When', 'Who', 'Entry'])),
          el(
            'tbody',
            { class: 'govuk-table__body' },
            lines.map(({ event, index }) => {
              const who = event.kind === 'collected' ? (event.recipient ?? event.by) : event.by;
              return row('td', [
                EVENTS[event.kind] ?? event.kind,
                momentWords(event.time),
                who === undefined ? 'The service' : (names.get(who) ?? who),
                String(index),
              ]);
            }),
          ),
        ),
      ),
      el('h2', { class: 'govuk-heading-m' }, 'Checked in this browser'),
      el(
        'ul',
        { class: 'govuk-list govuk-list--bullet' },
        el('li', {}, `Each of these ${lines.length} entries is in the record of ${newest.size} entries.`),
        el(
          'li',
          {},
          'The record of today goes on from the ones that the entries were sealed in: nothing was changed or left out since.',
        ),
        el(
          'li',
          {},
          keys.length === 1
            ? 'It is signed with the key of the record.'
            : `It is signed with ${keys.length} keys of the record.`,
        ),
      ),
      para('To be sure that the key is the right one, compare it with what the operator has published.'),
      summary([
        ['Record', origin],
        ['Key', keys.map(({ keyId }) => keyId).join(', ')],
        ['Message', transfer.version],
        ['Head of the record', el('code', {}, hex(newest.root))],
      ]),
      el(
        'div',
        { class: 'govuk-button-group' },
        button('Save the receipt', saved, 'main'),
        button('Print', () => print()),
      ),
      el(
        'p',
        { class: 'govuk-hint' },
        'What is saved has the entries, their proofs and the key. Anybody can check it without this service.',
      ),
    ],
  };
}

function row(cell: 'td' | 'th', words: readonly string[]): HTMLTableRowElement {
  const kind = cell === 'th' ? 'header' : 'cell';
  return el(
    'tr',
    { class: 'govuk-table__row' },
    words.map((each) =>
      el(cell, { class: `govuk-table__${kind}`, ...(cell === 'th' && { scope: 'col' }) }, each),
    ),
  );
}
