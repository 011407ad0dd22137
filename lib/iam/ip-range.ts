/**
 * IP addresses and ranges in CIDR form, of version 4 and 6.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */

interface Address {
  readonly version: 4 | 6;
  readonly bits: bigint;
}

/** Whether an address lies in the range; undefined if the text is no address. */
export type IpRange = (address: string) => boolean | undefined;

/**
 * A range. Undefined if the text is not one. An address alone is itself (`/32`); AWS gives no such default that could be meant
 * for version 6, so there the length must be written.
 */
export function ipRangeOf(text: string): IpRange | undefined {
  const [base = '', length, ...more] = text.split('/');
  const address = parse(base);
  if (address === undefined || more.length > 0) return undefined;
  const width = address.version === 4 ? 32 : 128;
  if (length === undefined ? address.version === 6 : !/^\d{1,3}$/.test(length) || Number(length) > width)
    return undefined;
  const rest = BigInt(width - (length === undefined ? width : Number(length)));
  return (other) => {
    const found = addressOf(other);
    if (found === undefined) return undefined;
    return found.version === address.version && found.bits >> rest === address.bits >> rest;
  };
}

let lastText = '';
let lastAddress: Address | undefined;

/** Most policies ask about one address of a request, many times over. */
function addressOf(text: string): Address | undefined {
  if (text !== lastText) {
    lastAddress = parse(text);
    lastText = text;
  }
  return lastAddress;
}

/** Four numbers to 255, none with a leading zero. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Version 6 is read by the URL parser, which every runtime has; it writes eight groups, but for one run of zeros. */
function parse(text: string): Address | undefined {
  if (IPV4.test(text)) return { version: 4, bits: bitsOf(text.split('.').map(Number), 8n) };
  const url = `http://[${text}]/`;
  if (!/^[\da-f:.]+$/i.test(text) || !URL.canParse(url)) return undefined;
  const [left = '', right] = new URL(url).hostname.slice(1, -1).split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right === undefined || right === '' ? [] : right.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return {
    version: 6,
    bits: bitsOf(
      [...before, ...zeros, ...after].map((each) => Number.parseInt(each, 16)),
      16n,
    ),
  };
}

function bitsOf(numbers: readonly number[], width: bigint): bigint {
  return numbers.reduce((bits, each) => (bits << width) | BigInt(each), 0n);
}
