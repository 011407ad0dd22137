/**
 * What stands in S3’s and STS’s answers. They are flat and without attributes that matter, so a few words are looked for; a parser
 * of the browser would ask for a policy of trusted types that lets every text through.
 */

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The inner text of each element of a name, in order. */
export function elementsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^<>]*)?>(.*?)</${name}>`, 'gs'))].map(
    ([, inner = '']) => inner,
  );
}

/** The text of the first element of a name; nothing where there is none. */
export function textIn(xml: string, name: string): string | undefined {
  const [first] = elementsOf(xml, name);
  return first?.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, number, entity) => {
    if (entity !== undefined) return ENTITIES[entity] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(number) : Number.parseInt(hex, 16));
  });
}

/** A text as it may stand in an element. */
export function escapedText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
