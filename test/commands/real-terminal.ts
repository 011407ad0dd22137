/**
 * A real terminal of 60 columns, in which a command runs and somebody types: a pseudoterminal by util-linux’s `script`, and what it
 * shows by xterm.js. Where there is no `script`, those who use it say so and are not run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { Terminal } from '@xterm/headless';

const COLUMNS = 60;
const ROWS = 40;

/** Whether there is a program that makes a pseudoterminal, of those that this is written for. */
export const hasTerminal = /util-linux/.test(
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '',
);

/** What came of it. */
interface Session {
  readonly code: number | null;
  /** Every line that was shown, as wide as the terminal at most. */
  readonly screen: string;
  /** How many keys were pressed. */
  readonly keys: number;
}

/**
 * Runs a command, and types an answer wherever it waits for one, key after key.
 * @param command for the shell
 * @throws Error where it waits for more than there is, or for less
 */
export function inTerminal(command: string, cwd: string, answers: readonly string[]): Promise<Session> {
  const shown = new Terminal({ cols: COLUMNS, rows: ROWS, scrollback: 10_000, allowProposedApi: true });
  const child = spawn('script', ['-qec', `stty cols ${COLUMNS} rows ${ROWS}; ${command}`, '/dev/null'], {
    cwd,
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
  });
  const left = [...answers];
  let keys = 0;
  let answeredAt = -1;
  const type = () => {
    const { at, text } = promptOf(shown);
    if (at === answeredAt || !/^(?:[a-z0-9-]+(?: \[.*\])?|yes or a number): $/.test(text)) return;
    answeredAt = at;
    const answer = left.shift();
    if (answer === undefined) {
      child.stdin.end('\u0004');
      return;
    }
    for (const key of `${answer}\r`) child.stdin.write(key);
    keys += answer.length + 1;
  };
  child.stdout.on('data', (bytes: Buffer) => shown.write(bytes, type));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      shown.write('', () => {
        const screen = linesOf(shown);
        if (left.length > 0) reject(new Error(`nobody asked for ${left[0]}:\n${screen}`));
        else resolve({ code, screen, keys });
      });
    });
  });
}

/** The line in which something can be typed, with what it says. */
function promptOf({ buffer: { active } }: Terminal): { readonly at: number; readonly text: string } {
  let at = active.baseY + active.cursorY;
  let text = active.getLine(at)?.translateToString(false, 0, active.cursorX) ?? '';
  while (active.getLine(at)?.isWrapped) {
    at -= 1;
    text = (active.getLine(at)?.translateToString(false) ?? '') + text;
  }
  return { at, text };
}

function linesOf({ buffer: { active } }: Terminal): string {
  const lines = Array.from(
    { length: active.length },
    (_, at) => active.getLine(at)?.translateToString(true) ?? '',
  );
  return `${lines.join('\n').trimEnd()}\n`;
}
