/** The wildcards of IAM, read as generously as anybody could: `*` stands for any text, `?` for any one character. */
export function iamMatches(pattern: string, text: string): boolean {
  const expression = Array.from(pattern, (each) =>
    each === '*' ? '.*' : each === '?' ? '.' : each.replace(/[\\^$.|+()[\]{}/-]/g, '\\$&'),
  ).join('');
  return new RegExp(`^${expression}$`, 's').test(text);
}
