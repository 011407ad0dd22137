/** Which file to make for a test transfer, so that neither the client nor the release gate refuses it. */
import { formOfMediaType, keepsThreshold } from '../contracts';
import { mediaTypeFor } from '../delivery';
import { type Agreement, contractPlansOf, type Register } from '../register';
import { code, say, type Words } from '../words';

/** The file, and how it is made. */
export interface TestFile {
  readonly name: string;
  /** The media type, where the name does not say it: what `--type` is given. */
  readonly type: string | undefined;
  readonly make: Words;
  /** All that is in it, where that is known; otherwise only the organisation can make it. */
  readonly content: string | undefined;
  /** Whether nothing but true data would be released. */
  readonly isTrueData: boolean;
}

/** What says nothing, by media type, as text that any editor saves. */
const SAYS_NOTHING: Readonly<Record<string, { readonly name: string; readonly content: string }>> = {
  'text/csv': { name: 'test.csv', content: 'test\n' },
  'text/plain': { name: 'test.txt', content: 'test\n' },
  'application/json': { name: 'test.json', content: '{}\n' },
  'application/xml': { name: 'test.xml', content: '<test/>\n' },
  'text/xml': { name: 'test.xml', content: '<test/>\n' },
};

/** Endings of files that only another program makes. */
const ENDINGS = ['jsonl', 'parquet', 'pdf', 'odt', 'ods', 'docx', 'xlsx', 'zip', 'gz'] as const;

/** The file for a test under an agreement. Owner and recipients are told the same name. */
export function testFileOf(agreement: Agreement, register: Register): TestFile {
  const { mediaTypes } = agreement.delivery;
  return agreement.contract === undefined
    ? withoutContract(mediaTypes)
    : (headerAlone(agreement, register) ?? ownSmallest(mediaTypes));
}

function withoutContract(mediaTypes: readonly string[]): TestFile {
  const known = mediaTypes.flatMap((each) => SAYS_NOTHING[each] ?? []).at(0);
  if (known !== undefined)
    return {
      ...known,
      type: undefined,
      isTrueData: false,
      make: say`Make a file that says nothing: in a plain text editor, save this line as ${code(known.name)}.`,
    };
  if (mediaTypes.includes('application/pdf'))
    return {
      ...named(['application/pdf']),
      make: say`Make a file that says nothing: print an empty page to PDF, and save it as ${code('test.pdf')}.`,
    };
  const file = named(mediaTypes);
  return {
    ...file,
    make: say`Make the smallest file of the type ${code(typeOf(mediaTypes))} that says nothing, without a password, and save it as ${code(file.name)}.`,
  };
}

/** A header row and no data rows, where the contract bears no rows. */
function headerAlone({ contract, delivery }: Agreement, register: Register): TestFile | undefined {
  const plan = contractPlansOf(register).get(contract ?? '');
  if (plan === undefined || !delivery.mediaTypes.some((each) => formOfMediaType(each) === 'csv')) return;
  const nothing = { count: 0, rows: 0 };
  const isBroken = plan.metrics.some(
    ({ severity, threshold }) => severity === 'error' && !keepsThreshold(threshold, nothing),
  );
  if (isBroken) return;
  const content = `${plan.columns.map(({ name }) => field(name)).join(',')}\n`;
  return {
    name: 'test.csv',
    type: undefined,
    content,
    isTrueData: false,
    make: say`Make a file with a header row and no data: in a plain text editor, save this one line as ${code('test.csv')}.`,
  };
}

/** What only the organisation has: true data. */
function ownSmallest(mediaTypes: readonly string[]): TestFile {
  const file = named(mediaTypes);
  return {
    ...file,
    isTrueData: true,
    make: say`Save the smallest true file that you have for this agreement as ${code(file.name)}. The data contract takes no file without data, so this is a transfer of true data.`,
  };
}

function named(mediaTypes: readonly string[]): Omit<TestFile, 'make'> {
  const all = [
    ...Object.values(SAYS_NOTHING).map(({ name }) => name),
    ...ENDINGS.map((each) => `test.${each}`),
  ];
  const found = all.find((name) => 'mediaType' in mediaTypeFor(name, mediaTypes));
  return found === undefined
    ? { name: 'test', type: typeOf(mediaTypes), content: undefined, isTrueData: false }
    : { name: found, type: undefined, content: undefined, isTrueData: false };
}

function typeOf([first = '']: readonly string[]): string {
  return first;
}

/** A field of a header (RFC 4180). */
function field(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
