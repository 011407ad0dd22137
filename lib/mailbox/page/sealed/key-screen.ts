/** One’s own key: makes a passkey, shows what others seal to, and makes a key for recovery. */

import { identityText, type KnownIdentity } from '../../../client/in-browsers';
import type { Collects } from '../../../delivery';
import type { SealKind } from '../../../wire';
import { momentWords } from '../../../words';
import type { Screen } from '../app';
import { button, type Child, el, nodesOf, para, saveAs, warning } from '../dom';
import { wordsOf } from '../words/told';
import { newKey } from './held-keys';
import { newPasskey, type PasskeyKeys, passkeyKeys } from './passkey';

/** What it needs of the page. */
interface KeyPorts {
  readonly organisation: { readonly id: string; readonly name: string };
  /** How the organisation’s agreements are sealed; none while it has no such agreement. */
  readonly sealed: readonly NonNullable<Collects['sealed']>[];
  readonly now: () => number;
  readonly say: (words: string) => void;
}

const KINDS: Readonly<Record<SealKind, string>> = {
  x25519: 'Public key',
  'post-quantum': 'Public key against future quantum computers (post-quantum)',
};

/** The screen. */
export function keyScreen(ports: KeyPorts): Screen {
  const { organisation, sealed, now, say } = ports;
  const shown = el('div');
  const kinds = (Object.keys(KINDS) as SealKind[]).filter(
    (kind) => sealed.length === 0 || sealed.some((each) => each.kind === kind),
  );
  const show = (title: string, keys: readonly (readonly [SealKind, string])[], isNew: boolean) => {
    const heading = el('h2', { class: 'govuk-heading-m', tabindex: '-1' }, title);
    shown.replaceChildren(
      heading,
      ...nodesOf(keys.map(([kind, key]) => publicPart(kind, key, sealed))),
      ...nodesOf([
        keys.length > 1
          ? para(
              'Give the first one, or the other where the programs of both organisations can read that: all keys of an agreement are of one kind.',
            )
          : undefined,
        isNew ? next() : undefined,
      ]),
    );
    heading.focus();
    say(title);
  };
  const failed = (error: unknown) => {
    const { happened, mend, code } = wordsOf(error);
    const box = el(
      'div',
      { class: 'govuk-error-summary', role: 'alert', tabindex: '-1' },
      el('h2', { class: 'govuk-error-summary__title' }, 'There is no key'),
      para(happened),
      para(mend),
      el('p', { class: 'govuk-hint' }, `Code: ${code}`),
    );
    shown.replaceChildren(box);
    box.focus();
    say(happened);
  };
  const ofPasskey = (keys: PasskeyKeys) => kinds.map((kind) => [kind, keys[kind].publicKey] as const);
  const day = () => new Date(now()).toISOString().slice(0, 10);
  const make = () =>
    newPasskey(organisation.id, `Sealed messages, ${organisation.name}, ${momentWords(now())}`)
      .then((keys) => show('Your passkey is made', ofPasskey(keys), true))
      .catch(failed);
  const ask = () =>
    passkeyKeys(organisation.id)
      .then((keys) => show('The key of your passkey', ofPasskey(keys), false))
      .catch(failed);
  const recovery = (kind: SealKind) =>
    newKey(kind)
      .then((made) => {
        saveKey(made, day());
        show('The recovery key is saved', [[kind, made.publicKey]], true);
      })
      .catch(failed);
  return {
    title: 'Your key for sealed messages',
    content: [
      para(
        'Sealed messages are opened by a key that people of your organisation alone have. A passkey is the easiest: it lies in this device, in your phone or in a security key, and you confirm it as you unlock the device.',
      ),
      shown,
      el(
        'div',
        { class: 'govuk-button-group' },
        button('Make a passkey', () => void make(), 'main'),
        button('Show the key of my passkey', () => void ask()),
      ),
      el('h2', { class: 'govuk-heading-m' }, 'In case the passkey is lost'),
      para(
        'A passkey works at this mailbox’s address alone, and nobody can make a lost one again. So every team needs a recovery key as well: a file that opens the same messages. Print it or copy it to something that is kept in a safe, and delete it from this device. Whoever has it reads everything.',
      ),
      el(
        'div',
        { class: 'govuk-button-group' },
        kinds.map((kind) =>
          button(
            kinds.length === 1
              ? 'Save a recovery key'
              : kind === 'x25519'
                ? 'Save a recovery key'
                : 'Save one against future quantum computers',
            () => void recovery(kind),
          ),
        ),
      ),
    ],
  };
}

function next(): Child {
  return warning(
    'It opens nothing before the agreement names it. Save the public key, and give it to whoever looks after the agreement in your organisation: it goes in with the words who keeps it. It is no secret.',
  );
}

function publicPart(kind: SealKind, key: string, sealed: KeyPorts['sealed']): Child {
  const isNamed = sealed.some(({ keys }) => keys.some((each) => each.key === key));
  return [
    el('h3', { class: 'govuk-heading-s' }, KINDS[kind]),
    el('div', { class: 'letter', tabindex: '0', role: 'region', 'aria-label': KINDS[kind] }, key),
    sealed.length === 0
      ? undefined
      : para(
          isNamed
            ? 'An agreement of your organisation names it.'
            : 'No agreement of your organisation names it yet.',
        ),
    button('Save the public key', () => saveAs('public-key.txt', new TextEncoder().encode(`${key}\n`))),
  ];
}

function saveKey(made: KnownIdentity, day: string): void {
  saveAs('recovery-key.txt', new TextEncoder().encode(identityText(made, day)));
}
