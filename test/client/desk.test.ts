/** The folder that files are collected into, on a real disk. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DESK_FOLDER, notedIn, openDesk } from '../../lib/client';
import type { Noted } from '../../lib/delivery';

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'concordat-desk-'));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

const noted = (key: string): Noted => ({
  what: 'collected',
  agreement: 'awards',
  key,
  version: 'v1',
  etag: 'e',
  bytes: 3,
  deposited: 1,
  at: 2,
  names: ['awards', 'a.csv'],
  checksum: { algorithm: 'SHA256', value: 'x', parts: undefined },
  handOn: false,
});

async function part(desk: Awaited<ReturnType<typeof openDesk>>, id: string, text: string) {
  const file = await desk.openPart(id);
  await file.write(0, Buffer.from(text));
  await file.settle();
}

test('a part gets its name at once and whole, and nothing that was there is written over', async () => {
  const at = folder();
  const desk = await openDesk(at);
  await part(desk, 'one', 'new');
  mkdirSync(join(at, 'awards'));
  writeFileSync(join(at, 'awards', 'a.csv'), 'mine');
  expect(await desk.place('one', ['awards', 'a.csv'])).toBe('taken');
  expect(await desk.place('one', ['awards', 'a.csv', 'b.csv'])).toBe('blocked');
  expect(await desk.place('one', ['awards', '2027', 'a.csv'])).toBe('placed');
  await desk.drop('one');
  expect(readFileSync(join(at, 'awards', 'a.csv'), 'utf8')).toBe('mine');
  expect(readFileSync(join(at, 'awards', '2027', 'a.csv'), 'utf8')).toBe('new');
  expect(readdirSync(join(at, DESK_FOLDER, 'parts'))).toEqual([]);
  expect(await desk.begun()).toEqual([]);
  await desk.release();
});

test('what was collected is for nobody else to read', async () => {
  const at = folder();
  const desk = await openDesk(at);
  await part(desk, 'one', 'new');
  await desk.place('one', ['awards', 'a.csv']);
  await desk.note(noted('k'));
  const open = (...names: string[]) => statSync(join(at, ...names)).mode & 0o077;
  expect([open('awards', 'a.csv'), open(DESK_FOLDER), open(DESK_FOLDER, 'collected.jsonl')]).toEqual([
    0, 0, 0,
  ]);
  await desk.release();
});

test('a line that a kill has cut costs that line alone', async () => {
  const at = folder();
  const first = await openDesk(at);
  await first.note(noted('one'));
  await first.release();
  appendFileSync(join(at, DESK_FOLDER, 'collected.jsonl'), '{"what":"coll');
  const second = await openDesk(at);
  await Promise.all([second.note(noted('two')), second.note(noted('three'))]);
  await second.release();
  expect((await notedIn(at)).map(({ key }) => key)).toEqual(['one', 'two', 'three']);
});

test('a list that leads elsewhere is not followed', async () => {
  const at = folder();
  mkdirSync(join(at, DESK_FOLDER));
  const line = (names: string[]) => `${JSON.stringify({ ...noted('k'), names })}\n`;
  writeFileSync(join(at, DESK_FOLDER, 'collected.jsonl'), line(['..', 'x']) + line(['a/b']) + line(['fine']));
  expect((await notedIn(at)).map(({ names }) => names)).toEqual([['fine']]);
});

test('a folder that was never collected into holds nothing, and asking makes nothing', async () => {
  const at = folder();
  expect(await notedIn(join(at, 'none'))).toEqual([]);
  expect(readdirSync(at)).toEqual([]);
});

test('the bytes of a part lie where they were put, and are read from there', async () => {
  const desk = await openDesk(folder());
  const file = await desk.openPart('one');
  await file.write(4, Buffer.from('later'));
  await file.write(0, Buffer.from('soon'));
  await file.close();
  const again = await desk.openPart('one');
  const read: string[] = [];
  for await (const bytes of again.read(2, 7)) read.push(Buffer.from(bytes).toString());
  expect([file.fresh, again.fresh, read.join('')]).toEqual([true, false, 'onlat']);
  await again.close();
  await desk.release();
});

test('two runs never have one folder, and what a killed run has left holds nobody up', async () => {
  const at = folder();
  const first = await openDesk(at);
  await expect(openDesk(at)).rejects.toMatchObject({ refusal: { refused: 'folder-busy' } });
  await first.release();
  const lock = join(at, DESK_FOLDER, 'lock');
  expect(existsSync(lock)).toBe(false);
  // No process has this number: Linux gives none above 2^22.
  writeFileSync(lock, JSON.stringify({ process: 2 ** 30, host: hostname() }));
  const second = await openDesk(at);
  await second.release();
  writeFileSync(lock, JSON.stringify({ process: 1, host: 'another' }));
  await expect(openDesk(at)).rejects.toMatchObject({ refusal: { by: 'a run on another' } });
  utimesSync(lock, 0, 0);
  const third = await openDesk(at);
  await third.release();
  expect(readdirSync(join(at, DESK_FOLDER))).toEqual(['parts']);
});

test('a folder that cannot be made is told by its path', async () => {
  const at = folder();
  writeFileSync(join(at, 'file'), '');
  await expect(openDesk(join(at, 'file'))).rejects.toMatchObject({
    refusal: { refused: 'disk', code: 'ENOTDIR', act: 'write' },
  });
});
