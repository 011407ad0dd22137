/** Answers of an interview that was not ended, kept in a file of their own until it is. */
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../disk';
import type { Answers } from '../../register/changes';

/** Where answers wait. */
export interface KeptAnswers {
  /** As it is shown. */
  readonly path: string;
  /** None where there is no such file, or it is none of ours. */
  readonly read: () => Answers;
  readonly write: (answers: Answers) => void;
  readonly forget: () => void;
}

const form = z.strictObject({
  form: z.literal('concordat-answers/v1'),
  /** The questions of one kind of file are not those of another. */
  of: z.string(),
  answers: z.record(z.string(), z.string()),
});

/**
 * Answers in a file, which only its owner can read. Where the folder cannot be written, they are not kept, and the
 * interview goes on.
 * @param cwd where the path begins
 * @param path of the file, as it is shown
 * @param of what is asked about, such as `agreement`
 */
export function keptAnswers(cwd: string, path: string, of: string): KeptAnswers {
  const file = resolve(cwd, path);
  return {
    path,
    read: () => {
      try {
        const kept = form.parse(JSON.parse(readFileSync(file, 'utf8')));
        return kept.of === of ? kept.answers : {};
      } catch {
        return {};
      }
    },
    write: (answers) => {
      try {
        writeWhole(file, JSON.stringify({ form: 'concordat-answers/v1', of, answers }, null, 2), 0o600);
      } catch {}
    },
    forget: () => rmSync(file, { force: true }),
  };
}
