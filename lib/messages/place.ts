/**
 * Where a message lies below its agreement: `<inbox>/<Message-ID>.eml`. So a message that is deposited twice is two versions of one
 * object, and whoever lists an inbox sees which messages are in it before one is opened.
 */

const ENDING = '.eml';
/** What stands in a name as it is: what no S3 client, URL or disk takes for anything else. All other characters of an id are encoded. */
const OTHER = /[^A-Za-z0-9.@_+=$-]/g;
const PLACE = /^([a-z0-9-]{1,40})\/([A-Za-z0-9.@_+=$%-]{1,900})\.eml$/;

/** A message by its inbox and its Message-ID, without angle brackets. */
export interface MessagePlace {
  readonly inbox: string;
  readonly id: string;
}

/** The name of a message below its agreement’s prefix. @param id as `outlineOf` gives it: printable ASCII */
export function messageName({ inbox, id }: MessagePlace): string {
  const encoded = id.replaceAll(
    OTHER,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `${inbox}/${encoded}${ENDING}`;
}

/** What a name below the agreement’s prefix says. @returns undefined where it is not the name of a message in an inbox */
export function placeOfMessage(name: string): MessagePlace | undefined {
  const [, inbox, encoded] = PLACE.exec(name) ?? [];
  if (inbox === undefined || encoded === undefined) return undefined;
  const id = encoded.replaceAll(/%([2-7][0-9A-F])/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return messageName({ inbox, id }) === name ? { inbox, id } : undefined;
}
