/** Synthesises in this process. A file of its own, since loading the CDK takes longer than all that most tests do. */
import { synthApp } from '../../lib/commands/assembly/synth-app';
import type { IsoDate } from '../../lib/register/calendar';
import type { Register } from '../../lib/register/register';
import { lettingGo } from '../../lib/stacks/let-go';
import { addChecks, synthesise } from '../../lib/stacks/synthesise';
import { startValidator } from '../../lib/stacks/validator';

/** Writes the assembly of a register into a folder; with checks, the rule packs run as well. */
export function makeAssembly(folder: string, register: Register, asOf: IsoDate, checks: boolean): void {
  // A worker makes dozens, and would hold each app as long as it lives.
  lettingGo(() => {
    const app = synthApp(folder);
    if (checks) addChecks(app, register, asOf, startValidator());
    synthesise(app, register, asOf);
  });
}
