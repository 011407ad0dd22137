/** The handler of the engine’s function, called by its state machine alone. See step.ts for what it answers. */

import { realWorld } from './aws-accounts';
import { parseEnvironment } from './environment';
import type { World } from './ports';
import { answered } from './step';

let world: World | undefined;

/** Called by Lambda. */
export async function handler(event: unknown): Promise<object> {
  if (world === undefined) {
    const { region, bucket } = parseEnvironment(process.env);
    world = realWorld(region, bucket);
  }
  return answered(event, world);
}
