/** The file beside the register in which it stands what live tests have come to. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWhole } from '../../disk';
import {
  LIVE_OUTCOMES_FILE,
  type LiveOutcomes,
  liveOutcomesText,
  NO_LIVE_OUTCOMES,
  parseLiveOutcomes,
} from '../../wire';
import type { Terminal } from '../terminal';
import { textNamed } from '../unread';

/** What people call the file. @param folder the register’s, as the reader knows it */
export function outcomesFile(folder: string): string {
  return `${folder}/${LIVE_OUTCOMES_FILE}`;
}

/** What it holds; nothing where there is no such file. @throws WireError with every problem, UsageError where it cannot be read */
export function readOutcomes(folder: string, terminal: Pick<Terminal, 'cwd'>): LiveOutcomes {
  const file = resolve(terminal.cwd, folder, LIVE_OUTCOMES_FILE);
  if (!existsSync(file)) return NO_LIVE_OUTCOMES;
  return parseLiveOutcomes(textNamed(outcomesFile(folder), 'put back the file that was there', terminal));
}

/** Writes it, whole or not at all. */
export function writeOutcomes(outcomes: LiveOutcomes, folder: string, { cwd }: Pick<Terminal, 'cwd'>): void {
  writeWhole(resolve(cwd, folder, LIVE_OUTCOMES_FILE), liveOutcomesText(outcomes));
}
