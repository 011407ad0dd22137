/**
 * That each format of the pack is what its readers take it for.
 *
 * @jest-environment node
 */
import './idn-email-format';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sarifToMarkdown } from '@security-alert/sarif-to-markdown';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { CustodyStatement } from '../../lib/custody';
import { csvFiles } from '../../lib/evidence/csv';
import { evidenceJson } from '../../lib/evidence/evidence-json';
import type { Evidence } from '../../lib/evidence/model';
import { oscalFiles } from '../../lib/evidence/oscal/files';
import { evidenceSarif } from '../../lib/evidence/sarif';
import { inTotoStatement } from '../../lib/evidence/statement';
import { uuidOf } from '../../lib/evidence/uuid';
import { csv } from '../../lib/words';
import { custodyIn, sampleEvidence } from './sample-evidence';

const SCHEMAS = resolve(__dirname, '../../../shared/schemas/oscal');

let evidence: Evidence;
let custody: CustodyStatement;
/** The same, with a check that failed, a share that is not made, an open finding and an exception past its day. */
let faulty: Evidence;
beforeAll(() => {
  const { evidence: made, folder } = sampleEvidence();
  evidence = made;
  custody = custodyIn(folder);
  faulty = structuredClone(evidence);
  const check = faulty.checks.find(({ id }) => id === 'S3-OWNKEY');
  const judged = check?.judgements.find(({ file }) => file === 'Organisation-leeds.template.json');
  if (check === undefined || judged === undefined) throw new Error('S3-OWNKEY judges nothing of leeds');
  judged.outcome = 'fail';
  judged.register = 'register/agreements/benefit-rates.yaml:7';
  check.failed += 1;
  check.passed -= 1;
  const goal = faulty.principles
    .flatMap(({ parts }) => parts.flatMap((part) => part.goals))
    .find(({ checks }) => checks.includes('S3-OWNKEY'));
  if (goal) goal.state = 'failed';
  const [share] = faulty.shares;
  if (share) delete share.accessPoint;
  faulty.findings.push({
    rule: 'AwsSolutions::AwsSolutions-S1',
    description: 'No logs.',
    severity: 'error',
    place: 'Zone/Ledger/Bucket',
  });
  const exception = exceptionInTheZone();
  if (exception) exception.past = true;
});

const exceptionInTheZone = () =>
  faulty.exceptions.find(({ resources }) => resources.every((each) => each.startsWith('Zone/')));

describe('OSCAL', () => {
  const documents = (of: Evidence) => oscalFiles(of).map(([path, text]) => [path, JSON.parse(text)] as const);
  const schemaOf: Readonly<Record<string, string>> = {
    'catalogue.json': 'catalog',
    'checks-catalogue.json': 'catalog',
    'sharing-principles-catalogue.json': 'catalog',
    'mapping.json': 'mapping',
    'component-definition.json': 'component',
    'assessment-results.json': 'assessment-results',
  };

  it.each(Object.entries(schemaOf))('%s keeps to the published schema of the %s model', (file, model) => {
    if (!existsSync(SCHEMAS)) {
      console.log(`not run: ${file} against the OSCAL schema, which is not beside this clone`);
      return;
    }
    const schema = JSON.parse(readFileSync(join(SCHEMAS, `oscal_${model}_schema.json`), 'utf8'));
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    const validate = ajv.compile(schema);
    for (const each of [evidence, faulty]) {
      const document = documents(each).find(([path]) => path === `oscal/${file}`)?.[1];
      expect([validate(document), validate.errors]).toEqual([true, null]);
    }
    expect(validate({})).toBe(false);
  });

  it('has UUIDs of their own, and findings of objectives that the catalogue has', () => {
    const all = documents(faulty);
    const text = JSON.stringify(all);
    const uuids = [...text.matchAll(/"uuid":"([^"]+)"/g)].map(([, uuid]) => uuid);
    expect(uuids.length).toBeGreaterThan(100);
    expect(new Set(uuids).size).toBe(uuids.length);
    const objectives = new Set(
      [...text.matchAll(/"id":"((?:csp|dsp)-[^"]+_goal\.\d+)"/g)].map(([, id]) => id),
    );
    const sharing = faulty.sharingPrinciples.flatMap(({ goals }) => goals.map(({ id }) => id));
    expect(sharing.filter((id) => !objectives.has(id))).toEqual([]);
    expect(objectives.size).toBe(115 + sharing.length);
    const targets = [...text.matchAll(/"target-id":"([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((id) => !objectives.has(id))).toEqual([]);
  });

  it('refers only to what is in the pack, and to what is there', () => {
    const inPack = new Map<string, unknown>([
      ...documents(faulty),
      ['evidence.json', JSON.parse([...evidenceJson(faulty)].join(''))],
    ]);
    const uuids = new Set(
      [...JSON.stringify(documents(faulty)).matchAll(/"uuid":"([^"]+)"/g)].map(([, id]) => `#${id}`),
    );
    const hrefs = documents(faulty).flatMap(([path, document]) =>
      [...JSON.stringify(document).matchAll(/"href":"([^"]+)"/g)].map(
        ([, href = '']) => [path, href] as const,
      ),
    );
    const lost = hrefs.filter(([path, href]) => {
      if (href.startsWith('https://') || uuids.has(href)) return false;
      const { pathname, hash } = new URL(href, `pack:/${path}`);
      const document = inPack.get(pathname.slice(1));
      return document === undefined || (hash !== '' && valueAt(document, hash.slice(1)) === undefined);
    });
    expect(lost).toEqual([]);
    expect(hrefs.length).toBeGreaterThan(100);
    const results = documents(faulty).find(([path]) => path.endsWith('assessment-results.json'))?.[1][
      'assessment-results'
    ];
    const plan = results['back-matter'].resources.find(
      ({ uuid }: { uuid: string }) => `#${uuid}` === results['import-ap'].href,
    );
    expect(plan.rlinks).toEqual([expect.objectContaining({ href: 'checks-catalogue.json' })]);
  });

  it('leads from each piece of evidence to the judgement that it tells of', () => {
    const results = documents(faulty).find(([path]) => path.endsWith('assessment-results.json'))?.[1];
    const told = results['assessment-results'].results[0].observations.flatMap(
      (each: { 'relevant-evidence'?: { href: string; description: string }[] }) =>
        each['relevant-evidence'] ?? [],
    ) as { href: string; description: string }[];
    for (const { href, description } of told) {
      const { outcome, saw } = valueAt(faulty, href.split('#')[1] ?? '') as { outcome: string; saw: string };
      expect(description).toBe(`${outcome}: ${saw}`);
    }
    expect(told.some(({ description }) => description.startsWith('fail: '))).toBe(true);
  });

  it('never calls a goal that templates do not show, or show in part, satisfied or not', () => {
    const results = documents(faulty).find(([path]) => path.endsWith('assessment-results.json'))?.[1];
    const [result] = results['assessment-results'].results;
    const excluded = new Set(
      result['reviewed-controls']['control-objective-selections'][0]['exclude-objectives'].map(
        (each: Record<string, string>) => each['objective-id'],
      ),
    );
    const goals = [
      ...faulty.principles.flatMap(({ parts }) => parts.flatMap((part) => part.goals)),
      ...faulty.sharingPrinciples.flatMap((principle) => principle.goals),
    ];
    const status = new Map<string, string>(
      result.findings.map(({ target }: { target: { 'target-id': string; status: { state: string } } }) => [
        target['target-id'],
        target.status.state,
      ]),
    );
    for (const { id, state } of goals) {
      const expected = {
        shown: 'satisfied',
        failed: 'not-satisfied',
        partly: undefined,
        'not shown': undefined,
      }[state];
      expect([id, status.get(id), excluded.has(id)]).toEqual([id, expected, expected === undefined]);
    }
    expect([...status.values()]).toEqual(expect.arrayContaining(['satisfied', 'not-satisfied']));
  });
});

describe('SARIF', () => {
  const resultsOf = (of: Evidence) => {
    const [faults, accepted] = evidenceSarif(of).runs;
    return { faults: faults?.results ?? [], accepted: accepted?.results ?? [] };
  };

  it('has nothing but what is accepted where the evidence is clean', () => {
    const { faults, accepted } = resultsOf(evidence);
    expect(faults).toEqual([]);
    expect(accepted).toHaveLength(evidence.exceptions.length);
    expect(accepted.filter(({ suppressions }) => suppressions?.length !== 1)).toEqual([]);
  });

  it('puts each fault at the line of the register that people change', () => {
    const results = resultsOf(faulty).faults;
    const places = results.map(({ ruleId, locations }) => {
      const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
      return `${ruleId} ${artifactLocation?.uri}:${region?.startLine}`;
    });
    const [share] = faulty.shares;
    const exception = exceptionInTheZone();
    expect(places.sort()).toEqual(
      [
        'S3-OWNKEY register/agreements/benefit-rates.yaml:7',
        `Concordat-Shares ${share?.register}`,
        'AwsSolutions::AwsSolutions-S1 register/zone.yaml:1',
        `${exception?.rule.split('::')[1]} register/zone.yaml:1`,
      ].sort(),
    );
    const lines = readdirSync(resolve(__dirname, '../../register/agreements'));
    expect(lines).toContain(share?.register?.replace(/^register\/agreements\/|:\d+$/g, ''));
  });

  it('gives each result a rule that is listed and a fingerprint of its own', () => {
    for (const run of evidenceSarif(faulty).runs) {
      const rules = run.tool.driver.rules?.map(({ id }) => id) ?? [];
      expect(new Set(rules).size).toBe(rules.length);
      for (const { ruleId, ruleIndex } of run.results ?? []) expect(rules[ruleIndex ?? -1]).toBe(ruleId);
      const prints = run.results?.map(
        ({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash,
      );
      expect(new Set(prints).size).toBe(prints?.length);
    }
  });

  it('says of each rule why it is there, and of the tool where to read on, as GitHub asks', () => {
    for (const { tool } of evidenceSarif(faulty).runs) {
      expect(tool.driver.informationUri).toMatch(/^https:/);
      expect(tool.driver.semanticVersion).toBe(faulty.program?.version);
      expect(tool.driver.rules?.filter(({ help }) => (help?.text ?? '').length < 60)).toEqual([]);
    }
  });

  it('is understood by another reader', () => {
    const read = sarifToMarkdown({
      title: 'Faults',
      owner: 'o',
      repo: 'r',
      branch: 'main',
      sourceRoot: '',
    });
    const [told, hidden] = read(evidenceSarif(faulty));
    expect(told?.hasMessages).toBe(true);
    expect(told?.body).toContain('S3-OWNKEY');
    expect(told?.body).toContain('benefit-rates.yaml#L7');
    expect(hidden?.body).toContain('Suppressed');
  });
});

describe('CSV', () => {
  const texts = fc.array(
    fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é') }), {
      minLength: 3,
      maxLength: 3,
    }),
  );

  it('comes back as it was, by the rules of RFC 4180', () => {
    fc.assert(
      fc.property(texts, (rows) => {
        const [, ...read] = parsed(csv(['a', 'b', 'c'], rows).slice(1));
        // What begins with a line end is led by an apostrophe as well.
        expect(read.map((row) => row.map((each) => each.replace(/^'(?=\r)/, '')))).toEqual(rows);
      }),
    );
  });

  it.each(['=1+1', '+44', '-1', '@SUM(A1)', '\tx'])(
    'never begins a cell with %j, which a spreadsheet would run',
    (text) => {
      expect(csv(['a'], [[text]])).toBe(`\uFEFFa\r\n'${text}\r\n`);
    },
  );

  it('keeps the zeros of an account’s id, which a spreadsheet would take for a number', () => {
    expect(csv(['a'], [['012345670123'], ['100000000011'], [100]])).toBe(
      "\uFEFFa\r\n'012345670123\r\n'100000000011\r\n100\r\n",
    );
    const table = csvFiles(evidence, custody).find(([path]) => path === 'csv/custody.csv')?.[1] ?? '';
    const accounts = parsed(table.slice(1))
      .slice(1)
      .map(([, account]) => account);
    expect(accounts).toEqual(evidence.custody.map(({ account }) => `'${account}`));
    expect(evidence.custody.some(({ account }) => account.startsWith('0'))).toBe(true);
  });

  it('marks nothing as code with backticks, which a spreadsheet would show, and tells the same', () => {
    const tables = csvFiles(evidence, custody);
    expect(tables.filter(([, text]) => text.includes('`')).map(([path]) => path)).toEqual([]);
    const [, table = ''] = tables.find(([path]) => path === 'csv/custody.csv') ?? [];
    const administered = evidence.custody.map(({ administers }) => administers.join('; '));
    expect(administered.join()).toContain('`');
    expect(
      parsed(table.slice(1))
        .slice(1)
        .map((row) => row[5]),
    ).toEqual(administered.map((each) => each.replaceAll('`', '')));
  });

  it('parts what no cell holds into rows, and loses nothing', () => {
    const lists = fc.array(fc.nat({ max: 70_000 }), { maxLength: 6 });
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const things = (sizes: readonly number[], letter: string) => sizes.map((size) => letter.repeat(size));
        const [, ...rows] = parsed(csv(['x', 'a', 'b'], [['x', things(a, 'a'), things(b, 'b')]]).slice(1));
        expect(rows.flat().filter((each) => each.length > 32_767)).toEqual([]);
        expect(new Set(rows.map(([x]) => x))).toEqual(new Set(['x']));
        for (const [column, sizes] of [[1, a] as const, [2, b] as const]) {
          const text = rows.map((row) => row[column]).join('');
          expect(text.replaceAll(/; ?/g, '').length).toBe(sizes.reduce((sum, each) => sum + each, 0));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('parts an exception that stands on thousands of resources', () => {
    const [first] = evidence.exceptions;
    if (first === undefined) throw new Error('there are no exceptions');
    const resources = Array.from(
      { length: 3000 },
      (_, index) => `Organisation-${index}/Exchange/Bucket/Resource`,
    );
    const file = csvFiles({ ...evidence, exceptions: [{ ...first, resources }] }, custody).find(
      ([path]) => path === 'csv/exceptions.csv',
    );
    const rows = parsed(file?.[1].slice(1) ?? '').slice(1);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.flatMap((row) => row[5]?.split('; '))).toEqual(resources);
    expect(new Set(rows.map(([rule]) => rule))).toEqual(new Set([first.rule]));
  });

  it('has a row for each goal, those of the data sharing principles too, check, share, reader, key and exception', () => {
    const rows = csvFiles(evidence, custody).map(([path, text]) => [path, parsed(text.slice(1)).length - 1]);
    expect(Object.fromEntries(rows)).toEqual({
      'csv/goals.csv': 115,
      'csv/sharing-principles.csv': 16,
      'csv/checks.csv': evidence.checks.length,
      'csv/shares.csv': evidence.shares.length,
      'csv/readers.csv': evidence.readings?.length,
      'csv/custody.csv': evidence.custody.length,
      'csv/exceptions.csv': evidence.exceptions.length,
    });
  });
});

describe('the in-toto statement', () => {
  it('has the hash of every template, and says of the zone only what holds', () => {
    const clean = JSON.parse(inTotoStatement(evidence));
    expect(clean.subject).toHaveLength(evidence.stacks.length);
    expect(evidence.checks.some(({ accepted }) => accepted > 0)).toBe(true);
    expect(clean.predicate.properties).toEqual([
      'CONCORDAT_EVERY_CHECK_PASSED_OR_EXCEPTED',
      'CONCORDAT_SHARES_AS_AGREED',
      'CONCORDAT_NO_OPEN_FINDING',
      'CONCORDAT_NO_EXCEPTION_PAST_REVIEW',
    ]);
    const without = evidence.checks.map((each) => ({ ...each, accepted: 0 }));
    expect(JSON.parse(inTotoStatement({ ...evidence, checks: without })).predicate.properties).toContain(
      'CONCORDAT_EVERY_CHECK_PASSED',
    );
    expect(JSON.parse(inTotoStatement(faulty)).predicate.properties).toEqual([]);
  });
});

describe('a UUID', () => {
  it('is of version 5, and follows from what it names', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        expect(uuidOf(...a)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(uuidOf(...a) === uuidOf(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

/** What a JSON pointer leads to; undefined where it leads nowhere. */
function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
}

/** A reader of RFC 4180, by states. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quoted && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === ',' || (letter === '\r' && text[at + 1] === '\n'))) {
      row.push(cell);
      cell = '';
      if (letter === ',') continue;
      rows.push(row);
      row = [];
      at += 1;
    } else cell += letter;
  }
  return rows;
}
