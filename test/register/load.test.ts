/** That a register is loaded whole, from a folder or from memory, and that reading order makes no difference. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { readRegisterFolder } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import type { AgreementId } from '../../lib/register/schema/agreement';
import type { OrganisationId } from '../../lib/register/schema/organisation';
import { SEVERAL } from './bad-input/rules';
import { AS_OF, edited, MINIMAL, registerAfter, replace, SAMPLE, set, write } from './samples';

describe('loading', () => {
  test('the sample and the minimal register are sound', () => {
    expect(loadRegister(SAMPLE, AS_OF)).toMatchObject({ ok: true });
    expect(loadRegister(MINIMAL, AS_OF)).toMatchObject({ ok: true });
  });

  test('faults in many files are told all at once, in the order of files and lines, however they are read', () => {
    const files = edited(MINIMAL, ...(SEVERAL['several-faults-in-several-files'] ?? []));
    const first = loadRegister(files, AS_OF);
    if (first.ok) throw new Error('the register has faults');
    const places = first.diagnostics.map(
      ({ place }) => `${place.file}:${String(place.line).padStart(3, '0')}`,
    );
    expect(new Set(places.map((each) => each.split(':')[0])).size).toBe(6);
    expect(places).toEqual([...places].sort());
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        const again = loadRegister(shuffled, AS_OF);
        expect(!again.ok && again.diagnostics).toEqual(first.diagnostics);
      }),
      { numRuns: 20, seed: 16 },
    );
  });

  test('a register with any fault at all is no register', () => {
    expect(loadRegister(edited(MINIMAL, write('notes.txt', '')), AS_OF).ok).toBe(false);
    expect(loadRegister([], AS_OF).ok).toBe(false);
  });

  test('each file with faults, and no other, comes with its lines', () => {
    const loaded = loadRegister(edited(MINIMAL, replace('zone.yaml', 'operator', 'operater')), AS_OF);
    expect(!loaded.ok && [...loaded.lines.keys()]).toEqual(['zone.yaml']);
  });
});

describe('a register', () => {
  const register = registerAfter();

  test('has its lists in the order of ids, and finds an organisation by its id', () => {
    expect(register.organisations.map((each) => each.id)).toEqual(['dwp', 'leeds', 'routing']);
    expect(register.organisation('leeds' as OrganisationId).name).toBe('Leeds City Council');
    expect(() => register.organisation('bradford' as OrganisationId)).toThrow(RangeError);
  });

  test('knows where each agreement is written', () => {
    expect(register.placeOf('benefit-awards' as AgreementId)).toBe('agreements/benefit-awards.yaml:1');
    const below = registerAfter(
      replace('agreements/benefit-awards.yaml', 'id: benefit', '# A note.\n\nid: benefit'),
    );
    expect(below.placeOf('benefit-awards' as AgreementId)).toBe('agreements/benefit-awards.yaml:3');
    expect(() => register.placeOf('other' as AgreementId)).toThrow(RangeError);
  });

  test('has the defaults of settings that were left out', () => {
    const { zone } = registerAfter(set('zone.yaml', { region: undefined, auditRetention: undefined }));
    expect([zone.region, zone.auditRetention]).toEqual(['eu-west-2', { mode: 'compliance', period: 'P7Y' }]);
  });
});

describe('reading a folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'register-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (...paths: string[]) => {
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), path);
    }
  };

  test('gives every file of it, in order, with forward slashes', () => {
    put(
      'zone.yaml',
      'organisations/b.yaml',
      'organisations/a.yaml',
      'agreements/deep/er/c.yaml',
      'stray.txt',
    );
    const files = readRegisterFolder(folder);
    expect(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual(
      [
        'agreements/deep/er/c.yaml',
        'organisations/a.yaml',
        'organisations/b.yaml',
        'stray.txt',
        'zone.yaml',
      ].map((path) => [path, path]),
    );
  });

  test('leaves out the notice, the schemas for editors and hidden files, but only at the top', () => {
    put('README.md', 'schema/zone.schema.json', '.git/config', '.hidden', 'agreements/README.md');
    expect(readRegisterFolder(folder).map((each) => each.path)).toEqual(['agreements/README.md']);
  });

  test('says what to do if there is no such folder, if it is a file, or if a link in it leads nowhere', () => {
    expect(() => readRegisterFolder(join(folder, 'none'))).toThrow(
      /^there is no folder .*none: name the folder that/,
    );
    put('zone.yaml');
    expect(() => readRegisterFolder(join(folder, 'zone.yaml'))).toThrow(
      /zone\.yaml is a file and not a folder: name the folder that holds zone\.yaml with --register/,
    );
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link.yaml'));
    expect(() => readRegisterFolder(folder)).toThrow(
      /link\.yaml cannot be read \(it is not there\): change that/,
    );
  });
});
