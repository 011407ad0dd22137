/** That a file which is as it was is not read again, and that one which changed is, wherever its bytes lie. */
import { rememberingFiles } from '../../lib/register/read-before';

function counted() {
  const read: string[] = [];
  const remembering = rememberingFiles(({ path, bytes }) => {
    read.push(path);
    return { text: `${path} ${Buffer.from(bytes)}` };
  });
  return { read, of: (path: string, text: string) => remembering({ path, bytes: Buffer.from(text) }).text };
}

it('reads a file once for each of its contents, and tells each as it is', () => {
  const { read, of } = counted();
  for (const _ of [1, 2])
    for (const text of ['as it is', 'as it will be']) expect(of('zone.yaml', text)).toBe(`zone.yaml ${text}`);
  expect(read).toEqual(['zone.yaml', 'zone.yaml']);
});

it('reads files of the same bytes each by itself, since what a file is depends on its path', () => {
  const { of } = counted();
  expect([of('agreements/a.yaml', 'id: a'), of('contracts/a.yaml', 'id: a')]).toEqual([
    'agreements/a.yaml id: a',
    'contracts/a.yaml id: a',
  ]);
});

it('reads a file again whose bytes were changed in their place', () => {
  const bytes = Buffer.from('id: a');
  const remembering = rememberingFiles((file) => `${Buffer.from(file.bytes)}`);
  expect(remembering({ path: 'a', bytes })).toBe('id: a');
  bytes.write('id: b');
  expect(remembering({ path: 'a', bytes })).toBe('id: b');
});
