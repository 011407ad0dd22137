/**
 * A function as it is deployed: the bundle that the stacks make, in a process of its own. It runs under a harness of ours,
 * and, where it is installed (install-ric.sh), under AWS’s own runtime interface client.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lambdaBundle } from '../../lib/constructs/functions/lambda-bundle';

const RIC = join(
  process.env.AWS_LAMBDA_RIC_DIR ?? join(__dirname, '../.ric'),
  'node_modules/aws-lambda-ric/bin/index.mjs',
);

/** A function’s bundle in a folder that goes when the tests of a file are over. */
export class BundledFunction {
  readonly folder = mkdtempSync(join(tmpdir(), 'concordat-function-'));
  readonly text: string;
  readonly #file: string;

  constructor(private readonly name: string) {
    const bundle = lambdaBundle(name);
    this.text = bundle.text;
    this.#file = join(this.folder, bundle.name);
    writeFileSync(this.#file, this.text);
    afterAll(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** Describes the function under each program that can run it, and says which can’t. */
  underEachRunner(holds: (process: FunctionProcess) => void): void {
    const runners: readonly (readonly [string, readonly string[] | undefined])[] = [
      ['the harness', [join(__dirname, 'harness.mjs'), this.#file]],
      ['the runtime interface client', existsSync(RIC) ? [RIC, 'index.handler'] : undefined],
    ];
    for (const [runner, command] of runners) {
      if (command)
        describe(`the handler under ${runner}`, () =>
          holds(new FunctionProcess(this.name, this.folder, command)));
      else
        console.log(
          `not run: the handler under ${runner}, which is not installed; test/lambda/install-ric.sh installs it`,
        );
    }
  }
}

/** The process that a function runs in. */
export class FunctionProcess {
  /** What it has written so far, to both streams. */
  output = '';
  private child: ChildProcess | undefined;

  constructor(
    private readonly name: string,
    private readonly folder: string,
    private readonly command: readonly string[],
  ) {}

  /** Starts it with Lambda’s own variables and these. `host` is where the Runtime API is. */
  start(host: string, environment: Readonly<Record<string, string>>): void {
    this.output = '';
    this.child = spawn(process.execPath, this.command, {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        AWS_LAMBDA_RUNTIME_API: host,
        LAMBDA_TASK_ROOT: this.folder,
        AWS_LAMBDA_FUNCTION_NAME: `concordat-${this.name}`,
        AWS_LAMBDA_FUNCTION_VERSION: '1',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/concordat-${this.name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
        AWS_REGION: 'eu-west-2',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        ...environment,
      },
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk) => {
        this.output += String(chunk);
      });
  }

  /** All that it has written, once the text is in a whole line of it: an answer and a log come by different ways. */
  async wrote(text: string): Promise<string> {
    const { child } = this;
    while (!this.output.slice(0, this.output.lastIndexOf('\n') + 1).includes(text)) {
      if (!child || child.exitCode !== null)
        throw new Error(`it ended without writing ${text}: ${this.output}`);
      await new Promise((resolve) => {
        for (const stream of [child.stdout, child.stderr]) stream?.once('data', resolve);
        child.once('exit', resolve);
      });
    }
    return this.output;
  }

  /** Kills it, and waits until it is gone. */
  async stop(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
