/** That the reports for programs say all that a fault says, in the form that their readers expect. */
import fc from 'fast-check';
import { DIAGNOSTIC_CODES } from '../../../lib/register/diagnostic';
import { githubReport } from '../../../lib/register/report/github';
import { jsonReport } from '../../../lib/register/report/json';
import { sarifReport } from '../../../lib/register/report/sarif';
import { oneFault, REPORT } from './diagnostics';

const SOUND = { diagnostics: [], lines: new Map(), folder: 'register' };

describe('JSON', () => {
  test('names its form, and gives every part of every fault, with the path as the reader knows it', () => {
    expect(JSON.parse(jsonReport(REPORT))).toEqual({
      form: 'concordat-diagnostics/v1',
      diagnostics: [
        {
          code: 'unknown-key',
          message: '`recipeints` is not a setting of an agreement',
          found: 'recipeints',
          allowed: 'owner or recipients',
          suggestion: 'recipients',
          fix: 'rename it to `recipients`',
          place: { file: 'register/agreements/a.yaml', line: 3, column: 1, endLine: 3, endColumn: 11 },
        },
        {
          code: 'missing-file',
          message: 'the register has no zone.yaml',
          fix: 'add zone.yaml',
          place: { file: 'register/zone.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 },
        },
      ],
    });
  });

  test('of a sound register has no faults', () => {
    expect(JSON.parse(jsonReport(SOUND))).toEqual({ form: 'concordat-diagnostics/v1', diagnostics: [] });
  });
});

describe('SARIF', () => {
  const log = JSON.parse(sarifReport(REPORT));
  const [run] = log.runs;

  test('is of version 2.1.0, with one run by one tool', () => {
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/^https:\/\/.*sarif-schema-2\.1\.0\.json$/);
    expect(log.runs).toHaveLength(1);
    expect(run.tool.driver.name).toBe('concordat check');
    expect(run.columnKind).toBe('utf16CodeUnits');
  });

  test('describes every kind of fault, also where there is none', () => {
    const rules = Object.entries(DIAGNOSTIC_CODES).map(([id, text]) => ({ id, shortDescription: { text } }));
    expect(run.tool.driver.rules).toEqual(rules);
    expect(JSON.parse(sarifReport(SOUND)).runs[0]).toMatchObject({
      results: [],
      tool: { driver: { rules } },
    });
  });

  test('has one result for each fault, in order, under its rule', () => {
    expect(run.results.map((each: { ruleId: string }) => each.ruleId)).toEqual([
      'unknown-key',
      'missing-file',
    ]);
    for (const { ruleId, ruleIndex, level } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(level).toBe('error');
    }
  });

  test('says the fault, the nearest word and the fix, and where', () => {
    expect(run.results[0].message.text).toBe(
      '`recipeints` is not a setting of an agreement. Did you mean recipients? To fix: rename it to `recipients`.',
    );
    expect(run.results[0].locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'register/agreements/a.yaml' },
          region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 11 },
        },
      },
    ]);
  });

  test('writes paths as addresses that lead back to the file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const report = oneFault('', { column: 1, endColumn: 2 });
        const place = { file: name, line: 1, column: 1, endLine: 1, endColumn: 2 };
        const diagnostics = report.diagnostics.map((each) => ({ ...each, place }));
        const { runs } = JSON.parse(sarifReport({ ...report, diagnostics }));
        const { uri } = runs[0].results[0].locations[0].physicalLocation.artifactLocation;
        expect(uri).toMatch(/^[\w\-.~!$&'()*+,;=:@/%]+$/);
        expect(decodeURIComponent(uri)).toBe(`register/${name}`);
      }),
      { seed: 8 },
    );
  });
});

describe('GitHub', () => {
  test('has one error command a line, with file, place and title', () => {
    expect(githubReport(REPORT)).toBe(
      '::error file=register/agreements/a.yaml,line=3,col=1,endLine=3,endColumn=11,title=unknown-key::' +
        '`recipeints` is not a setting of an agreement. Did you mean recipients? To fix: rename it to `recipients`.\n' +
        '::error file=register/zone.yaml,line=1,col=1,endLine=1,endColumn=2,title=missing-file::' +
        'the register has no zone.yaml. To fix: add zone.yaml.\n',
    );
    expect(githubReport(SOUND)).toBe('');
  });

  test('no text breaks out of its command, and a reader gets it back as it was', () => {
    const wild = fc.string({ unit: fc.constantFrom('a', '%', '\r', '\n', ':', ',', '::', '%0A', '=') });
    fc.assert(
      fc.property(wild, wild, (message, name) => {
        const report = oneFault('', { column: 1, endColumn: 2, message });
        const place = { file: name, line: 1, column: 1, endLine: 1, endColumn: 2 };
        const diagnostics = report.diagnostics.map((each) => ({ ...each, place }));
        const text = githubReport({ ...report, diagnostics });
        const [, file = '', said = ''] = /^::error file=([^:,]*),[^:]*::(.*)\n$/.exec(text) ?? [];
        const plain = (escaped: string) =>
          escaped
            .replace(/%0D/g, '\r')
            .replace(/%0A/g, '\n')
            .replace(/%3A/g, ':')
            .replace(/%2C/g, ',')
            .replace(/%25/g, '%');
        expect(plain(file)).toBe(`register/${name}`);
        expect(plain(said)).toBe(`${message}. To fix: add zone.yaml.`);
      }),
      { numRuns: 1000, seed: 9 },
    );
  });
});
