/** Asks for a key before a sealed letter is fetched: to fetch it is to read it, and the sender is told. */
import { type KnownIdentity, MOST_IDENTITY_BYTES } from '../../../client/in-browsers';
import type { Collects } from '../../../delivery';
import type { Screen } from '../app';
import { button, details, el, link, nodesOf, para } from '../dom';
import { Told, wordsOf } from '../words/told';
import { holdKeys, keysIn } from './held-keys';
import { passkeyKeys } from './passkey';

/** What asking needs of the page. */
interface UnlockPorts {
  readonly organisation: { readonly id: string; readonly name: string };
  /** Whose letter it is, and how its agreement is sealed. */
  readonly from: string;
  readonly sealed: NonNullable<Collects['sealed']>;
  /** Whether the screen is still the one that is asked for: a key that comes later, such as after a sign-out, is not kept. */
  readonly isWanted: () => boolean;
  /** Goes on with the keys that were given. */
  readonly unlocked: () => void;
  readonly say: (words: string) => void;
}

/** The screen. */
export function unlockScreen({ organisation, from, sealed, isWanted, unlocked, say }: UnlockPorts): Screen {
  const told = el('div');
  const use = async (given: Promise<readonly KnownIdentity[]>) => {
    try {
      const keys = await given;
      const isKnown = keys.some(({ publicKey }) => sealed.keys.some(({ key }) => key === publicKey));
      const goOn = () => {
        if (!isWanted()) return;
        holdKeys(keys);
        unlocked();
      };
      if (isKnown) goOn();
      else
        tell(STRANGER.happened, [
          para(STRANGER.mend),
          button('Use it all the same', goOn, 'warning'),
          el('p', { class: 'govuk-hint' }, `Code: ${STRANGER.code}`),
        ]);
    } catch (error) {
      const { happened, mend, code } = wordsOf(error);
      tell(happened, [para(mend), el('p', { class: 'govuk-hint' }, `Code: ${code}`)]);
    }
  };
  const tell = (happened: string, more: Parameters<typeof nodesOf>[0]) => {
    const box = el(
      'div',
      { class: 'govuk-error-summary', role: 'alert', tabindex: '-1' },
      el('h2', { class: 'govuk-error-summary__title' }, 'This key cannot be used'),
      para(happened),
      ...nodesOf(more),
    );
    told.replaceChildren(box);
    box.focus();
    say(happened);
  };
  const file = el('input', {
    class: 'govuk-file-upload',
    id: 'key-file',
    type: 'file',
    'aria-describedby': 'key-file-hint',
    onchange: () => {
      const [chosen] = file.files ?? [];
      if (chosen !== undefined) void use(textOf(chosen).then(keysIn));
      // So that it may be chosen once more, and this page holds no file any longer than it reads it.
      file.value = '';
    },
  });
  const typed = el('input', {
    class: 'govuk-input',
    id: 'key-text',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'key-text-hint',
  });
  const useTyped = () => {
    const text = typed.value;
    typed.value = '';
    void use(keysIn(text));
  };
  return {
    title: 'Give your key to open the message',
    part: 'inbox',
    content: [
      told,
      para(
        `The message from ${from} is sealed: nobody can read it but who has a key of ${organisation.name} that the agreement names. ${from} is told that it was read once it is opened with your key.`,
      ),
      para(
        'Your key opens all sealed messages until you sign out, close this tab or load the page anew. It never leaves this tab.',
      ),
      button(
        'Use my passkey',
        () => void use(passkeyKeys(organisation.id).then(Object.values<KnownIdentity>)),
        'main',
      ),
      details('Use a key that you have in a file', [
        el(
          'div',
          { class: 'govuk-form-group' },
          el('label', { class: 'govuk-label', for: 'key-file' }, 'Key file'),
          el(
            'div',
            { class: 'govuk-hint', id: 'key-file-hint' },
            'Such as a recovery key. It is read here and sent nowhere.',
          ),
          file,
        ),
        el(
          'form',
          {
            onsubmit: (event) => {
              event.preventDefault();
              useTyped();
            },
          },
          el(
            'div',
            { class: 'govuk-form-group' },
            el('label', { class: 'govuk-label', for: 'key-text' }, 'Or paste the key'),
            el('div', { class: 'govuk-hint', id: 'key-text-hint' }, 'It begins with AGE-SECRET-KEY-.'),
            typed,
          ),
          el(
            'button',
            { type: 'submit', class: 'govuk-button govuk-button--secondary' },
            'Use the pasted key',
          ),
        ),
      ]),
      para('You have none yet? ', link('key', 'Make your key'), '.'),
    ],
  };
}

async function textOf(file: File): Promise<string> {
  if (file.size > MOST_IDENTITY_BYTES)
    throw new Told({
      happened: 'This is no key file: it is too large.',
      mend: 'Choose another file.',
      code: 'key large',
    });
  return file.text();
}

const STRANGER = {
  happened: 'Your key is not among those that the agreement names today.',
  mend: 'It opens nothing but what was sealed to it before, if the agreement has changed since. Choose your other passkey or key. If you have made it just now, whoever looks after the agreement has to put it in first.',
  code: 'key stranger',
};
