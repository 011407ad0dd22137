/**
 * The core of a transparency log, in plain JavaScript: no file, no network, nothing of Node. Its formats are those of C2SP:
 * tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature, tlog-proof.
 */
export { base64, bytesOf, concat, decimal, fromBase64, fromHex, hex, sameBytes, utf8 } from './bytes';
export { parseCanonical } from './canonical-json';
export {
  type Checkpoint,
  checkpointText,
  parseCheckpoint,
  parseCheckpointText,
  type SignedCheckpoint,
} from './checkpoint';
export { ed25519Message, fromTimestamped, mlDsaMessage, timestamped } from './cosignature';
export { LedgerFormatError } from './errors';
export { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash, sha256 } from './hash';
export { CHECKPOINT, checkpointPath, claimPath, keyPath, receiptPath, SEALED, timestampPath } from './layout';
export {
  consistencyProof,
  inclusionProof,
  inclusionProofs,
  type NodeSource,
  rootAt,
  type TreeHead,
  verifyConsistency,
  verifyInclusion,
} from './merkle';
export { ML_DSA_44_SIGNATURE_BYTES, mlDsaKeys, mlDsaSign, mlDsaVerify } from './ml-dsa';
export {
  formatReceipt,
  parseReceipt,
  type Receipt,
  type ReceiptEntry,
  ReceiptParts,
  receiptOf,
} from './receipt';
export { type CheckedSignature, checkSignatures, ed25519Verify } from './signature';
export { checkKeyName, formatNote, type NoteSignature, parseNote, type SignedNote } from './signed-note';
export {
  bundleOf,
  entriesOf,
  hashesOf,
  MOST_ENTRY_BYTES,
  subtreeHash,
  TILE_HEIGHT,
  TILE_WIDTH,
  type TileCoordinates,
  tileAt,
  tilePath,
  tilesOf,
} from './tile';
export { requestsTimestampOf, timestampOf, timestampRequest } from './timestamp';
export { formatProof, parseProof, proves, type TlogProof } from './tlog-proof';
export { nodesOfTiles, type OnTile, type ReadTile, type Tile, Tree } from './tree';
export {
  formatVkey,
  KEY_TYPE,
  type KeyType,
  parsePem,
  parseVkey,
  pemOf,
  rawPublicKey,
  spkiOf,
  type VerifierKey,
  verifierKey,
} from './verifier-key';
