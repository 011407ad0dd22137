/** Sizes as the register writes them, in decimal units. */

/**
 * The largest object that GuardDuty scans for malware, in bytes; a larger one would never be released. Source:
 * https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-quotas-guardduty.html
 */
export const LARGEST_SCANNED = 100_000_000_000;

const UNITS: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9, TB: 1e12 };

/** `5 GB` in bytes. @throws RangeError for any other text */
export function bytesIn(size: string): number {
  const [number, unit = ''] = size.split(' ');
  const bytes = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (Number.isNaN(bytes)) throw new RangeError(`'${size}' is not a size: write it as 500 MB or 5 GB`);
  return bytes;
}
