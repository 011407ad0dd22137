/** Writing to AWS side by side, but not without bound. */

/** Does something with each, so many at a time. After a failure it starts no more, waits for those begun, and throws it. */
export async function inParallel<T>(
  items: Iterable<T>,
  most: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failure: { readonly error: unknown } | undefined;
  const work = async () => {
    for (let next = iterator.next(); !next.done && !failure; next = iterator.next()) {
      try {
        await act(next.value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: most }, work));
  if (failure) throw failure.error;
}
