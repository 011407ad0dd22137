/** Loads the register for the CDK app, from the context settings `register` and `asOf`. */
import { resolve } from 'node:path';
import type { App } from 'aws-cdk-lib';
import type { Register } from '../../register';
import type { IsoDate } from '../../register/calendar';
import { dayWords } from '../../register/calendar';
import type { LiveOutcomes } from '../../wire';
import { UsageError } from '../option';
import { inputOf, loadOrExplain, outcomesOrExplain } from '../register-input';
import { EXIT, processTerminal } from '../terminal';

/** The register, the day, and what live tests came to. Where one of them is not sound, says why and ends the process. */
export function registerForApp(app: App): { register: Register; asOf: IsoDate; outcomes: LiveOutcomes } {
  const terminal = processTerminal();
  const setting = (name: string) => {
    const value: unknown = app.node.tryGetContext(name);
    return value === undefined ? undefined : String(value);
  };
  try {
    const input = inputOf(setting('register'), setting('asOf'), resolve('.'));
    const register = loadOrExplain(input, terminal);
    if (register === undefined) process.exit(EXIT.faultyInput);
    const outcomes = outcomesOrExplain(input, register, terminal);
    if (outcomes === undefined) process.exit(EXIT.faultyInput);
    terminal.err(`register ${input.folder}, as of ${dayWords(input.asOf)}\n`);
    return { register, asOf: input.asOf, outcomes };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`error: ${error.message}\n`);
    process.exit(EXIT.usage);
  }
}
