/**
 * In a page: has the mailbox’s own code read and show message after message, and says of each what came of it. Bundled for the
 * browser by shower.ts beside this, which puts it where the mailbox’s page has its script, under the same policy.
 */
import { Frame } from '../../../lib/mailbox/page/app.ts';
import { shown as read, shownHtml } from '../../../lib/mailbox/page/reading/part.ts';
import { messageScreen } from '../../../lib/mailbox/page/screens/message.ts';
import { odditiesOf } from '../../../lib/messages/index.ts';

const TEAMS = ['Adult safeguarding team', 'Discharge desk'];
/** What may be of a message’s HTML, by the page’s own words: words, lists and tables. */
const TAGS = new Set(
  'p br hr div span blockquote pre code b strong i em u s sub sup ul ol li dl dt dd table caption thead tbody tfoot tr th td'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(['colspan', 'rowspan']);
/** What the page itself shows a message with. */
const OWN = new Set('main a h1 h2 dl div dt dd details summary span ul li strong button p'.split(' '));

const frame = new Frame('Secure messages', false, 'of tests');
const broken = [];
// What a document that nobody sees is parsed from breaks the policy too, where it has scripts and styles in it, and so does the
// library that empties them there: none is ever run.
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  if (!['inline', 'trusted-types-sink'].includes(blockedURI) && violatedDirective !== 'base-uri')
    broken.push(`${violatedDirective} ${blockedURI}`);
});
addEventListener('error', ({ message }) => broken.push(`error ${message}`));
const before = { address: location.href, body: document.body, head: document.head.childElementCount };

/** @param messages in base64 */
globalThis.showAll = async (messages) => {
  const all = [];
  for (const message of messages) {
    all.push(await show(Uint8Array.from(atob(message), (character) => character.charCodeAt(0))));
    await new Promise((done) => setTimeout(done));
  }
  return all;
};

async function show(raw) {
  const began = performance.now();
  const shown = await read(raw, TEAMS).catch((fault) => ({ fault }));
  const arrived = {
    line: {
      rest: 'discharge-desk/1@northmoor.eml',
      key: 'agreements/a/discharge-desk/1@northmoor.eml',
      deposited: 0,
    },
    inbox: { id: 'discharge-desk', team: TEAMS[1] },
    correspondence: {
      collects: { owner: { id: 'northmoor', name: 'Northmoor Council' }, days: [] },
      sends: { title: 'Letters' },
    },
  };
  const opened = { raw, shown, formatted: shownHtml };
  frame.show(messageScreen({ now: Date.now }, arrived, opened, () => undefined));
  const details = document.querySelector('main details');
  if (details !== null) {
    details.open = true;
    // Once it has told of it.
    await new Promise((done) => setTimeout(done));
  }
  const took = performance.now() - began;
  return { became: shown.fault?.cause?.name ?? 'shown', took, faults: faultsOf(shown) };
}

/** What must hold of the page, whatever was shown. */
function faultsOf(shown) {
  const faults = broken.splice(0);
  const demand = (isSo, what) => isSo || faults.push(what);
  demand(globalThis.ran === undefined, 'something ran');
  demand(location.href === before.address, `it led to ${location.href}`);
  demand(document.title === 'Message - Secure messages', `the tab is called ${document.title}`);
  demand(document.head.childElementCount === before.head, 'the head was added to');
  demand(document.body === before.body && typeof document.cookie === 'string', 'the document was clobbered');
  const main = document.querySelectorAll('main');
  demand(main.length === 1, 'there is another main');
  const letters = [...document.querySelectorAll('.letter, .formatted')];
  const isOfLetter = (each) => letters.some((letter) => letter !== each && letter.contains(each));
  for (const each of main[0].querySelectorAll('*')) {
    const isInside = isOfLetter(each) && !each.classList.contains('formatted');
    // What was too large to be formatted is said by a paragraph of the page’s own.
    if (isInside && !(each.localName === 'p' && each.className === 'govuk-body')) {
      demand(TAGS.has(each.localName), `it shows <${each.localName}>`);
      for (const name of each.getAttributeNames()) demand(ATTRIBUTES.has(name), `it shows ${name}="…"`);
    } else if (!isInside) demand(OWN.has(each.localName), `the page has <${each.localName}>`);
  }
  if (shown.fault !== undefined) {
    demand(
      ['MessageFault', 'ReadOtherwise'].includes(shown.fault.cause?.name),
      `there are no words for ${shown.fault}`,
    );
    return faults;
  }
  const written = shown.text.trim();
  if (written !== '') demand(letters[0]?.textContent === shown.text, 'the words are others');
  const said = main[0].querySelectorAll('.govuk-warning-text').length;
  const odd = [shown.from.name, ...shown.files.map(({ name }) => name)].flatMap((name) =>
    odditiesOf(name, TEAMS),
  );
  demand(said >= odd.length, 'an odd name is not warned of');
  demand(
    said > odd.length || shown.from.address.endsWith('@northmoor.concordat.invalid'),
    'a sender who is nobody of theirs is not warned of',
  );
  const buttons = [...main[0].querySelectorAll('.files button')].map((each) => each.textContent);
  demand(buttons.join() === shown.files.map(({ name }) => `Save ${name}`).join(), 'the files are others');
  return faults;
}
