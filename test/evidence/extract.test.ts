/** That the extract for an organisation names nobody but it and those with whom it has an agreement. */
import { instance, type Viz } from '@viz-js/viz';
import fc from 'fast-check';
import { isAsAgreed } from '../../lib/evidence/compose/shares';
import { type Extract, extractFor, UnknownOrganisation } from '../../lib/evidence/extract';
import type { Evidence } from '../../lib/evidence/model';
import { extractPage } from '../../lib/evidence/page/extract-page';
import { namesWithheld, WITHHELD } from '../../lib/evidence/withheld';
import { sampleEvidence } from './sample-evidence';

let evidence: Evidence;
let viz: Viz;
beforeAll(async () => {
  evidence = sampleEvidence().evidence;
  viz = await instance();
});

const extractOf = (id: string, from = evidence) => extractFor(id, from, isAsAgreed);

/** Organisations that are named, by id, name or account, in a text: looked for in another way than by the code under test. */
function namedIn(text: string, but: ReadonlySet<string> = new Set()): string[] {
  const known = evidence.organisations.filter(({ id }) => but.has(id)).map(({ name }) => name.toLowerCase());
  const plain = known
    .sort((a, b) => b.length - a.length)
    .reduce(
      (rest, name) => rest.split(name).join('.'),
      ` ${text.replaceAll(/&#39;|’/g, "'")} `.toLowerCase(),
    );
  const isWord = (needle: string) => {
    for (let at = plain.indexOf(needle); at >= 0; at = plain.indexOf(needle, at + 1)) {
      const around = `${plain[at - 1]}${plain[at + needle.length]}`;
      if (!/[a-z0-9_-]/.test(around)) return true;
    }
    return false;
  };
  return evidence.organisations
    .filter(({ id, name, account }) => [id, name.toLowerCase(), account].some(isWord))
    .map(({ id }) => id);
}

function partiesOf(id: string): Set<string> {
  return new Set([
    id,
    ...evidence.shares
      .filter(({ owner, recipient }) => owner === id || recipient === id)
      .flatMap(({ owner, recipient }) => [owner, recipient]),
  ]);
}

it('is made for every organisation of the sample, and names no stranger in its data or on its page', () => {
  expect(evidence.organisations.length).toBeGreaterThan(10);
  for (const { id } of evidence.organisations) {
    const extract = extractOf(id);
    const text = `${JSON.stringify(extract)} ${extractPage(extract, 'x', viz)}`;
    const strangers = namedIn(text, partiesOf(id)).filter((each) => !partiesOf(id).has(each));
    expect([id, strangers]).toEqual([id, []]);
    expect(namedIn(text)).toContain(id);
  }
});

it('would be caught naming a stranger: the whole evidence names them all', () => {
  expect(namedIn(JSON.stringify(evidence))).toHaveLength(evidence.organisations.length);
});

it('says who reads it and whom it reads, both ways alike', () => {
  const pairs = (list: (extract: Extract) => Extract['readsUs'], turned: boolean) =>
    evidence.organisations
      .flatMap(({ id }) =>
        list(extractOf(id)).map(({ other, agreement, state }) =>
          [agreement.id, ...(turned ? [other, id] : [id, other]), state].join(' '),
        ),
      )
      .sort();
  expect(pairs(({ readsUs }) => readsUs, false)).toEqual(pairs(({ weRead }) => weRead, true));
  expect(pairs(({ readsUs }) => readsUs, false)).toHaveLength(evidence.shares.length);
});

it('says where the key of a member is, and that an organisation which only receives has none', () => {
  for (const { id, membership } of evidence.organisations)
    expect([id, extractOf(id).custody.length]).toEqual([id, membership === 'member' ? 1 : 0]);
});

it('judges the organisation’s own templates and no others', () => {
  const extract = extractOf('leeds');
  expect(extract.checks.length).toBeGreaterThan(20);
  const files = new Set(extract.checks.flatMap(({ judgements }) => judgements.map(({ file }) => file)));
  expect([...files]).toEqual(['Organisation-leeds.template.json']);
  expect(extract.files.map(({ file }) => file)).toEqual(['Organisation-leeds.template.json']);
});

it('leaves out a text that names a stranger, and says that it did', () => {
  const spoilt = structuredClone(evidence);
  const judged = spoilt.checks
    .flatMap(({ judgements }) => judgements)
    .find(({ file }) => file === 'Organisation-cardiff.template.json');
  if (judged) judged.saw = 'It is also read by Department for Work and Pensions and by hmcts.';
  const extract = extractOf('cardiff', spoilt);
  expect(extract.withheld).toBe(extractOf('cardiff').withheld + 1);
  expect(JSON.stringify(extract)).toContain(WITHHELD);
  expect(namedIn(JSON.stringify(extract))).not.toContain('hmcts');
});

it('replaces every text that holds a stranger’s name as a word, and no other', () => {
  const names = namesWithheld(
    [{ id: 'surrey', name: 'Surrey County Council', account: '100000000031' }],
    [{ id: 'east-surrey', name: 'East Surrey Council', account: '100000000032' }],
  );
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom('surrey', 'SURREY COUNTY COUNCIL', '100000000031'),
      (around, name) => {
        expect(names.record({ deep: [`${around} ${name}, ${around}`] })).toEqual({ deep: [WITHHELD] });
      },
    ),
  );
  for (const kept of [
    'East Surrey Council',
    'east-surrey',
    'school-transport-surrey',
    'surreyed',
    '1000000000319',
  ])
    expect(names.record(kept)).toBe(kept);
});

it('is refused for an organisation that is not there', () => {
  expect(() => extractOf('nobody')).toThrow(UnknownOrganisation);
});
