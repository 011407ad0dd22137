/** Names that tell themselves by their form: digests of assets, the digests that begin the names of shares, and days. */

/** By the kind of name: how one is written, and with how many letters and digits in a row it begins. All of one kind are of one length. */
const FORMS = {
  asset: { pattern: '\\b[0-9a-f]{64}\\b', begin: 64 },
  share: { pattern: '\\b[0-9a-f]{12}(?=--)', begin: 12 },
  instant: { pattern: '\\b20\\d\\d-[01]\\d-[0-3]\\dT\\d\\d:\\d\\d:\\d\\dZ', begin: 4 },
  day: { pattern: '\\b20\\d\\d-[01]\\d-[0-3]\\d\\b', begin: 4 },
} as const;

export type EvidentKind = keyof typeof FORMS;

/** The kinds, in the order in which they are looked for. */
export const EVIDENT_KINDS = ['asset', 'share', 'instant', 'day'] as const satisfies readonly EvidentKind[];

const ANYWHERE = new RegExp(EVIDENT_KINDS.map((kind) => FORMS[kind].pattern).join('|'));

/** Each to be looked for in one place. */
const IN_PLACE = EVIDENT_KINDS.map((kind) => ({
  kind,
  begin: FORMS[kind].begin,
  pattern: new RegExp(FORMS[kind].pattern, 'y'),
}));

/** Whether such a name may stand in a text. */
export function holdsEvident(text: string): boolean {
  return ANYWHERE.test(text);
}

/** Such a name that stands in a text at a place from which so many letters and digits follow in a row. */
export function evidentAt(
  text: string,
  at: number,
  following: number,
): { readonly name: string; readonly kind: EvidentKind } | undefined {
  for (const { kind, begin, pattern } of IN_PLACE) {
    if (begin !== following) continue;
    pattern.lastIndex = at;
    const [name] = pattern.exec(text) ?? [];
    if (name !== undefined) return { name, kind };
  }
  return undefined;
}
