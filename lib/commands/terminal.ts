/** What a command is given of the world: where to write, and what may be asked of it. */
import { createInterface } from 'node:readline/promises';

/** Results go to `out`, talk to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly colour: boolean;
  /** The folder that paths are relative to. */
  readonly cwd: string;
  /** Shows how far something has come, in the place of what it showed before; nothing takes it away. Absent where nobody looks on. */
  readonly progress?: (line: string | undefined) => void;
  /** Asks the person at the terminal; undefined where they end the input. Absent where there is no such person. */
  readonly ask?: (question: string) => Promise<string | undefined>;
}

/** What a command’s exit code means; the same for every command. */
export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  faultyInput: 3,
  internal: 4,
  /** What was begun is not done: the same command goes on from there. */
  unfinished: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * The process’s own terminal. Colour is used where both streams are a terminal, unless NO_COLOR is set, and elsewhere
 * only by FORCE_COLOR: a result that goes to a file stays plain.
 */
export function processTerminal(): Terminal {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0';
  // The reader may have read enough (`| head`): the rest is dropped.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colour: !NO_COLOR && (forced || Boolean(process.stdout.isTTY && process.stderr.isTTY)),
    cwd: process.cwd(),
    ...(process.stderr.isTTY && {
      progress: (line) => process.stderr.write(`\r\u001b[2K${line ?? ''}`),
    }),
    ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
  };
}

/** Questions are talk, so they go to stderr. */
function ask(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // What is edited is the last line alone.
  const last = question.lastIndexOf('\n') + 1;
  process.stderr.write(question.slice(0, last));
  return new Promise((resolve) => {
    lines.once('close', () => resolve(undefined));
    lines.question(question.slice(last)).then(
      (answer) => {
        resolve(answer.trim());
        lines.close();
      },
      () => resolve(undefined),
    );
  });
}
