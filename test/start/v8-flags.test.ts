/** That V8 is asked for nothing that it does not know, of which it would tell whoever types a command. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** The flags that loading the program sets where V8 is of this version. */
function flagsWith(version: string): unknown {
  const program = `
    const flags = [];
    require('node:v8').setFlagsFromString = (flag) => void flags.push(flag.split('=')[0]);
    Object.defineProperty(process, 'versions', { value: { ...process.versions, v8: '${version}' } });
    require('./lib/start/typescript.cjs').loadTypeScript(process.cwd());
    console.log(JSON.stringify(flags));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' }));
}

test.each([
  ['20', '11.3.244.8-node.38', ['--interrupt-budget']],
  ['22', '12.4.254.21-node.56', []],
  ['24', '13.6.233.17-node.51', []],
])('asks V8 of Node %s only for what it has', (_node, version, flags) => {
  expect(flagsWith(version)).toEqual(flags);
});
