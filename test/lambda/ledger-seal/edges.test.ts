/** What the sealer does where the bucket, an entry, the environment or a timestamp authority is not as it should be. */
import { sign } from 'node:crypto';
import { parseEnvironment } from '../../../lambda/ledger-seal/environment';
import { verifyBundle } from '../../../lib/ledger/bundle';
import { checkpointText } from '../../../lib/ledger/core/checkpoint';
import { DER, der, derInteger, readDer, within } from '../../../lib/ledger/core/der';
import { checkpointPath } from '../../../lib/ledger/core/layout';
import { formatNote } from '../../../lib/ledger/core/signed-note';
import { requestsTimestampOf } from '../../../lib/ledger/core/timestamp';
import { formatVkey, type VerifierKey } from '../../../lib/ledger/core/verifier-key';
import { stagedItem } from '../../../lib/wire';
import { expectAllSealed, expectNoFork } from './invariants';
import { entryOf, keyFrom, NOW, OPEN, ORIGIN, publicKeyOf, World } from './world';

const entries = (count: number, from = 0) => Array.from({ length: count }, (_, n) => entryOf(from + n));

async function ledgerOf(count: number): Promise<World> {
  const world = new World();
  world.stage(...entries(count));
  await world.sealer()();
  return world;
}

/** Damage alarms by a metric of its own, and its line is one of security. */
function expectDamage(world: World): void {
  const lines = world.log.filter(({ event }) => event === 'ledger-damaged');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines)
    expect(line).toMatchObject({
      level: 'ERROR',
      security: true,
      error: expect.stringMatching(/^LedgerDamagedError: /),
    });
  expect(world.log.at(-1)).toMatchObject({ Damaged: lines.length });
}

describe('a bucket that was changed', () => {
  it.each([
    ['a tile', 'tile/0/000.p/5'],
    ['a bundle of entries', 'tile/entries/000.p/5'],
    ['the newest checkpoint', checkpointPath(5)],
    ['the public checkpoint', 'checkpoint'],
    ['a claim', 'claim/0000000000000005'],
    ['the note of what is finished', 'sealed'],
  ])('in %s is found, and nothing is signed on top', async (_what, path) => {
    const world = await ledgerOf(5);
    world.stage(...entries(2, 5));
    const signed = world.signatures;
    const bytes = Buffer.from(world.current(path) ?? Buffer.from('{"entries":[]}'));
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    if (path === 'sealed') bytes.write('x');
    world.objects.set(path, [bytes]);
    await expect(world.sealer()()).rejects.toThrow('each is in the log');
    expectDamage(world);
    expect(world.signatures - signed).toBeLessThanOrEqual(path === 'checkpoint' ? 1 : 0);
  });

  it.each([
    ['a tile is cut short', 'tile/0/000.p/5'],
    ['a bundle of entries is cut short', 'tile/entries/000.p/5'],
    ['a checkpoint is empty', checkpointPath(5)],
  ])('so that %s is damage as well, and no hiccup', async (_what, path) => {
    const world = await ledgerOf(5);
    world.stage(...entries(2, 5));
    const bytes = world.current(path) ?? Buffer.of();
    world.objects.set(path, [path.startsWith('tile') ? bytes.slice(0, -1) : Buffer.of()]);
    await expect(world.sealer()()).rejects.toThrow('each is in the log');
    expectDamage(world);
  });

  it.each([
    ['newest checkpoint can’t be read', 'checkpoint', [Buffer.from('?')]],
    ['kept copy of the newest checkpoint is gone', checkpointPath(5), undefined],
  ])(
    'so that the %s is found by asking for a timestamp, though nothing is to be sealed',
    async (_what, path, versions) => {
      const world = await ledgerOf(5);
      if (versions) world.objects.set(path, versions);
      else world.objects.delete(path);
      const sealer = world.sealer(OPEN, { timestampUrl: 'https://tsa.example/' });
      await expect(sealer()).rejects.toThrow('1 failed; each is in the log');
      expectDamage(world);
    },
  );

  it('is told beside a write that failed at the same time, whichever failed first', async () => {
    for (const failing of ['tile/0/000.p/3', 'tile/entries/000.p/3']) {
      const world = new World();
      world.stage(...entries(3));
      world.objects.set(failing === 'tile/0/000.p/3' ? 'tile/entries/000.p/3' : 'tile/0/000.p/3', [
        Buffer.of(1),
      ]);
      const gate = async (call: string) => {
        if (call === `create ${failing}`) throw Object.assign(new Error('Slow down'), { name: 'SlowDown' });
      };
      await expect(world.sealer(gate)()).rejects.toThrow('2 failed');
      expectDamage(world);
      expect(world.log.filter(({ what }) => what === 'the run broke off')).toHaveLength(1);
    }
  });

  it('is what a fault of AWS is not taken for', async () => {
    const world = await ledgerOf(5);
    world.stage(...entries(2, 5));
    const gate = async (call: string) => {
      if (call.startsWith('get tile')) throw Object.assign(new Error('Slow down'), { name: 'SlowDown' });
    };
    await expect(world.sealer(gate)()).rejects.toThrow('1 failed');
    expect(world.log.at(-1)).toMatchObject({ Failures: 1, Damaged: 0 });
    expect(world.log.filter(({ security }) => security)).toEqual([]);
  });

  it('in a tile high up, which no entry of the last bundle shows, is found', async () => {
    const world = new World();
    world.stage(...entries(257).map((each) => ({ ...each, organisations: [] })));
    const sealer = world.sealer(OPEN, { limits: { entries: 400, bytes: 1_000_000 } });
    await sealer();
    world.objects.set('tile/1/000.p/1', [Buffer.alloc(32)]);
    world.stage(...entries(1, 257));
    await expect(sealer()).rejects.toThrow('each is in the log');
    expect(world.signatures).toBe(1);
  });

  it('so that a checkpoint of what is claimed next is there already, signed, with another root, is found', async () => {
    const world = await ledgerOf(3);
    world.stage(...entries(2, 3));
    const text = checkpointText({ origin: ORIGIN, size: 5, root: Buffer.alloc(32) });
    const signature = sign(null, Buffer.from(text), world.key);
    const note = formatNote({
      text,
      signatures: [{ name: ORIGIN, keyId: world.publicKey.keyId, signature }],
    });
    world.objects.set(checkpointPath(5), [Buffer.from(note)]);
    await expect(world.sealer()()).rejects.toThrow('each is in the log');
    expect(String(world.current('checkpoint')).split('\n')[1]).toBe('3');
    expect([...world.rows.values()].filter(({ item }) => item.unsealed)).toHaveLength(2);
  });

  it('so that an old claim stands where the next belongs is found, and nothing is sealed twice', async () => {
    const world = await ledgerOf(3);
    world.objects.set('claim/0000000000000003', world.objects.get('claim/0000000000000000') ?? []);
    await expect(world.sealer()()).rejects.toThrow('each is in the log');
    expect(world.log.some((line) => String(line.error).includes('the claim at 3 can’t be read'))).toBe(true);
  });

  it('so that a receipt is there already with other bytes, is found', async () => {
    const world = new World();
    world.stage(...entries(3));
    world.objects.set('receipts/dwp/0000000000000003.json', [Buffer.from('{}')]);
    await expect(world.sealer()()).rejects.toThrow('each is in the log');
    expect(world.log.some((line) => String(line.error).includes('is there with other bytes'))).toBe(true);
  });

  it('signed by another key is not built upon, unless that key is named as a former one', async () => {
    const world = await ledgerOf(4);
    world.stage(...entries(2, 4));
    const old = publicKeyOf(keyFrom('log'));
    const renewed = new World();
    Object.assign(renewed, { key: keyFrom('new'), publicKey: publicKeyOf(keyFrom('new')) });
    for (const [path, versions] of world.objects) renewed.objects.set(path, [...versions]);
    renewed.stage(...entries(2, 4));
    await expect(renewed.sealer()()).rejects.toThrow('each is in the log');
    expect(renewed.signatures).toBe(0);
    await renewed.sealer(OPEN, { formerKeys: [old] })();
    expect(renewed.signatures).toBe(1);
  });

  it('and is sealed on by another key, is one ledger to who has both keys, and no ledger to who has one', async () => {
    const world = await ledgerOf(4);
    const former = world.publicKey;
    Object.assign(world, { key: keyFrom('new'), publicKey: publicKeyOf(keyFrom('new')) });
    world.stage(...entries(3, 4));
    expect(await world.sealer(OPEN, { formerKeys: [former] })()).toMatchObject({ sealed: 3, failures: 0 });
    const paths = [...world.objects.keys()].sort();
    const verified = async (...pinned: VerifierKey[]) => {
      const { findings, head } = await verifyBundle(
        { paths: () => paths, read: (path) => world.current(path) ?? Buffer.of() },
        {
          pinned: pinned.map(({ publicKey }) => publicKey),
          known: undefined,
          receiptsOnly: false,
          entries: undefined,
          threads: 1,
        },
      );
      return { size: head?.size, wrong: findings.map(({ kind, path }) => [kind, path]) };
    };
    expect(await verified(former, world.publicKey)).toEqual({ size: 7, wrong: [] });
    expect((await verified(world.publicKey)).wrong).toContainEqual(['signature', checkpointPath(4)]);
    expect((await verified(former)).wrong).toContainEqual(['signature', 'checkpoint']);
  });
});

it('an entry that can’t be sealed is said so, and does not hold up the others', async () => {
  const world = new World();
  world.stage(...entries(6));
  for (const id of ['event-0', 'event-3']) {
    const row = world.rows.get(id);
    if (row) row.item = { ...row.item, entry: { B: Buffer.of() } };
  }
  await expect(world.sealer()()).rejects.toThrow('2 failed');
  expect(
    world.log.filter((line) => line.what === 'entry can’t be sealed').map((line) => line.eventId),
  ).toEqual(['event-0', 'event-3']);
  for (const id of ['event-0', 'event-3']) world.rows.delete(id);
  await expectAllSealed(world);
});

it('an entry that has vanished from staging, or has another leaf there, is sealed and said to be wrong', async () => {
  const world = new World();
  world.stage(...entries(3));
  const gate = async (call: string) => {
    if (call === 'mark event-1') world.rows.delete('event-1');
  };
  await expect(world.sealer(gate)()).rejects.toThrow('1 failed');
  await expectNoFork(world);
  expect(String(world.current('sealed'))).toBe('3\n');
});

it('a staging table that was restored from a backup is told everything again where that is asked for', async () => {
  const world = await ledgerOf(7);
  for (const [id, row] of world.rows)
    row.item = { ...stagedItem(entryOf(Number(id.slice('event-'.length)))) };
  const signed = world.signatures;
  world.stage(...entries(1, 7));
  await world.sealer()({ again: true });
  await expectAllSealed(world);
  expect(world.signatures - signed).toBe(1);
});

it('a new claim is not begun where too little time is left', async () => {
  const world = new World();
  world.stage(...entries(3));
  const sealer = world.sealer(OPEN, {}, { remaining: () => 10_000 });
  expect(await sealer()).toMatchObject({ sealed: 0, failures: 0 });
  expect(world.objects.size).toBe(0);
});

describe('a timestamp', () => {
  const environment = { timestampUrl: 'https://tsa.example/' };
  const reply =
    (body: Uint8Array, status = 200): typeof fetch =>
    async () =>
      new Response(Buffer.from(body), { status });

  it('is asked for once in its time, on the newest checkpoint, and a refusal is noted and harmless', async () => {
    const world = new World();
    world.stage(...entries(3));
    let asked = 0;
    let now = NOW;
    const refused = der(DER.sequence, der(DER.sequence, derInteger(Buffer.of(2))));
    const counting: typeof fetch = (...args) => {
      asked += 1;
      return reply(refused)(...args);
    };
    const sealer = world.sealer(OPEN, environment, { fetch: counting, now: () => now });
    expect(await sealer()).toMatchObject({ sealed: 3, failures: 0, timestampFailures: 1 });
    const request = world.current('timestamp/0000000000000003.tsq') ?? Buffer.of();
    expect(requestsTimestampOf(request, world.current(checkpointPath(3)) ?? Buffer.of())).toBe(true);
    expect(world.current('timestamp/0000000000000003.tsr')).toBeUndefined();
    now += 60_000;
    await sealer();
    expect(asked).toBe(2);
  });

  it('that was received is kept, and the next is asked for when its time has come', async () => {
    const world = new World();
    let asked = 0;
    let now = NOW;
    const granting: typeof fetch = async (_url, init) => {
      asked += 1;
      return new Response(granted(Buffer.from(init?.body as Uint8Array)));
    };
    const sealer = world.sealer(OPEN, environment, { fetch: granting, now: () => now });
    for (const minutes of [0, 1, 59, 60]) {
      world.stage(...entries(2, 2 * minutes));
      now = NOW + minutes * 60_000;
      expect(await sealer()).toMatchObject({ failures: 0, timestampFailures: 0 });
    }
    expect(asked).toBe(2);
    expect([...world.objects.keys()].filter((path) => path.endsWith('.tsr'))).toEqual([
      'timestamp/0000000000000002.tsr',
      'timestamp/0000000000000008.tsr',
    ]);
    expect(world.log.find((line) => line.action === 'stamped')).toMatchObject({
      size: 2,
      time: '2026-12-01T09:00:01.000Z',
    });
  });

  it.each<[string, typeof fetch]>([
    ['is down', () => Promise.reject(new TypeError('fetch failed'))],
    ['errs', reply(Buffer.of(), 500)],
    ['talks nonsense', reply(Buffer.from('hello'))],
    ['talks without end', reply(Buffer.alloc(300_000))],
  ])('of an authority that %s delays and breaks nothing', async (_what, answer) => {
    const world = new World();
    world.stage(...entries(3));
    const result = await world.sealer(OPEN, environment, { fetch: answer })();
    expect(result).toMatchObject({ sealed: 3, failures: 0, timestampFailures: 1 });
    await expectAllSealed(world);
  });
});

describe('the environment', () => {
  const RIGHT = {
    LEDGER_BUCKET: 'zone-ledger-111111111111-eu-west-2-an',
    STAGING_TABLE: 'concordat-staging',
    LEDGER_ORIGIN: ORIGIN,
    KEY_ARN: 'arn:aws:kms:eu-west-2:111111111111:key/a',
    AWS_REGION: 'eu-west-2',
    AWS_LAMBDA_FUNCTION_NAME: 'seal',
  };

  it('is read with what may be left out left out', () => {
    expect(parseEnvironment(RIGHT)).toMatchObject({
      mlDsaKeyArn: undefined,
      formerKeys: [],
      timestampUrl: undefined,
    });
    const more = {
      TIMESTAMP_URL: 'https://tsa.example/',
      FORMER_KEYS: formatVkey(publicKeyOf(keyFrom('old'))),
    };
    expect(parseEnvironment({ ...RIGHT, ...more })).toMatchObject({
      timestampUrl: 'https://tsa.example/',
      formerKeys: [{ name: ORIGIN, type: 'ed25519' }],
    });
  });

  it('is refused with every fault at once', () => {
    const wrong = {
      LEDGER_BUCKET: 'A',
      LEDGER_ORIGIN: 'a b',
      KEY_ARN: 'arn:aws:kms:eu-west-1:111111111111:key/a',
      ML_DSA_KEY_ARN: 'alias/x',
      TIMESTAMP_URL: 'ftp://x',
      FORMER_KEYS: 'x',
      AWS_REGION: 'eu-west-2',
    };
    for (const name of [...Object.keys(wrong).slice(0, -1), 'STAGING_TABLE', 'AWS_LAMBDA_FUNCTION_NAME'])
      expect(() => parseEnvironment(wrong)).toThrow(name);
  });
});

/** A reply as an authority makes it, but for its signature, which is for openssl to check. */
function granted(request: Buffer): Buffer {
  const [, imprint, nonce] = within(readDer(request)[0], DER.sequence, 'the request');
  const info = der(
    DER.sequence,
    derInteger(Buffer.of(1)),
    der(DER.oid, Buffer.of(0x2a, 3, 4)),
    der(DER.sequence, imprint?.content ?? Buffer.of()),
    derInteger(Buffer.of(9)),
    der(DER.generalizedTime, Buffer.from('20261201090001Z')),
    der(DER.integer, nonce?.content ?? Buffer.of()),
  );
  const type = der(DER.oid, Buffer.from('2a864886f70d0109100104', 'hex'));
  const content = der(DER.sequence, type, der(DER.context0, der(DER.octets, info)));
  const signed = der(DER.sequence, derInteger(Buffer.of(3)), der(DER.set), content);
  const kind = der(DER.oid, Buffer.from('2a864886f70d010702', 'hex'));
  const token = der(DER.sequence, kind, der(DER.context0, signed));
  return Buffer.from(der(DER.sequence, der(DER.sequence, derInteger(Buffer.of(0))), token));
}
