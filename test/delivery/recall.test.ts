/** Taking back: whatever happens in between, no other version than the one that was looked at is hidden. */
import { recall, toRecall } from '../../lib/delivery';
import { crc64, MemoryS3 } from './memory-store';

const KEY = 'agreements/extract/a.csv';

async function put(s3: MemoryS3, text: string): Promise<string> {
  const bytes = Buffer.from(text);
  const body = {
    bytes: bytes.length,
    crc64nvme: crc64(bytes),
    open: async function* open() {
      yield bytes;
    },
  };
  return (await s3.run().put(KEY, { mediaType: 'text/csv', metadata: {} }, body)).version;
}

test('a deposit that comes between looking and taking back stays', async () => {
  const s3 = new MemoryS3();
  await put(s3, 'one');
  const plan = await toRecall(s3.run(), KEY);
  const second = await put(s3, 'two');
  await expect(recall(s3.run(), plan)).rejects.toMatchObject({
    refusal: { refused: 'other-version', wanted: plan.version, current: second },
  });
  await expect(toRecall(s3.run(), KEY, plan.version)).rejects.toMatchObject({ refusal: { current: second } });
  expect(s3.current(KEY)?.version).toBe(second);
});

test('a recall that is killed and done again puts no second marker there', async () => {
  for (let call = 1; call <= 4; call++)
    for (const when of ['before', 'after'] as const) {
      const s3 = new MemoryS3();
      await put(s3, 'one');
      const plan = await toRecall(s3.run(), KEY);
      await recall(s3.run({ call, when }), plan).catch(() => undefined);
      await recall(s3.run(), plan);
      expect(s3.current(KEY)).toBeUndefined();
      expect(s3.objects.get(KEY)).toHaveLength(2);
    }
});
