/**
 * Whether a content policy leaves a page no more than its own code, and hosts that are named whole.
 * @see https://www.w3.org/TR/CSP3/
 */

/** Directives with what each may have; null where it may have nothing. */
const MAY: ReadonlyMap<string, RegExp | null> = new Map([
  ['default-src', /^'none'$/],
  ...['font-src', 'img-src', 'script-src', 'style-src', 'worker-src'].map(
    (name) => [name, /^'(?:self|none)'$/] as const,
  ),
  // One host each, by its whole name: no star, and nothing in clear.
  ['connect-src', /^(?:'(?:self|none)'|https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?)$/],
  ['frame-ancestors', /^'none'$/],
  ['base-uri', /^'none'$/],
  ['form-action', /^'none'$/],
  ['require-trusted-types-for', /^'script'$/],
  ['trusted-types', /^(?:'none'|[a-z][a-z0-9-]*)$/],
  ['upgrade-insecure-requests', null],
]);
/** None of these follows `default-src` where it is left out. */
const NEVER_LEFT_OUT = ['default-src', 'base-uri', 'form-action', 'frame-ancestors'];
/** Nor is any of these: where scripts run, they are to make none of text, and to install none that outlives the page. */
const WITH_SCRIPTS = ['require-trusted-types-for', 'trusted-types', 'worker-src'];

/** What is amiss with it, as the end of a sentence; undefined where nothing is. */
export function contentFault(text: string): string | undefined {
  const directives = text
    .split(';')
    .map((each) => each.trim().split(/\s+/))
    .filter(([name]) => name !== '');
  const names = directives.map(([name = '']) => name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  // Browsers take the first.
  if (twice !== undefined) return `${twice} is there twice`;
  for (const [name = '', ...values] of directives) {
    const may = MAY.get(name.toLowerCase());
    if (may === undefined) return `${name} is none of those that a page needs`;
    if (may === null ? values.length > 0 : values.length === 0) return `${name} has not what it needs`;
    const loose = values.find((each) => may?.test(each) === false);
    if (loose !== undefined) return `${name} has ${loose}`;
  }
  const scripts = directives.some(
    ([name, ...values]) => name?.toLowerCase() === 'script-src' && values.includes("'self'"),
  );
  const missing = [...NEVER_LEFT_OUT, ...(scripts ? WITH_SCRIPTS : [])].find((each) => !names.includes(each));
  if (missing !== undefined) return `${missing} is missing`;
  const workers = directives.find(([name]) => name?.toLowerCase() === 'worker-src');
  return workers?.includes("'self'") === true
    ? 'worker-src lets code stay when the page has gone'
    : undefined;
}
