/** The page as a whole: its frame, which screen is shown, and what is said to those who do not see it. */

import type { ProfileHelp } from '../../wire';
import { button, type Child, details, el, link, nodesOf, para } from './dom';
import { helpWords } from './screens/help';
import type { SignedIn } from './session/renewal';
import type { SignInPlace } from './session/sign-in';
import { type BesideSignIn, besideThis } from './session/sign-in';
import { nameTab } from './title';
import { refusalWords } from './words/refusals';

/** A screen: its name for title and heading, and what is in it. */
export interface Screen {
  readonly title: string;
  readonly content: Child;
  /** What the tab is called, where the title is of a message: browsers write that into their history, and keep it. */
  readonly tab?: string;
  /** In place of the heading that the frame makes of the title. */
  readonly heading?: Child;
  /** Which part of the navigation it belongs to. */
  readonly part?: 'inbox' | 'sent' | 'write';
}

/** One that is shown with what is known, and learns the rest while it is shown. */
export interface GrowingScreen<T> extends Screen {
  /** Shows what has become known, without taking the place of what somebody looks at. */
  readonly learns: (known: T) => void;
}

const PARTS = [
  ['inbox', 'Inbox'],
  ['sent', 'Sent'],
  ['write', 'Write a message'],
  ['sign-out', 'Sign out'],
] as const;

/** The frame, in which screens are put. */
export class Frame {
  readonly #main: HTMLElement;
  readonly #nav: HTMLElement;
  readonly #live: HTMLElement;
  readonly #notices: HTMLElement;
  /** Until when what was said stands where a screen reader finds it. */
  #said: 'this screen' | 'the next one' = 'this screen';
  readonly #version: HTMLElement;
  readonly #help: HTMLElement;
  /** What the tab is called beside the screen’s own name. */
  readonly #service: string;

  constructor(service: string, isPlay: boolean, version: string) {
    this.#service = service;
    this.#main = el('main', { id: 'main', class: 'govuk-main-wrapper', tabindex: '-1' });
    this.#nav = el('section', { class: 'govuk-service-navigation', 'aria-label': 'Service information' });
    this.#live = el('div', { class: 'govuk-visually-hidden', role: 'status' });
    this.#notices = el('div', { class: 'notices' });
    this.#version = el('div', {}, version);
    this.#help = el('div', {}, helpWords(undefined));
    const header = el(
      'div',
      { class: 'govuk-generic-header__container govuk-width-container' },
      el(
        'div',
        { class: 'govuk-generic-header__logo' },
        el('span', { class: 'name' }, 'Concordat ', el('span', { class: 'of' }, 'secure messages')),
      ),
    );
    document.body.replaceChildren(
      el(
        'a',
        {
          href: '#main',
          class: 'govuk-skip-link',
          onclick: (event) => {
            event.preventDefault();
            this.#main.focus();
          },
        },
        'Skip to main content',
      ),
      el('header', { class: 'govuk-generic-header' }, header),
      ...(isPlay
        ? [
            el(
              'div',
              { class: 'play', role: 'region', 'aria-label': 'About this page' },
              el(
                'div',
                { class: 'govuk-width-container' },
                el('strong', {}, 'This is a demonstration.'),
                ' Nothing leaves this computer, and everything is gone when it ends.',
              ),
            ),
          ]
        : []),
      this.#nav,
      el('div', { class: 'govuk-width-container' }, this.#notices, this.#main),
      el(
        'footer',
        { class: 'foot' },
        el(
          'div',
          { class: 'govuk-width-container' },
          details('Get help', this.#help),
          details('Technical details of this page', this.#version),
        ),
      ),
      this.#live,
    );
  }

  /** Names whom the organisation’s people turn to, once that is known. */
  tellHelp(help: ProfileHelp | undefined): void {
    this.#help.replaceChildren(...nodesOf([helpWords(help)]));
  }

  /** Shows a screen, and leads keyboard and screen reader to its beginning. */
  show({ title, content, heading, part, tab = title }: Screen, how: 'moves' | 'stays' = 'moves'): void {
    nameTab(tab === this.#service ? tab : `${tab} - ${this.#service}`);
    this.#main.replaceChildren(
      ...nodesOf([heading ?? el('h1', { class: 'govuk-heading-l', tabindex: '-1' }, title), content]),
    );
    for (const each of this.#nav.querySelectorAll('a')) {
      const isHere = each.dataset.part === part && part !== undefined;
      each.parentElement?.classList.toggle('govuk-service-navigation__item--active', isHere);
      if (isHere) each.setAttribute('aria-current', 'page');
      else each.removeAttribute('aria-current');
    }
    if (how === 'stays') return;
    // Whoever reads the page to its end is not to find there what another screen was about.
    if (this.#said === 'this screen') this.#live.textContent = '';
    this.#said = 'this screen';
    scrollTo(0, 0);
    const first = this.#main.querySelector('h1');
    (first ?? this.#main).focus({ preventScroll: true });
  }

  /** Shows where one can go; nothing for who is not signed in. */
  navigate(organisation: string | undefined): void {
    if (organisation === undefined) {
      this.#nav.replaceChildren();
      return;
    }
    this.#nav.replaceChildren(
      el(
        'div',
        { class: 'govuk-width-container' },
        el(
          'div',
          { class: 'govuk-service-navigation__container' },
          el(
            'span',
            { class: 'govuk-service-navigation__service-name' },
            el('span', { class: 'govuk-service-navigation__text' }, organisation),
          ),
          el(
            'nav',
            { 'aria-label': 'Menu', class: 'govuk-service-navigation__wrapper' },
            el(
              'ul',
              { class: 'govuk-service-navigation__list' },
              PARTS.map(([to, words]) =>
                el(
                  'li',
                  { class: 'govuk-service-navigation__item' },
                  el(
                    'a',
                    { class: 'govuk-service-navigation__link', href: `#${to}`, 'data-part': to },
                    words,
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    );
  }

  /** Says something to those who do not see it change. @param until of which screen it is, if one follows at once */
  say(words: string, until: 'this screen' | 'the next one' = 'this screen'): void {
    this.#live.textContent = words;
    this.#said = until;
  }

  /** Shows a notice above every screen, in place of the one of the same kind; nothing takes it away. */
  notice(kind: string, ...words: readonly Child[]): void {
    this.#notices.querySelector(`[data-kind="${kind}"]`)?.remove();
    if (words.length > 0)
      this.#notices.append(
        el('div', { class: 'govuk-inset-text', role: 'status', 'data-kind': kind }, ...words),
      );
  }

  /** Says of which release the page is, at its end. */
  tellRelease(digest: string): void {
    this.#version.append(el('br'), `Release ${digest}`);
  }

  /** Something is under way. */
  waits(title: string, part?: Screen['part']): void {
    this.show({
      title,
      content: el('p', { class: 'govuk-body', role: 'status' }, 'One moment …'),
      ...(part && { part }),
    });
  }

  /** Something did not work. */
  failed(error: unknown, again: () => void, part?: Screen['part']): void {
    const { happened, mend, code } = refusalWords(error);
    this.show({
      title: 'This did not work',
      content: [
        para(happened),
        para(mend),
        el('p', { class: 'govuk-hint' }, `Code: ${code}`),
        button('Try again', again),
      ],
      ...(part && { part }),
    });
    this.say(happened);
  }
}

/** Asks to sign in again in another tab, over what is under way here, and waits until it is done. */
export async function askAgain(place: SignInPlace, frame: Frame): Promise<SignedIn> {
  for (;;) {
    let beside: BesideSignIn | undefined;
    const dialog = el('dialog', { class: 'again', 'aria-labelledby': 'again-title' });
    try {
      beside = await besideThis(place);
      dialog.append(
        el('h2', { class: 'govuk-heading-m', id: 'again-title' }, 'Your sign-in is over'),
        para(
          'Nothing is lost: what you were doing goes on once you have signed in again. It opens in a new tab.',
        ),
        el(
          'a',
          {
            class: 'govuk-button',
            role: 'button',
            href: beside.address,
            target: '_blank',
            rel: 'noopener noreferrer',
          },
          'Sign in again',
        ),
      );
      // It waits for an answer: there is nothing to go back to.
      dialog.addEventListener('cancel', (event) => event.preventDefault());
      document.body.append(dialog);
      dialog.showModal();
      const signedIn = await beside.signedIn;
      frame.say('You are signed in again.');
      return signedIn;
    } catch (error) {
      beside?.giveUp();
      const { happened, mend } = refusalWords(error);
      dialog.close();
      dialog.replaceChildren(
        el('h2', { class: 'govuk-heading-m', id: 'again-title' }, 'You are not signed in'),
        para(happened),
        para(mend),
      );
      await new Promise<void>((done) => {
        dialog.append(button('Try again', done, 'main'));
        document.body.append(dialog);
        dialog.showModal();
      });
    } finally {
      dialog.close();
      dialog.remove();
    }
  }
}

/** A way back. */
export function backTo(to: string, words: string): HTMLAnchorElement {
  const back = link(to, words);
  back.className = 'govuk-back-link';
  return back;
}
