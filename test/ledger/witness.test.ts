/** That a witness cosigns what continues the last that it saw, and nothing else. */
import { sign } from 'node:crypto';
import { throwawayKey } from '../../lib/ledger/bundle';
import { checkpointText, parseCheckpoint } from '../../lib/ledger/core/checkpoint';
import { consistencyProof } from '../../lib/ledger/core/merkle';
import { checkSignatures } from '../../lib/ledger/core/signature';
import { formatNote } from '../../lib/ledger/core/signed-note';
import { hashesOf } from '../../lib/ledger/core/tile';
import { nodesOfTiles, Tree } from '../../lib/ledger/core/tree';
import { verifierKey } from '../../lib/ledger/core/verifier-key';
import { cosign, witnessKey } from '../../lib/ledger/witness';

const ORIGIN = 'log.example';
const logPrivate = throwawayKey('log');
const logKey = verifierKey(ORIGIN, 'ed25519', witnessKey({ name: 'x', privateKey: logPrivate }).publicKey);
const witness = { name: 'witness.example', privateKey: throwawayKey('witness') };
const TIME = 1_800_000_000;

function treeOf(words: readonly string[]) {
  const tree = new Tree();
  for (const word of words) tree.append(Buffer.from(word));
  const tiles = new Map(
    tree.partialTiles().map((tile) => [`${tile.level}/${tile.index}`, hashesOf(tile.bytes, tile.width, '')]),
  );
  return {
    root: tree.root(),
    size: tree.size,
    node: nodesOfTiles((level, index) => tiles.get(`${level}/${index}`)),
  };
}

function signedBy(head: { size: number; root: Uint8Array }, origin = ORIGIN, key = logPrivate) {
  const text = checkpointText({ ...head, origin });
  return parseCheckpoint(
    formatNote({
      text,
      signatures: [{ name: origin, keyId: logKey.keyId, signature: sign(null, Buffer.from(text), key) }],
    }),
  );
}

const three = treeOf(['a', 'b', 'c']);
const five = treeOf(['a', 'b', 'c', 'd', 'e']);
const fork = treeOf(['a', 'b', 'x', 'd', 'e']);
const proof = consistencyProof(five.node, 3, 5);
const request = { logKey, witness, time: TIME };

it('cosigns the first that it sees, and then what continues it; its line is good, and says when', async () => {
  const first = await cosign({ ...request, checkpoint: signedBy(three), seen: undefined, proof: [] });
  const second = await cosign({
    ...request,
    checkpoint: signedBy(five),
    seen: parseCheckpoint(first),
    proof,
  });
  const lines = await checkSignatures(parseCheckpoint(second), [logKey, witnessKey(witness)]);
  expect(lines).toMatchObject([
    { name: ORIGIN, outcome: 'good', time: undefined },
    { name: 'witness.example', outcome: 'good', time: TIME },
  ]);
  const again = await cosign({
    ...request,
    checkpoint: parseCheckpoint(second),
    seen: parseCheckpoint(second),
    proof: [],
  });
  expect(again).toBe(second);
});

it.each([
  [
    'a fork',
    { checkpoint: signedBy(fork), seen: signedBy(three), proof: consistencyProof(fork.node, 3, 5) },
    'does not continue',
  ],
  [
    'a fork of the same size',
    { checkpoint: signedBy(fork), seen: signedBy(five), proof: [] },
    'does not continue',
  ],
  [
    'what was not proved',
    { checkpoint: signedBy(five), seen: signedBy(three), proof: [] },
    'does not continue',
  ],
  ['an older one', { checkpoint: signedBy(three), seen: signedBy(five), proof: [] }, 'is of the size 3'],
  [
    'another log',
    { checkpoint: signedBy(five, 'other.example'), seen: signedBy(three), proof },
    'not signed by the log',
  ],
  [
    'another’s signature',
    { checkpoint: signedBy(five, ORIGIN, witness.privateKey), seen: signedBy(three), proof },
    'not signed by the log',
  ],
  [
    'a false memory',
    { checkpoint: signedBy(five), seen: signedBy(three, ORIGIN, witness.privateKey), proof },
    'seen last is not signed',
  ],
])('refuses %s', async (_what, asked, why) => {
  await expect(cosign({ ...request, ...asked })).rejects.toThrow(why);
});
