/** That a folder in which nothing can be made is named, with what the system said of it, and what to do. */
import { tmpdir } from 'node:os';
import { orNameAnother } from '../../lib/commands/made-folder';
import { emptyFolder } from './captured-terminal';

const cwd = emptyFolder();
const refusedBy = (error: object) =>
  orNameAnother('cdk.out', 'with --output DIR', { cwd }, () => {
    throw Object.assign(new Error('refused'), error);
  });

test('of an open file that has no more room, both places are named that it can lie in', async () => {
  const place = `cdk.out, or a temporary file in ${tmpdir()}, cannot be written`;
  await expect(refusedBy({ code: 'ENOSPC', syscall: 'write' })).rejects.toThrow(
    `${place} (the disk is full): make room there, or name another folder with --output DIR`,
  );
  await expect(refusedBy({ code: 'EDQUOT', syscall: 'write' })).rejects.toThrow(place);
});

test('of a file with a name, its folder is', async () => {
  await expect(refusedBy({ code: 'ENOSPC', syscall: 'open', path: `${cwd}/cdk.out/a` })).rejects.toThrow(
    'cdk.out cannot be written (the disk is full): name another folder with --output DIR',
  );
});

test('what is said of other files, and by others, goes on as it is', async () => {
  for (const error of [
    { code: 'ENOSPC', syscall: 'open', path: '/elsewhere/a' },
    { code: 'EPIPE', syscall: 'write' },
    {},
  ])
    await expect(refusedBy(error)).rejects.toThrow(/^refused$/);
});
