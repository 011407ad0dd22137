/**
 * Dates as condition operators take them: the W3C profile of ISO 8601, or seconds since 1970.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */

const W3C = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/;
const EPOCH = /^\d{9,}(?:\.\d+)?$/;

let lastText = '';
let lastInstant: number | undefined;

/** Milliseconds since 1970. Undefined if the text is no date; a year of four digits is a year, not an epoch. */
export function instantOf(text: string): number | undefined {
  // Most policies ask about one instant of a request, many times over.
  if (text !== lastText) {
    lastInstant = parse(text);
    lastText = text;
  }
  return lastInstant;
}

function parse(text: string): number | undefined {
  if (EPOCH.test(text)) return Number(text) * 1000;
  if (!W3C.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) || !isDay(text) ? undefined : instant;
}

/** `Date.parse` takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const [year = 0, month = 1, day = 1] = text.slice(0, 10).split('-').map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
