/** That the pages say what the model says, let nothing of a register become markup, and stay small. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { instance, type Viz } from '@viz-js/viz';
import fc from 'fast-check';
import type { Evidence, EvidenceOrganisation } from '../../lib/evidence/model';
import { table } from '../../lib/evidence/page/govuk';
import { indexPage } from '../../lib/evidence/page/index-page';
import { matrixFigure } from '../../lib/evidence/page/matrix';
import { folded, MOST_NEIGHBOURS, organisationPicture } from '../../lib/evidence/page/pictures';
import { SECTORS } from '../../lib/register/schema/organisation';
import { html } from '../../lib/words';
import { compiledStyle, PAGE_STYLE } from './page-style';
import { sampleEvidence } from './sample-evidence';

let evidence: Evidence;
let viz: Viz;
let page: string;
beforeAll(async () => {
  evidence = sampleEvidence().evidence;
  viz = await instance();
  page = indexPage(evidence, 'f'.repeat(64), viz);
});

describe('a piece of a page', () => {
  it('never lets a text become markup, in an element or in an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', ';') }), (text) => {
        const { text: made } = html`<p title="${text}">${[text]}</p>`;
        const [, title = '', inside = ''] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(made) ?? [];
        const read = (escaped: string) =>
          escaped
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&#39;', "'")
            .replaceAll('&amp;', '&');
        expect([read(title), read(inside)]).toEqual([text, text]);
      }),
    );
  });

  it('is a table with a caption, a head for each column, and a heading for each row', () => {
    const { text } = table(
      'Things',
      ['Name', 'Number'],
      [
        ['a', '1'],
        ['b', '2'],
      ],
      { numbers: [1] },
    );
    expect(text.match(/<caption>Things<\/caption>/)).not.toBeNull();
    expect(text.match(/<th scope="col"/g)).toHaveLength(2);
    expect(text.match(/<th scope="row">/g)).toHaveLength(2);
  });
});

describe('the page', () => {
  it('leads from its contents to each of its sections, and to nothing that is not there', () => {
    const linked = [...page.matchAll(/<li><a class="govuk-link" href="#([^"]+)"/g)].map(([, id]) => id);
    const sections = [...page.matchAll(/<h2 [^>]*\bid="([^"]+)"/g)].map(([, id]) => id);
    const all = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(sections.length).toBeGreaterThan(5);
    expect(sections.filter((each) => !linked.includes(each))).toEqual([]);
    expect(linked.filter((each) => !all.includes(each))).toEqual([]);
  });

  it('lets nothing be loaded or run, and names its own style by its hash', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? [];
    expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=|style="/);
  });

  it('says every goal once with its state, and every check, key, share and exception', () => {
    const goals = evidence.principles.flatMap(({ parts }) => parts.flatMap((part) => part.goals));
    for (const { id } of goals) {
      const name = id.replace('csp-', '').replace('_goal.', ', goal ');
      expect([name, page.split(`>${name}: `).length]).toEqual([name, 2]);
    }
    for (const { id } of evidence.checks) expect(page).toContain(`id="check-${id}"`);
    const section = (name: string) =>
      page.split('<section>').find((each) => each.includes(`id="${name}"`)) ?? '';
    expect(section('custody').match(/<th scope="row">/g)).toHaveLength(evidence.custody.length);
    expect(section('shares').match(/<th scope="row">/g)).toHaveLength(evidence.shares.length);
    expect(section('exceptions').match(/<th scope="row">/g)).toHaveLength(evidence.exceptions.length);
    expect(section('organisations').match(/<details>/g)).toHaveLength(evidence.organisations.length);
  });

  it('says of each assumption about AWS what state it is in, what rests on it and how it is tested', () => {
    const section = page.split('<section>').find((each) => each.includes('id="assumptions"')) ?? '';
    expect(evidence.assumptions.length).toBeGreaterThan(10);
    for (const { id, state, ifFalse } of evidence.assumptions) {
      const [row = ''] = section
        .split('<tr>')
        .filter((each) => each.includes(`<span class="quiet">${id}</span>`));
      expect([id, row.includes(`>${state}</strong>`)]).toEqual([id, true]);
      const fails = { closed: 'Fails closed: ', told: 'Is told: ', unseen: 'Nobody is told: ' };
      expect(row).toContain(fails[ifFalse.how]);
      expect(row).toMatch(/By (?:npx concordat probe|hand)/);
    }
  });

  it('says when and where an assumption was seen live, or refuted', () => {
    const [first, second, ...rest] = evidence.assumptions;
    if (first === undefined || second === undefined) throw new Error('there are no assumptions');
    const seen = { on: '2026-12-01', region: 'eu-west-2', saw: 'allowed after 4 seconds' };
    const told = indexPage(
      {
        ...evidence,
        assumptions: [{ ...first, state: 'seen live', seen }, { ...second, state: 'refuted', seen }, ...rest],
      },
      'f'.repeat(64),
      viz,
    );
    expect(told).toContain('>seen live on 1 December 2026 in eu-west-2</strong><br>allowed after 4 seconds');
    expect(told).toContain('>refuted on 1 December 2026</strong>');
    expect(told).toMatch(/ 1 were seen live, .* 1 refuted\./);
  });

  it('says who writes to whom, and that an inbox holds nobody off', () => {
    expect(page).not.toContain('Who writes to whom');
    const [first, ...rest] = evidence.agreements;
    if (first === undefined) throw new Error('there are no agreements');
    const inboxes = [{ id: 'adult-safeguarding', of: 'leeds', team: 'Adult safeguarding team' }];
    const letters = { ...evidence, agreements: [{ ...first, inboxes }, ...rest] };
    const told = indexPage(letters, 'f'.repeat(64), viz);
    expect(told).toContain(
      `${first.id}: Adult safeguarding team of Leeds City Council (<code>adult-safeguarding</code>)`,
    );
    expect(told).toContain('whoever may collect there can read what lies in all its inboxes');
  });

  it('has the day and the hash of the pack at the foot of each printed page', () => {
    expect(page).toContain(
      `@bottom-left{content:"Concordat evidence as of 1 December 2026, ${'f'.repeat(64)}"`,
    );
  });

  it('keeps the style of govuk-frontend as it is installed, with its licence and without its font or crown', () => {
    const style = readFileSync(PAGE_STYLE, 'utf8');
    expect(style).toBe(compiledStyle(PAGE_STYLE));
    expect(style).toContain('Copyright (C) 2017 Crown Copyright (Government Digital Service)');
    expect(style).not.toMatch(/@font-face|GDS Transport|url\(/i);
    expect(page).not.toMatch(/crown(?! copyright)/i);
  });
});

describe('the matrix', () => {
  it('has a full square for each pair of which one reads the other on its day, an empty one for what is to come, and a cross else', () => {
    const { text } = matrixFigure(evidence);
    const [now = '', later = '', over = ''] = [
      ...text.matchAll(/<path (?:class="dot"|fill="none" stroke)[^>]* d="([^"]*)"/g),
    ].map(([, d]) => d);
    const pairsOf = (wanted: (state: string) => boolean) =>
      new Set(
        evidence.shares
          .filter(({ state }) => wanted(state))
          .map(({ owner, recipient }) => `${recipient} ${owner}`),
      );
    const inForce = pairsOf((state) => state === 'in-force');
    const toCome = [...pairsOf((state) => state === 'to-come')].filter((each) => !inForce.has(each));
    const all = pairsOf(() => true);
    const marks = (path: string) => path.split(/(?=M)/).filter((each) => each !== '');
    expect([marks(now).length, marks(later).length, marks(over).length]).toEqual([
      inForce.size,
      toCome.length,
      all.size - inForce.size - toCome.length,
    ]);
    expect(new Set([...marks(now), ...marks(later)]).size).toBe(inForce.size + toCome.length);
  });
});

describe('the picture of an organisation', () => {
  const members = Array.from(
    { length: 400 },
    (_, index): EvidenceOrganisation => ({
      id: `body-${index}`,
      name: `Body ${index}`,
      sector: SECTORS[index % SECTORS.length] ?? 'health',
      membership: 'member',
      account: String(100_000_000_000 + index),
    }),
  );
  const sectorOf = new Map(members.map(({ id, sector }) => [id, sector]));

  it('shows each neighbour, or how many of each sector where they are too many to be seen', () => {
    fc.assert(
      fc.property(fc.nat({ max: 399 }), (count) => {
        const ids = members.slice(0, count).map(({ id }) => id);
        const shown = folded(ids, sectorOf);
        if (count <= MOST_NEIGHBOURS) expect(shown).toEqual(ids);
        else expect(shown.reduce((sum, each) => sum + Number.parseInt(each, 10), 0)).toBe(count);
      }),
    );
  });

  it('takes no more than 2 kB for a dozen neighbours, since there may be 400 of them', () => {
    const [self] = members;
    const sides = {
      reads: members.slice(1, 7).map(({ id }) => id),
      readBy: members.slice(7, 13).map(({ id }) => id),
    };
    const { text } = organisationPicture(viz, self as EvidenceOrganisation, sides, sectorOf);
    for (const id of [...sides.reads, ...sides.readBy, 'body-0']) expect(text).toContain(`>${id}</text>`);
    expect(text.length).toBeLessThan(2500);
  });
});

test('each principle and each agreement that has a share has one place on the page, and a link that leads to it', () => {
  const places = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(places).size).toBe(places.length);
  const agreements = [...new Set(evidence.shares.map(({ agreement }) => `agreement-${agreement}`))];
  const principles = evidence.principles.map(({ number }) => `principle-${number}`);
  expect(agreements.length).toBeGreaterThan(5);
  for (const id of [...agreements, ...principles]) {
    expect(places).toContain(id);
    expect(page).toContain(`href="#${id}"`);
  }
});

test('the summary counts shares by their state, as synth, the proof and the matrix do', () => {
  const inState = (state: string) => evidence.shares.filter((share) => share.state === state).length;
  expect(inState('to-come')).toBeGreaterThan(0);
  expect(page).toContain(
    `${evidence.shares.length}: ${inState('in-force')} in force, ${inState('to-come')} to come`,
  );
});

test('what is so of every key is said once, and a column that would say no more is left out', () => {
  const table = page.slice(page.indexOf('aria-label="Keys of shared data"'), page.indexOf('id="sharing"'));
  for (const role of evidence.custody[0]?.administers ?? []) {
    const [, name] = /`(.*)`/.exec(role) ?? [];
    const isOfEach = evidence.custody.every(({ administers }) => administers.includes(role));
    if (name !== undefined && isOfEach) expect([name, table.includes(name)]).toEqual([name, false]);
  }
  const heads = [...table.matchAll(/<th scope="col">([^<]+)/g)].map(([, head]) => head);
  expect(heads).toEqual(['Organisation', 'Held', 'Decrypt by a grant']);
  expect(table).not.toContain('nobody besides');
});

it('says the days of shares and exceptions as people read them: ISO 8601 is for machines', () => {
  const days = [...page.matchAll(/<span class="day">([^<]*)<\/span>/g)].map(([, day]) => day);
  expect(days.length).toBeGreaterThan(10);
  expect(days.filter((day) => !/^\d{1,2} [A-Z][a-z]+ \d{4}$/.test(String(day)))).toEqual([]);
});

it('names organisations as people know them, with the id by which files name them', () => {
  const names = new Map(evidence.organisations.map(({ id, name }) => [id, name.replaceAll('&', '&amp;')]));
  const section = (id: string) =>
    page.split('<section>').find((each) => each.includes(`<h2 class="govuk-heading-l" id="${id}"`)) ?? '';
  const called = (id: string) => `${names.get(id)} <small>(${id})</small>`;
  for (const { owner, recipient } of evidence.shares)
    expect(section('sharing')).toContain(
      `<th scope="row">${called(recipient)}<td data-label="Owner">${called(owner)}`,
    );
  for (const { organisation } of evidence.custody)
    expect(section('custody')).toContain(`<th scope="row">${called(organisation)}`);
  const bare = [...names.keys()].filter((id) =>
    new RegExp(`<t[hd][^>]*>${id}(?:<|\\s)`).test(
      section('sharing') + section('custody') + section('readings'),
    ),
  );
  expect(bare).toEqual([]);
});
