/** That a place where nothing can be written is refused by the name that was typed, with why and what to do, and nothing is begun. */
import fs, { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { folderWithRegister, run } from './captured-terminal';

const AS_OF = ['--as-of', '2026-12-01'];

const folder = folderWithRegister();
writeFileSync(join(folder, 'file'), '');
symlinkSync('nowhere', join(folder, 'dangling'));
symlinkSync('circle', join(folder, 'circle'));
mkdirSync(join(folder, 'empty'));
symlinkSync('empty', join(folder, 'link'));
symlinkSync('.', join(folder, 'itself'));
mkdirSync(join(folder, 'taken'));
writeFileSync(join(folder, 'taken', 'register'), '');
const before = readdirSync(folder);

const SYNTH = ['synth', ...AS_OF, '--output'];
const PROFILE = ['profile', 'leeds', ...AS_OF, '--output'];
const DOCUMENT = ['agreement', 'document', 'benefit-rates', ...AS_OF, '--output'];

const NO_FOLDER = 'what should be a folder is a file';
const NO_ROOM = 'its folder is not there, or takes nothing new';
const IN_CIRCLE = 'it is a link that leads nowhere, or in a circle';

it.each<[string[], string]>([
  [
    [...SYNTH, 'dangling'],
    'dangling is a link that leads nowhere: remove it, or name another folder with --output DIR',
  ],
  [
    [...SYNTH, 'circle'],
    'circle is a link that leads nowhere: remove it, or name another folder with --output DIR',
  ],
  [[...SYNTH, 'file'], 'file is not a folder: name another folder with --output DIR'],
  [[...SYNTH, 'file/x'], `file/x cannot be written (${NO_FOLDER}): name another folder with --output DIR`],
  [
    [...SYNTH, 'file/x/y'],
    `file/x/y cannot be written (${NO_FOLDER}): name another folder with --output DIR`,
  ],
  [
    [...SYNTH, 'dangling/x'],
    `dangling/x cannot be written (${IN_CIRCLE}): name another folder with --output DIR`,
  ],
  [
    [...PROFILE, 'file'],
    `file/concordat-profile.json cannot be written (${NO_FOLDER}): name another folder with --output DIR`,
  ],
  [
    [...PROFILE, 'new'],
    `new/concordat-profile.json cannot be written (${NO_ROOM}): name another folder with --output DIR`,
  ],
  [[...DOCUMENT, 'file/x'], `file/x cannot be written (${NO_FOLDER}): name another folder with --output DIR`],
  [
    [...DOCUMENT, 'dangling'],
    `dangling cannot be written (${IN_CIRCLE}): name another folder with --output DIR`,
  ],
  [
    ['schema', '--docs', 'file/x'],
    `file/x cannot be written (${NO_FOLDER}): name another file with --docs FILE`,
  ],
  [['schema', '--docs', 'new/x'], `new/x cannot be written (${NO_ROOM}): name another file with --docs FILE`],
])('%j', async (argv, says) => {
  const { code, err } = await run(argv, folder);
  expect([code, err.split('\n')[0]]).toEqual([EXIT.usage, `error: ${says}`]);
  expect(readdirSync(folder)).toEqual(before);
});

it.each([
  ['new', 'new', 'are the same folder'],
  ['new/pack', 'new', 'lie one in the other'],
  ['new', 'new/templates', 'lie one in the other'],
  ['link', 'empty', 'are the same folder'],
  ['link/pack', 'empty', 'lie one in the other'],
])('begins no synth with --evidence-pack %s and --output %s', async (pack, output, lie) => {
  const { code, err } = await run([...SYNTH, output, '--evidence-pack', pack], folder);
  expect([code, err.split('\n')[0]]).toEqual([
    EXIT.usage,
    `error: --evidence-pack ${pack} and --output ${output} ${lie}, and each is replaced as a whole: name another folder with --evidence-pack DIR`,
  ]);
  expect([readdirSync(folder), readdirSync(join(folder, 'empty'))]).toEqual([before, []]);
});

it('begins no synth in the folder where it is typed, by whatever links that is named', async () => {
  for (const output of ['.', '../itself/empty']) {
    const words = [...SYNTH, output, '--register', join(folder, 'register')];
    const { code, err } = await run(words, join(folder, 'empty'));
    expect([code, err.split('\n')[0]]).toEqual([
      EXIT.usage,
      `error: ${output} is where you are: name a folder below it with --output DIR`,
    ]);
  }
});

it.each([SYNTH, DOCUMENT])('%s says of a disk that takes nothing new where', async (...argv) => {
  const made = jest.spyOn(fs, 'mkdirSync').mockImplementation((path) => {
    throw Object.assign(new Error('no such file or directory'), { code: 'ENOENT', path });
  });
  const { code, err } = await run([...argv, 'new/x'], folder);
  made.mockRestore();
  expect([code, err.split('\n')[0]]).toEqual([
    EXIT.usage,
    `error: new/x cannot be written (${NO_ROOM}): name another folder with --output DIR`,
  ]);
});

it('a faulty profile is called as it was named, and a folder is none', async () => {
  const named = join(folder, 'file');
  const faulty = await run(['signin', '--profile', 'file'], folder);
  expect([faulty.code, faulty.err]).toEqual([
    EXIT.faultyInput,
    expect.stringContaining(`${named} is not JSON`),
  ]);
  const page = await run(['mailbox', 'page', 'page', '--profile', 'file'], folder);
  expect([page.code, page.err]).toEqual([EXIT.faultyInput, expect.stringMatching(/^file is not JSON/)]);
  const none = await run(['signin', '--profile', 'register'], folder);
  expect([none.code, none.err]).toEqual([
    EXIT.faultyInput,
    expect.stringContaining('It is a folder: name the concordat-profile.json in it.'),
  ]);
});

it.each([
  ['file', 'file is no folder'],
  ['dangling', 'dangling is a link that leads to no folder'],
  ['circle', 'circle cannot be read (it is a link that leads nowhere, or in a circle)'],
  ['file/x', 'file/x cannot be read (what should be a folder is a file)'],
])('init %s asks for nothing before it says that no zone can be there', async (place, says) => {
  const { code, err } = await run(['init', place], folder);
  expect([code, err.split('\n')[0]]).toEqual([
    EXIT.usage,
    `error: ${says}: name a folder that is new or empty`,
  ]);
});

it('a register is begun in the place of no file', async () => {
  const { code, err } = await run(['init', 'taken'], folder);
  expect([code, err]).toEqual([
    EXIT.usage,
    expect.stringContaining(
      'taken/register cannot be read (what should be a folder is a file): name another folder',
    ),
  ]);
});
