/** How the process of a command ends, where Node would first clear up a heap that nobody asks for any more. */
import type { Writable } from 'node:stream';
import type { ExitCode } from './terminal';

/**
 * They read or make a whole assembly and are done once they have told what they found. What they held is garbage then: V8 would go
 * on to mark it, and take it down object by object, where the system takes the memory back as a whole (docs/performance.md). Others
 * may have left something that is still to come to its end.
 */
const HOLDS_MUCH: ReadonlySet<string> = new Set([
  'custody',
  'evidence',
  'plan',
  'prove',
  'reproduce',
  'synth',
  'what',
  'who',
  'why',
]);

/** Ends the process with a code, once all that it said has been passed on. */
export async function endWith(code: ExitCode, command = ''): Promise<void> {
  process.exitCode = code;
  if (!HOLDS_MUCH.has(command)) return;
  await Promise.all([passedOn(process.stdout), passedOn(process.stderr)]);
  process.exit();
}

/** A stream calls back in turn, also where its reader has gone. */
function passedOn(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
