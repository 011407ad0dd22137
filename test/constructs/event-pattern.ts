/** Whether a pattern of EventBridge fits an event, as far as the patterns here go: equality, anything-but and exists. */
export function fits(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern))
    return pattern.some((each) => {
      if (each === null || typeof each !== 'object') return each === event;
      if ('exists' in each) return each.exists === (event !== undefined);
      return event !== undefined && !(each['anything-but'] as unknown[]).includes(event);
    });
  return Object.entries(pattern as object).every(([name, each]) =>
    fits(each, (event as Record<string, unknown> | undefined)?.[name]),
  );
}
