/** How V8 compiles WebAssembly, for commands that run it too briefly for the better code to be worth its making. */
import { setFlagsFromString } from 'node:v8';

/**
 * Graphviz lays out 400 small pictures in a third of a second, of which V8 would spend as much again on better code of it. Synth has
 * a validator that runs for longer: how that is compiled is for whoever starts it.
 */
const RUNS_BRIEFLY: ReadonlySet<string> = new Set(['evidence']);

/** Has each function of WebAssembly compiled once, where a command runs it briefly. To be called before the first is made. */
export function compileWasmOnce(command = ''): void {
  if (RUNS_BRIEFLY.has(command)) setFlagsFromString('--liftoff-only');
}
