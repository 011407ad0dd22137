/** That an assembly is read back as it is, and that a folder which is none is refused with a sentence that helps. */
import fs, { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssemblyError, findingsOf, openAssembly, openUnderWay } from '../../lib/assembly';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, value: unknown) =>
  writeFileSync(join(folder, file), typeof value === 'string' ? value : JSON.stringify(value));

const stack = (templateFile: string, more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://123456789012/eu-west-2',
  properties: { templateFile, ...more },
});

describe('openAssembly', () => {
  it('gives each stack with its account, Region, size and resources, in the order of names', () => {
    const template = { Resources: { Key: { Type: 'AWS::KMS::Key' } } };
    write('b.template.json', template);
    write('a.template.json', {});
    write('manifest.json', {
      artifacts: {
        second: stack('b.template.json', { stackName: 'B' }),
        A: stack('a.template.json'),
        Tree: { type: 'cdk:tree' },
      },
    });
    expect(openAssembly(folder).stacks).toEqual([
      {
        name: 'A',
        account: '123456789012',
        region: 'eu-west-2',
        file: 'a.template.json',
        bytes: 2,
        isInline: true,
        resources: {},
      },
      {
        name: 'B',
        account: '123456789012',
        region: 'eu-west-2',
        file: 'b.template.json',
        bytes: JSON.stringify(template).length,
        isInline: true,
        resources: template.Resources,
      },
    ]);
  });

  it('says what to name instead of a folder that holds no assembly', () => {
    expect(() => openAssembly(folder).stacks).toThrow(AssemblyError);
    expect(() => openAssembly(folder).stacks).toThrow(
      /^there is no manifest\.json in .*: name a cloud assembly, such as cdk\.out/,
    );
  });

  it('says which template is missing, is not JSON, or goes nowhere', () => {
    write('manifest.json', { artifacts: { A: stack('a.template.json') } });
    expect(() => openAssembly(folder).stacks).toThrow('there is no a.template.json');
    write('a.template.json', '{');
    expect(() => openAssembly(folder).stacks).toThrow('a.template.json in');
    write('manifest.json', { artifacts: { A: { ...stack('a.template.json'), environment: 'nowhere' } } });
    expect(() => openAssembly(folder).stacks).toThrow('does not say where stack A goes: synthesise it again');
  });
});

describe('the digest of a file', () => {
  it('counts bytes, not characters', () => {
    write('manifest.json', {});
    write('words.json', '{"name":"Ŵ"}');
    const assembly = openAssembly(folder);
    expect([assembly.digest('words.json').bytes, assembly.file('words.json')]).toEqual([13, '{"name":"Ŵ"}']);
  });
});

describe('an assembly whose templates are let go of once they are parsed', () => {
  const manifest = { artifacts: { A: stack('a.template.json') } };
  beforeEach(() => {
    write('a.template.json', { Resources: { Key: { Type: 'AWS::KMS::Key' } } });
    write('manifest.json', manifest);
  });

  it('is in all else the one that keeps them', () => {
    const [kept, letGo] = [openAssembly(folder), openAssembly(folder, 'let go')];
    expect(letGo.stacks).toEqual(kept.stacks);
    for (const name of ['a.template.json', 'manifest.json', 'concordat.json'])
      expect(letGo.file(name)).toBe(kept.file(name));
    expect(letGo.digest('a.template.json')).toEqual(kept.digest('a.template.json'));
  });

  it('knows a template by the digest of what was parsed, and refuses it where it is another since', () => {
    const assembly = openAssembly(folder, 'let go');
    const digest = openAssembly(folder).digest('a.template.json');
    write('a.template.json', { Resources: {} });
    expect(() => assembly.file('a.template.json')).toThrow(AssemblyError);
    expect(() => assembly.file('a.template.json')).toThrow(
      /^a\.template\.json in .* was changed while it was read: ask again once nothing writes there$/,
    );
    expect(assembly.digest('a.template.json')).toEqual(digest);
  });

  it('refuses one that has gone since, and a validation report, which is let go of in any case', () => {
    write('validation-report.json', { pluginReports: [] });
    const assembly = openAssembly(folder, 'let go');
    for (const name of ['a.template.json', 'validation-report.json']) {
      expect(assembly.file(name)).toBeDefined();
      rmSync(join(folder, name));
      expect(() => assembly.file(name)).toThrow(AssemblyError);
      expect(() => assembly.file(name)).toThrow(/ was taken away while it was read: ask again once/);
    }
  });

  it('does not hold the text of a template, or of its list of assets, and holds that of every other file', () => {
    write('a.assets.json', { files: {} });
    const read = jest.spyOn(fs, 'readFileSync');
    const assembly = openAssembly(folder, 'let go');
    for (const name of ['a.template.json', 'a.assets.json', 'a.assets.json', 'manifest.json'])
      assembly.file(name);
    const readOf = (name: string) => read.mock.calls.filter(([path]) => path === join(folder, name)).length;
    expect(['a.template.json', 'a.assets.json', 'manifest.json'].map(readOf)).toEqual([2, 2, 1]);
    read.mockRestore();
  });
});

describe('a file that cannot be read', () => {
  const failing = (code: string) => (file: string) => {
    write('manifest.json', { artifacts: { A: stack('a.template.json') } });
    const { readFileSync: read } = fs;
    jest.spyOn(fs, 'readFileSync').mockImplementation(((path: string, ...rest: []) => {
      if (String(path).endsWith(file)) throw Object.assign(new Error(code), { code });
      return read(path, ...rest);
    }) as typeof read);
    return () => openAssembly(folder);
  };
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['EACCES', 'manifest.json', /^manifest\.json in .* cannot be read \(you may not read it\): change/],
    [
      'EIO',
      'a.template.json',
      /^a\.template\.json in .* cannot be read \(its disk does not work\): look at that/,
    ],
  ])('is not said to be missing: %s', (code, file, message) => {
    const open = failing(code)(file);
    expect(open).toThrow(AssemblyError);
    expect(open).toThrow(message);
    expect(open).toThrow(expect.objectContaining({ cause: expect.objectContaining({ code }) }));
  });

  it('may be a folder in a file’s place, and a file in the folder’s', () => {
    mkdirSync(join(folder, 'manifest.json'));
    expect(() => openAssembly(folder)).toThrow(
      /^manifest\.json in .* cannot be read \(what should be a file is a folder\): synthesise/,
    );
    write('file', '');
    expect(() => openAssembly(join(folder, 'file'))).toThrow(
      /cannot be read \(what should be a folder is a file\): name/,
    );
  });

  it('is named with its place where it has another form than the CDK gives it', () => {
    write('manifest.json', { artifacts: { A: { type: 7 } } });
    expect(() => openAssembly(folder)).toThrow(
      /^manifest\.json in .* is not as the CDK writes it, at \/artifacts\/A\/type \(/,
    );
    write('manifest.json', { artifacts: { A: stack('a.template.json') } });
    for (const template of [[], 'null', { Resources: [] }, { Resources: { Key: {} } }]) {
      write('a.template.json', template);
      expect(() => openAssembly(folder)).toThrow(/^a\.template\.json in .* is no template/);
    }
  });
});

describe('findingsOf', () => {
  const setAside = {
    ruleName: 'Rule',
    description: 'No.',
    violatingConstructs: [{ constructPath: 'A/B' }, {}],
  };
  const read = (value: unknown) => {
    write('manifest.json', {});
    const suppressedViolations = [setAside, value];
    write('validation-report.json', {
      pluginReports: [{ pluginName: 'Pack', violations: [], suppressedViolations }],
    });
    return findingsOf(openAssembly(folder));
  };

  it('counts the constructs of what was set aside', () => {
    expect(read({ ...setAside, fix: 'Do.', severity: 'error', more: 1 })).toEqual({
      open: [],
      acknowledged: 4,
      packs: ['Pack'],
    });
  });

  it.each<[string, unknown]>([
    ['is no object', 'Rule'],
    ['has no rule', { ...setAside, ruleName: undefined }],
    ['has no description', { ...setAside, description: 7 }],
    ['has a fix that is no text', { ...setAside, suggestedFix: {} }],
    ['has a severity that is no text', { ...setAside, severity: null }],
    ['has no constructs', { ...setAside, violatingConstructs: { length: 7 } }],
    ['has a construct that is none', { ...setAside, violatingConstructs: [null] }],
    ['has a construct whose path is no text', { ...setAside, violatingConstructs: [{ constructPath: 7 }] }],
  ])('refuses a report in which something that was set aside %s', (_, value) => {
    expect(() => read(value)).toThrow(/^validation-report\.json in .* is not as the CDK writes it/);
  });
});

describe('an assembly that a synth is still writing', () => {
  const origin = (asOf: string) =>
    JSON.stringify({ form: 'concordat-assembly/v1', asOf, registerDigest: 'd'.repeat(64) });

  it('has what is still to be written, not what an earlier synth left', () => {
    write('manifest.json', {});
    write('concordat.json', origin('2026-12-01'));
    write('key-policy-hmcts.json', {});
    write('validation-report.json', {});
    const { assembly } = openUnderWay(folder, new Map([['concordat.json', origin('2027-04-01')]]));
    expect(assembly.origin?.asOf).toBe('2027-04-01');
    expect(assembly.file('key-policy-hmcts.json')).toBeUndefined();
    expect([...assembly.names()].sort()).toEqual(['concordat.json', 'manifest.json']);
  });

  it('has it all once it is written, from the templates that were read before', () => {
    write('manifest.json', { artifacts: { A: stack('a.template.json') } });
    write('a.template.json', {});
    const { assembly, whenWritten } = openUnderWay(folder, new Map());
    expect(findingsOf(assembly).packs).toEqual([]);
    write('validation-report.json', { pluginReports: [{ pluginName: 'Pack', violations: [] }] });
    rmSync(join(folder, 'a.template.json'));
    const written = whenWritten();
    expect(findingsOf(written).packs).toEqual(['Pack']);
    expect([written.underWay, written.stacks[0]]).toEqual([false, assembly.stacks[0]]);
  });
});
