/** Command lines as a shell takes them apart. */
import { execFileSync } from 'node:child_process';

/** The words of command lines, as a shell takes them apart. */
export function wordsOf(commands: readonly string[]): string[][] {
  const script = commands.map((each) => `printf '%s\\0' ${each}; printf '\\n\\0'`).join('\n');
  const lines: string[][] = [[]];
  for (const word of execFileSync('sh', { input: script, encoding: 'utf8' }).split('\0').slice(0, -1))
    if (word === '\n') lines.push([]);
    else lines.at(-1)?.push(word);
  return lines.slice(0, -1);
}
