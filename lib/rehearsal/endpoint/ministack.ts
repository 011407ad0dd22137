/** The endpoint that the rehearsal brings: ministack, on loopback, in a temporary folder, for as long as it is needed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGroup } from '../child';
import { RehearsalError } from '../errors';

const LOOPBACK = '127.0.0.1';
/** How long it may take to answer for the first time, in milliseconds. */
const START = 60_000;

/** An endpoint that was started. */
export interface StartedEndpoint {
  readonly url: string;
  /** Its process, which leads its own process group. */
  readonly pid: number;
  /** Its last words, once it has ended without having been stopped. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Starts it. `folder` takes whatever it writes. @throws RehearsalError if it does not answer */
export async function startMinistack(
  python: string,
  folder: string,
  region: string,
  signal: AbortSignal,
): Promise<StartedEndpoint> {
  signal.throwIfAborted();
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const url = `http://${LOOPBACK}:${port}`;
  const logFile = join(folder, 'endpoint.log');
  const log = openSync(logFile, 'w');
  const child = spawn(python, [join(__dirname, 'attended.py')], {
    cwd: folder,
    detached: true,
    stdio: ['pipe', log, log],
    env: {
      // Functions run under the same Node as this.
      PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
      HOME: folder,
      TMPDIR: folder,
      GATEWAY_PORT: String(port),
      BIND_HOST: LOOPBACK,
      MINISTACK_HOST: LOOPBACK,
      MINISTACK_REGION: region,
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  closeSync(log);
  const over = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  let stopping = false;
  const ended = over.then(() => (stopping ? new Promise<never>(() => undefined) : lastLines(logFile)));
  const stop = async () => {
    stopping = true;
    child.stdin?.destroy();
    await endGroup(child);
  };
  try {
    const until = Date.now() + START;
    while (!(await answers(url))) {
      signal.throwIfAborted();
      if (isOver(child) || Date.now() > until)
        throw new RehearsalError(`the endpoint did not start: ${lastLines(logFile)}`);
      await Promise.race([sleep(100), over]);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid ?? 0, ended, stop };
}

/** Whether something there answers HTTP at all. */
export async function answers(url: string): Promise<boolean> {
  try {
    await fetch(new URL('/_ministack/health', url), { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
}

function isOver({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-3).join(' ').slice(-400) || 'it said nothing';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
