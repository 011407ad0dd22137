/** What a command is given of the world: where to write, and what may be asked of it. */
import { createInterface, type Interface } from 'node:readline';
import { inWidth } from './in-width';
import type { Places } from './places';

/** Results go to `out`, talk to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly colour: boolean;
  /** How many cells a line of talk has; 100 where it is not a terminal’s. */
  readonly width?: number;
  /** How many cells a line of results has; absent where no terminal shows them, and each stays whole. */
  readonly outWidth?: number;
  /** The folder that paths are relative to. */
  readonly cwd: string;
  /** The folders that are meant where a command names none; those of every register if not given. */
  readonly places?: () => Places;
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
    err: (text) =>
      process.stderr.write(inWidth(text, process.stderr.isTTY ? process.stderr.columns : undefined)),
    colour: !NO_COLOR && (forced || Boolean(process.stdout.isTTY && process.stderr.isTTY)),
    cwd: process.cwd(),
    ...(process.stderr.isTTY && process.stderr.columns > 0 && { width: process.stderr.columns }),
    ...(process.stdout.isTTY && process.stdout.columns > 0 && { outWidth: process.stdout.columns }),
    ...(process.stderr.isTTY && {
      progress: (line) => process.stderr.write(`\r\u001b[2K${line ?? ''}`),
    }),
    ...(process.stdin.isTTY && process.stderr.isTTY && { ask: asker() }),
  };
}

/**
 * Questions are talk, so they go to stderr. One interface serves them all: what was typed or pasted ahead of a question is
 * its answer, and is not lost.
 */
function asker(): NonNullable<Terminal['ask']> {
  const ahead: string[] = [];
  let lines: Interface | undefined;
  let hear: ((line: string | undefined) => void) | undefined;
  let isOver = false;
  const open = () => {
    const opened = createInterface({ input: process.stdin, output: process.stderr });
    opened.on('line', (line) => {
      if (hear === undefined) ahead.push(line);
      else hear(line);
    });
    opened.once('close', () => {
      isOver = true;
      hear?.(undefined);
    });
    return opened;
  };
  return (question) => {
    // What is edited is the last line alone.
    const last = question.lastIndexOf('\n') + 1;
    process.stderr.write(question.slice(0, last));
    const typed = ahead.shift();
    if (typed !== undefined) process.stderr.write(`${question.slice(last)}${typed}\n`);
    if (typed !== undefined || isOver) return Promise.resolve(typed?.trim());
    const reader = lines ?? open();
    lines = reader;
    return new Promise((resolve) => {
      hear = (line) => {
        hear = undefined;
        reader.pause();
        resolve(line?.trim());
      };
      reader.setPrompt(question.slice(last));
      reader.prompt();
    });
  };
}
