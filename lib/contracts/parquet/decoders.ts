/**
 * What is used of other people’s packages, loaded when the first Parquet file is met: all three come as ES modules only, and
 * whoever checks CSV need not wait for them.
 *
 * Of hyparquet these are the decoders that its own reader is made of, from its exported paths, not that reader: it turns
 * decimals into floating-point numbers and times into milliseconds, and holds whole row groups. Its version is fixed, and the
 * tests hold files of three other writers against it.
 */

const load = async () => {
  const [column, delta, encoding, plain, snappy, thrift, compressors, zstddec] = await Promise.all([
    import('hyparquet/src/column.js'),
    import('hyparquet/src/delta.js'),
    import('hyparquet/src/encoding.js'),
    import('hyparquet/src/plain.js'),
    import('hyparquet/src/snappy.js'),
    import('hyparquet/src/thrift.js'),
    import('hyparquet-compressors'),
    import('zstddec'),
  ]);
  const zstd = new zstddec.ZSTDDecoder();
  await zstd.init();
  return {
    parquetHeader: column.parquetHeader,
    deltaBinaryUnpack: delta.deltaBinaryUnpack,
    byteStreamSplit: encoding.byteStreamSplit,
    readRleBitPackedHybrid: encoding.readRleBitPackedHybrid,
    readPlain: plain.readPlain,
    snappyUncompress: snappy.snappyUncompress,
    deserializeTCompactProtocol: thrift.deserializeTCompactProtocol,
    decompressLz4Raw: compressors.decompressLz4Raw,
    zstd,
  };
};

let loaded: ReturnType<typeof load> | undefined;

/** What is used of other people’s packages. */
export type Decoders = Awaited<ReturnType<typeof load>>;

/** Loads it, once. */
export function decoders(): Promise<Decoders> {
  loaded ??= load();
  return loaded;
}
