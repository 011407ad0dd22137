/** That the record holds together: each link leads somewhere, three clicks lead to what is about oneself, tables are as they say. */
import { posix } from 'node:path';
import { parse } from 'csv-parse/sync';
import { filesOf, registerAfter } from './sample-record';

const register = registerAfter();
const files = filesOf(register);
const pages = [...files].filter(([path]) => path.endsWith('.html'));
const linksIn = (text: string) => [...text.matchAll(/href="([^"]+)"/g)].map(([, to]) => to ?? '');

test.each(pages)('each link of %s leads to a file of the record', (path, text) => {
  const links = linksIn(text);
  expect(links.length).toBeGreaterThan(1);
  for (const link of links) expect([...files.keys()]).toContain(posix.join(posix.dirname(path), link));
  expect(text).not.toMatch(/<script|https?:\/\//);
});

test('who gets what about somebody, and why, is three clicks from the front', () => {
  expect(linksIn(files.get('index.html') ?? '')).toContain('people/index.html');
  const groups = linksIn(files.get('people/index.html') ?? '').filter((each) =>
    /^\.\.\/people\/(?!index\.html)/.test(each),
  );
  for (const { id, title, data, purpose } of register.agreements.filter(
    (each) => each.data.subjects.length > 0,
  )) {
    const naming = groups
      .map((each) => files.get(posix.join('people', each)) ?? '')
      .filter((text) => text.includes(`href="../agreements/${id}.html"`));
    // A group of the same name elsewhere leads to it too.
    expect(naming.length).toBeGreaterThanOrEqual(data.subjects.length);
    expect(naming[0]).toContain(title);
    expect(naming[0]).toContain(purpose.aim.trim().replaceAll("'", '&#39;'));
  }
});

test('a group that is called by another says whose it is, and what is over says so and comes last', () => {
  const people = files.get('people/index.html') ?? '';
  expect(people).toMatch(/Their partners<\/a> \(of: People with a live Housing Benefit claim\)/);
  expect(people).not.toMatch(/People with a live Housing Benefit claim<\/a> \(of/);
  expect(people).toMatch(/Pilot: benefit awards that affect Housing Benefit<\/a> \(ended\)/);
  const group = files.get('people/people-with-a-live-housing-benefit-claim.html') ?? '';
  expect(group.indexOf('Benefit awards that affect Housing Benefit in Leeds')).toBeLessThan(
    group.indexOf('Pilot: benefit awards'),
  );
});

test('an agreement under which nothing is shared says so wherever it stands, and what waits says for what', () => {
  const people = files.get('people/index.html') ?? '';
  expect(people).toMatch(/Referrals to the council’s falls prevention service<\/a> \(awaiting approval\)/);
  expect(people).toMatch(/Home-to-school travel in East Surrey: route planning<\/a> \(to come\)/);
  expect(people).toMatch(/Referrals for social care on leaving hospital<\/a>(?! \()/);
  const waits =
    'Awaiting approval: nothing is shared until each of these organisations has signed the agreement';
  const paths = [
    'agreements/falls-prevention-referrals.html',
    'people/adults-who-were-treated-in-hospital-after-a-fall.html',
  ];
  for (const path of paths) expect(files.get(path)).toContain(waits);
});

test('every table has the columns that its metadata says, keys that no two rows share, and RFC 4180’s line ends', () => {
  const metadata = JSON.parse(files.get('data/csv-metadata.json') ?? '{}') as {
    tables: {
      url: string;
      tableSchema: { columns: { name: string; datatype: string }[]; primaryKey: string[] };
    }[];
  };
  expect(metadata.tables).toHaveLength([...files.keys()].filter((path) => path.endsWith('.csv')).length);
  for (const { url, tableSchema } of metadata.tables) {
    const text = files.get(`data/${url}`) ?? '';
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\uFEFF]/);
    const [head, ...rows] = parse(text) as string[][];
    expect(head).toEqual(tableSchema.columns.map(({ name }) => name));
    const keys = rows.map((row) =>
      tableSchema.primaryKey.map((name) => row[head?.indexOf(name) ?? -1]).join('\n'),
    );
    expect(new Set(keys).size).toBe(keys.length);
  }
  expect(parse(files.get('data/agreements.csv') ?? '')).toHaveLength(register.agreements.length + 1);
});

test('the catalogue names each dataset that it has, and each of them leads to its page', () => {
  const { '@graph': graph } = JSON.parse(files.get('catalogue.jsonld') ?? '{}') as {
    '@graph': Readonly<Record<string, unknown>>[];
  };
  const ids = (type: string) => graph.filter((each) => each['@type'] === type).map((each) => each['@id']);
  const [catalogue] = graph.filter((each) => each['@type'] === 'dcat:Catalog');
  expect(((catalogue?.['dcat:dataset'] ?? []) as { '@id': string }[]).map((each) => each['@id'])).toEqual(
    ids('dcat:Dataset'),
  );
  expect(ids('dcat:Dataset')).toHaveLength(register.agreements.length + 1);
  for (const id of ids('dcat:Dataset')) expect(files.has(String(id).split('#')[0] ?? '')).toBe(true);
});

test('the same register gives the same record', () => {
  expect(filesOf(registerAfter())).toEqual(files);
});
