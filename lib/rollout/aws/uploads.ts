/** Uploads what stacks need, by the CDK’s own command line, unmodified: it packs, and leaves out what is there already. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** How many files are uploaded at once. */
const AT_ONCE = 16;
/** How much of what it says is told where it fails, in lines. */
const LINES = 8;

/**
 * Uploads the files of stacks.
 * @param folder of the assembly; the CDK keeps archives in it, so it is a copy
 * @param artifacts as `cdk deploy` calls the stacks
 * @throws Error with what the command line said last
 */
export async function upload(folder: string, artifacts: readonly string[], region: string): Promise<void> {
  const cli = createRequire(__filename).resolve('aws-cdk/bin/cdk');
  const args = [
    ...[cli, 'publish-assets', ...artifacts, '--exclusively', '--app', folder],
    ...['--unstable=publish-assets', '--concurrency', String(AT_ONCE), '--no-notices', '--no-color'],
  ];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: 'true', AWS_REGION: region, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output = `${output}${String(chunk)}`.slice(-20_000);
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  throw new Error(lines.slice(-LINES).join('\n') || `cdk publish-assets ended with ${code}`);
}
