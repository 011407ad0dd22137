/** That an assembly is read back as it is, and that a folder which is none is refused with a sentence that helps. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssemblyError, readAssembly, readJson } from '../../lib/assembly/assembly';

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

describe('readAssembly', () => {
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
    expect(readAssembly(folder)).toEqual([
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
    expect(() => readAssembly(folder)).toThrow(AssemblyError);
    expect(() => readAssembly(folder)).toThrow(
      /^there is no manifest\.json in .*: name a cloud assembly, such as cdk\.out/,
    );
  });

  it('says which template is missing, is not JSON, or goes nowhere', () => {
    write('manifest.json', { artifacts: { A: stack('a.template.json') } });
    expect(() => readAssembly(folder)).toThrow('there is no a.template.json');
    write('a.template.json', '{');
    expect(() => readAssembly(folder)).toThrow('a.template.json in');
    write('manifest.json', { artifacts: { A: { ...stack('a.template.json'), environment: 'nowhere' } } });
    expect(() => readAssembly(folder)).toThrow('does not say where stack A goes: synthesise it again');
  });
});

describe('readJson', () => {
  it('counts bytes, not characters', () => {
    write('words.json', '{"name":"Ŵ"}');
    expect(readJson(folder, 'words.json')).toEqual({ value: { name: 'Ŵ' }, bytes: 13 });
  });
});
