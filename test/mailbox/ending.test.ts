/** That people know beforehand when an agreement ends or pauses: in the list, at the message, and where they choose whom to write to. */
import { bucketOf, PLAY_AGREEMENT } from '../../lib/mailbox/play/profiles';
import { messageName } from '../../lib/messages';
import { addDays, dateOf, inWords, today } from '../../lib/register/calendar';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { letter } from './letter';
import { Stage } from './stage';

/** Typed for browsers, which this is none of. */
const { endsWords } = require('../../lib/mailbox/page/screens/ending') as {
  readonly endsWords: (
    days: readonly { readonly from: string; readonly until: string }[],
    on: string,
  ) => string | undefined;
};

const ON = dateOf('2026-12-01');
const FROM = '2026-01-01';

it.each([
  ['today', [['2026-12-01']], 'ends today, 1 December 2026'],
  ['tomorrow', [['2026-12-02']], 'ends tomorrow, 2 December 2026'],
  ['in four weeks', [['2026-12-29']], 'ends on 29 December 2026'],
  ['later', [['2026-12-30']], undefined],
  ['yesterday', [['2026-11-30']], undefined],
  [
    'today, to begin again',
    [['2026-12-01'], ['2027-01-31', '2027-01-04']],
    'pauses after today, 1 December 2026, until 4 January 2027',
  ],
] as const)('an agreement whose last day is %s', (_when, runs, words) => {
  const days = runs.map(([until, from = FROM]) => ({ from, until }));
  expect(endsWords(days, ON)).toBe(words);
});

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: agreements that end soon. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  it('tells of an agreement that ends soon on each screen on which somebody could still do something', async () => {
    const until = addDays(today(), 9);
    const stage = await Stage.open({ until });
    try {
      const key = `agreements/${PLAY_AGREEMENT}/${messageName({ inbox: 'discharge-desk', id: 'a@northmoor' })}`;
      stage.world.buckets.put(
        bucketOf('northmoor'),
        key,
        { mediaType: 'message/rfc822', metadata: {} },
        Buffer.from(letter({ text: 'Keep this.' })),
      );
      const { page } = await stage.officer('eastdale');
      const ends = `ends on ${inWords(until)}`;
      await page
        .getByText(`The agreement “Letters about adults at risk” ${ends}.`, { exact: true })
        .waitFor();
      await page.locator('.lines a').first().click();
      await page.getByText(`The agreement ${ends}. This message cannot be opened after that day`).waitFor();
      await page.getByRole('link', { name: 'Write a message' }).click();
      await page.getByText(`Agreement: Letters about adults at risk. It ${ends}`, { exact: true }).waitFor();
    } finally {
      await stage.close();
    }
  }, 60_000);
});
