/** Which place lies within which: as the paths say, and as links have it. */
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { above, afterLinks, asTyped, isWithin, ownPlace } from '../../lib/disk';

const cwd = mkdtempSync(join(tmpdir(), 'concordat-places-'));
mkdirSync(join(cwd, 'made/deep'), { recursive: true });
symlinkSync('made/deep', join(cwd, 'link'));

it.each([
  ['made', 'made'],
  ['made/deep', 'made'],
  ['made/deep/not/there/yet', 'made'],
  ['made/../made/deep/', 'made/'],
  ['made', '.'],
  ['made', '/'],
])('says that %s is within %s', (place, folder) => {
  expect(isWithin(asTyped(place, cwd), asTyped(folder, cwd))).toBe(true);
  expect(isWithin(afterLinks(place, cwd), afterLinks(folder, cwd))).toBe(true);
});

it.each([
  ['made', 'made/deep'],
  ['made-again', 'made'],
  ['..made', 'made'],
  ['made/..', 'made'],
])('says that %s is not within %s', (place, folder) => {
  expect(isWithin(asTyped(place, cwd), asTyped(folder, cwd))).toBe(false);
  expect(isWithin(afterLinks(place, cwd), afterLinks(folder, cwd))).toBe(false);
});

it('follows links as far as there is anything, and the last one only where it is not itself what is meant', () => {
  const folder = afterLinks('made', cwd);
  expect(isWithin(afterLinks('link', cwd), folder)).toBe(true);
  expect(isWithin(ownPlace('link', cwd), folder)).toBe(false);
  expect(isWithin(ownPlace('link/not/there', cwd), folder)).toBe(true);
  expect(isWithin(asTyped('link/not/there', cwd), asTyped('made', cwd))).toBe(false);
});

it('holds no path as typed against one of which links are followed', () => {
  // @ts-expect-error: the compiler refuses it
  expect(isWithin(asTyped('link', cwd), afterLinks('made', cwd))).toBe(false);
});

it('names the folders above, the nearest first', () => {
  expect(above(asTyped('/one/two/three', cwd))).toEqual(['/one/two', '/one', '/']);
});
