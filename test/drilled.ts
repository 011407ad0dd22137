/**
 * What a drill came to, held against the table of docs/recovery.md: each drill there has its time and what is lost, and each says
 * here what it saw. `npm run test:rehearsal` prints them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One drill. */
export interface Drilled {
  /** The first cell of its row. */
  readonly lost: string;
  /** How long it took, in seconds: of a simulated clock, or of this machine. */
  readonly seconds: number;
  readonly by: 'simulated' | 'measured';
  /** What was lost for good, as its row begins to say. */
  readonly forGood: string;
}

const drills: Drilled[] = [];

/** Notes a drill. @throws where its row says otherwise */
export function drilled(drill: Drilled): void {
  const row = rows().find(([lost]) => lost === drill.lost);
  expect([drill.lost, row?.[2]]).toEqual([drill.lost, expect.stringMatching(`^${drill.forGood}`)]);
  expect([drill.lost, row?.[4]]).toEqual([drill.lost, expect.stringContaining(timeOf(drill))]);
  drills.push(drill);
}

/** The drills of this process, as lines. */
export function drillLines(): string[] {
  return drills.map(
    ({ lost, seconds, by, forGood }) =>
      `${lost}: ${by === 'measured' ? `${seconds.toFixed(2)} s, measured` : timeOf({ seconds, by })}; lost for good: ${forGood}`,
  );
}

/** In minutes or hours; a drill on this machine has to be quick, however busy that is. */
function timeOf({ seconds, by }: Pick<Drilled, 'seconds' | 'by'>): string {
  if (by === 'measured') {
    expect(seconds).toBeLessThan(30);
    return 'seconds, measured';
  }
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.round(minutes / 6) / 10;
  return minutes < 120
    ? `${minutes} minute${minutes === 1 ? '' : 's'}, simulated`
    : `${hours} hours, simulated`;
}

/** The rows of the table, links as their words. */
function rows(): string[][] {
  const text = readFileSync(join(__dirname, '../docs/recovery.md'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')),
    );
}
