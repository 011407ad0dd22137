/** That the settings of a zone’s own folder bind every command that is typed in it or below it, and are judged as strictly as a register. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readValues } from '../../lib/commands/command-line';
import { placesFrom, placesOfRegister } from '../../lib/commands/home';
import { USUAL } from '../../lib/commands/places';
import { EXIT } from '../../lib/commands/terminal';
import { ASSEMBLY_OPTION, REGISTER_OPTION } from '../../lib/commands/vocabulary';
import { goldenIn } from '../golden';
import { MINIMAL } from '../register/samples';
import { folderWithRegister, run } from './captured-terminal';

const golden = goldenIn(__dirname);
const AS_OF = ['--as-of', '2026-12-01'];
const SOUND = `zone: "100000000002"
register: register
assembly: made/assembly
evidence: made/evidence
joining: made/joining
`;

function zoneWith(settings: string): string {
  const folder = folderWithRegister(MINIMAL);
  writeFileSync(join(folder, 'concordat.yaml'), settings);
  mkdirSync(join(folder, 'notes/2026'), { recursive: true });
  return folder;
}

const at = (cwd: string) => placesFrom({ cwd, colour: false, out: () => undefined, err: () => undefined });

describe('settings', () => {
  it('mean the same folders wherever they are typed below', () => {
    const folder = zoneWith(SOUND);
    expect(at(folder)).toEqual({
      register: 'register',
      assembly: 'made/assembly',
      evidence: 'made/evidence',
      joining: 'made/joining',
      home: '.',
      own: true,
    });
    expect(at(join(folder, 'notes/2026'))).toMatchObject({
      register: '../../register',
      assembly: '../../made/assembly',
      home: '../..',
    });
    expect(at(join(folder, 'register/agreements'))).toMatchObject({ register: '../../register' });
  });

  it('are not looked for where the folder is named', () => {
    const takes = { name: 'try', words: {}, options: { ...REGISTER_OPTION, ...ASSEMBLY_OPTION } };
    const never = () => {
      throw new Error('looked for');
    };
    expect(readValues(takes, ['--register', 'a', '--assembly', 'b'], never)).toEqual({
      register: 'a',
      assembly: 'b',
    });
  });

  it('a register in the current folder is nearer than settings further up', () => {
    const outer = zoneWith(SOUND);
    const inner = join(outer, 'another');
    mkdirSync(join(inner, 'register'), { recursive: true });
    writeFileSync(join(inner, 'register/zone.yaml'), '');
    expect(at(inner)).toEqual(USUAL);
    expect(at(folderWithRegister(MINIMAL))).toEqual(USUAL);
  });

  it('have a command judge the register of the zone, from a folder below', async () => {
    const folder = zoneWith(SOUND);
    const { code, err } = await run(['check', ...AS_OF], join(folder, 'notes/2026'));
    expect([code, err]).toEqual([EXIT.clean, expect.stringContaining('../../register is sound')]);
  });

  it('of the zone whose register is named are meant for what is made of it, wherever it is named', () => {
    const folder = zoneWith(SOUND);
    const bare = folderWithRegister(MINIMAL);
    const of = (cwd: string, register: string) => {
      const terminal = { cwd, colour: false, out: () => undefined, err: () => undefined };
      const { joining, home } = placesOfRegister(register, {
        ...terminal,
        places: () => placesFrom(terminal),
      });
      return { joining, home };
    };
    const elsewhere = join(bare, 'elsewhere');
    mkdirSync(elsewhere);
    expect(of(folder, 'register')).toEqual({ joining: 'made/joining', home: '.' });
    expect(of(join(folder, 'notes'), '../register')).toEqual({ joining: '../made/joining', home: '..' });
    expect(of(join(folder, 'register'), '.')).toEqual({ joining: '../made/joining', home: '..' });
    expect(of(elsewhere, join(folder, 'register'))).toEqual({
      joining: join(folder, 'made/joining'),
      home: folder,
    });
    // A zone without settings has it beside its register.
    expect(of(bare, 'register')).toEqual({ joining: 'joining', home: '.' });
    expect(of(elsewhere, '../register')).toEqual({ joining: '../joining', home: '..' });
    expect(of(folder, join(bare, 'register'))).toEqual({ joining: join(bare, 'joining'), home: bare });
  });

  it('have documents lie with the zone, in whichever folder they are asked for', async () => {
    const folder = zoneWith(SOUND);
    const { code, out } = await run(
      ['agreement', 'document', 'benefit-awards', ...AS_OF],
      join(folder, 'notes/2026'),
    );
    expect([code, out]).toEqual([
      EXIT.clean,
      '../../documents/benefit-awards.html\n../../documents/benefit-awards.odt\n',
    ]);
    expect(existsSync(join(folder, 'documents/benefit-awards.odt'))).toBe(true);
    expect(existsSync(join(folder, 'notes/2026/documents'))).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['not-yaml', 'zone: "100000000002\n'],
    ['missing', SOUND.replace(/^assembly.*\n/m, '').replace(/^joining.*\n/m, '')],
    ['misspelt', SOUND.replace('evidence:', 'evidnce:')],
    ['outside', SOUND.replace('made/assembly', '../elsewhere').replace(': register', ': /srv/register')],
    ['another-zone', SOUND.replace('100000000002', '100000000009')],
  ])('that are faulty are told with their line, and nothing is done: %s', async (name, text) => {
    const folder = zoneWith(text);
    const { code, out, err } = await run(['check', ...AS_OF], join(folder, 'notes'), false, 80);
    expect([code, out]).toEqual([EXIT.faultyInput, '']);
    golden(`settings-${name}.txt`, err);
  });
});
