/**
 * Writing among many: that a team is found among forty, in Welsh too; that nothing of what was pasted is cut without a word; that who
 * has sent something sees which files went; and whom to turn to stands on every screen.
 */
import type { Page } from 'playwright-core';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { FIRST_LOOK, faultsOf } from './faults-of';
import { Stage } from './stage';

const TEAMS = [
  'Tîm Diogelu Oedolion Ynys Môn',
  'Adult social care',
  ...Array.from({ length: 38 }, (_, n) => `Area team ${38 - n}`),
];

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: choosing among many. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    stage = await Stage.open();
  }, 60_000);
  afterAll(() => stage?.close());

  /** Has the other organisation have forty teams, by what this browser is served. */
  const withTeams = (page: Page) =>
    void page.route('**/concordat-profile.json', async (route) => {
      const profile = stage.world.profileOf('northmoor');
      const writesTo = TEAMS.map((team, n) => ({ id: n === 2 ? 'discharge-desk' : `team-${n}`, team }));
      await route.fulfill({
        json: { ...profile, sends: profile.sends.map((each) => ({ ...each, writesTo })) },
      });
    });

  it('finds a team among forty, keeps the one that was chosen in sight, and says how many there are', async () => {
    const { page, context } = await stage.officer('northmoor', { bypassCSP: true }, {}, withTeams);
    await page.getByRole('link', { name: 'Write a message' }).click();
    const search = page.getByLabel('Search for a team or organisation');
    await page.getByRole('status').filter({ hasText: '40 teams' }).waitFor();
    const seen = async () => {
      const all = await page.locator('.govuk-radios__label').all();
      const shown = await Promise.all(all.map(async (each) => ((await each.isVisible()) ? [each] : [])));
      return Promise.all(shown.flat().map((each) => each.innerText()));
    };
    expect((await seen()).slice(0, 3)).toEqual(
      ['Adult social care', 'Area team 1', 'Area team 2'].map((team) => `${team}, Eastdale Hospitals`),
    );
    await search.fill('MON diogelu');
    expect(await seen()).toEqual(['Tîm Diogelu Oedolion Ynys Môn, Eastdale Hospitals']);
    await page.getByText('1 of 40 teams found').waitFor();
    await page.getByLabel('Tîm Diogelu Oedolion Ynys Môn').check();
    await search.fill('adult social');
    expect(await seen()).toHaveLength(2);
    await search.fill('nobody at all');
    await page.getByText('None of 40 teams found').waitFor();
    expect(await seen()).toEqual(['Tîm Diogelu Oedolion Ynys Môn, Eastdale Hospitals']);
    await search.press('Enter');
    expect(await page.getByText('There is a problem').count()).toBe(0);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('There is a problem').waitFor();
    expect((await seen())[0]).toBe('Tîm Diogelu Oedolion Ynys Môn, Eastdale Hospitals');
    expect(await faultsOf(page, 'write-to-many', [FIRST_LOOK])).toEqual([]);
    await context.close();
  }, 60_000);

  it('says that a subject is too long and cuts nothing, and shows afterwards which files went', async () => {
    const { page, context } = await stage.officer('northmoor');
    await page.getByRole('link', { name: 'Write a message' }).click();
    // No search where few are to choose from.
    await page.getByLabel('Subject').waitFor();
    expect(await page.getByLabel('Search for a team or organisation').count()).toBe(0);
    await page.getByLabel('Subject').fill('s'.repeat(201));
    await page.getByLabel('Message', { exact: true }).fill('Bore da.');
    const name = 'Cynllun gofal Siân (1).pdf';
    await page
      .getByLabel('Files')
      .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('link', { name: 'Subject must be 200 characters or less' }).click();
    const [value, focused] = await page.evaluate<[string, string]>(
      '[document.querySelector("#subject").value, document.activeElement.id]',
    );
    expect([value.length, focused]).toEqual([201, 'subject']);
    await page.getByLabel('Subject').fill('s'.repeat(200));
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText(/^Your message “s+” was sent\./).waitFor();
    expect(await page.locator('dt:text-is("Files") + dd').innerText()).toBe(name);
    await context.close();
  }, 60_000);

  it('lets somebody write where the browser gives no locks', async () => {
    const refused = (page: Page) =>
      void page.addInitScript(
        "navigator.locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'))",
      );
    const { page, context } = await stage.officer('northmoor', {}, {}, refused);
    await page.getByRole('link', { name: 'Write a message' }).click();
    await page.getByLabel('Subject').waitFor();
    await context.close();
  }, 60_000);

  it('says before and after sign-in, at the same place, whom to turn to', async () => {
    const help = async (page: Page) => {
      await page.getByText('Get help', { exact: true }).click();
      return page.locator('footer details').first().innerText();
    };
    const { page, context } = await stage.visitor('eastdale');
    await page.getByRole('button', { name: /^Sign in with/ }).waitFor();
    const before = await help(page);
    expect(before).toContain('IT help desk (help-desk@eastdale.example, telephone 01632 960 001)');
    expect(before).toContain('data protection officer (data-protection@eastdale.example) at once');
    await context.close();
    const officer = await stage.officer('eastdale');
    expect(await help(officer.page)).toBe(before);
    await officer.context.close();
  }, 60_000);
});
