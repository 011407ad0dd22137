/**
 * Has each whole assembly be read as a world once, and be proven once: tests run several commands over the same one, and each
 * would prove it again. To be imported before the commands are.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly, World } from '../../lib/assembly';
import type { Proof, ProofSettings } from '../../lib/proof/prove';

jest.mock('../../lib/assembly/world-reader', () => {
  const actual = jest.requireActual<typeof import('../../lib/assembly/world-reader')>(
    '../../lib/assembly/world-reader',
  );
  const known = new Map<string, World>();
  const worldOf = (source: Assembly): World => {
    // Of one that a synth is still writing, some files are not there yet.
    if (source.underWay) return actual.worldOf(source);
    // Assets are named by what they hold.
    const files = readdirSync(source.folder, { withFileTypes: true }).filter((each) => each.isFile());
    const content = createHash('sha256');
    for (const { name } of files) content.update(name).update(readFileSync(join(source.folder, name)));
    const key = content.digest('hex');
    const world = known.get(key) ?? actual.worldOf(source);
    known.set(key, world);
    return world;
  };
  return { ...actual, worldOf };
});

jest.mock('../../lib/proof/prove', () => {
  const actual = jest.requireActual<typeof import('../../lib/proof/prove')>('../../lib/proof/prove');
  const proofs = new WeakMap<World, Map<string, Proof>>();
  const prove = (world: World, only?: ReadonlySet<string>, settings: ProofSettings = {}): Proof => {
    const { bundles, ...others } = settings;
    const key = JSON.stringify([only && [...only], others, bundles && [...bundles]]);
    const known = proofs.get(world) ?? new Map<string, Proof>();
    proofs.set(world, known);
    const proof = known.get(key) ?? actual.prove(world, only, settings);
    known.set(key, proof);
    return proof;
  };
  return { ...actual, prove };
});
