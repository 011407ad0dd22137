/**
 * Has each whole assembly be read as a world once, and be proven once: tests run several commands over the same one, and each
 * would prove it again. For tests that change no assembly in memory: it is told by its files.
 */
import type { World, worldOf } from '../../lib/assembly';
import type { Proof, prove } from '../../lib/proof/prove';
import { foundOnce } from '../found-once';
import { contentOf } from '../stacks/content-of';

const worlds = new Map<string, World>();

foundOnce<typeof worldOf>('worldOf', (read, source) => {
  // Of one that a synth is still writing, some files are not there yet.
  if (source.underWay) return read(source);
  const key = contentOf(source.folder);
  const world = worlds.get(key) ?? read(source);
  worlds.set(key, world);
  return world;
});

const proofs = new WeakMap<World, Map<string, Proof>>();

foundOnce<typeof prove>('prove', (actual, world, only, settings = {}) => {
  const { bundles, ...others } = settings;
  const key = JSON.stringify([only && [...only], others, bundles && [...bundles]]);
  const known = proofs.get(world) ?? new Map<string, Proof>();
  proofs.set(world, known);
  const proof = known.get(key) ?? actual(world, only, settings);
  known.set(key, proof);
  return proof;
});
