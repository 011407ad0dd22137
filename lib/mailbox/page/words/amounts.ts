/** Amounts and lists as people read them. */

/** `1.2 MB`: by thousands, as desks show sizes. */
export function sizeWords(bytes: number): string {
  for (const [unit, of] of UNITS)
    if (bytes >= of) {
      const some = bytes / of;
      return `${some < 10 ? Math.round(some * 10) / 10 : Math.round(some)} ${unit}`;
    }
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

const UNITS = [
  ['GB', 1_000_000_000],
  ['MB', 1_000_000],
  ['kB', 1_000],
] as const;

/** Names of media types as desks know them, each once; a type without one by itself. */
export function typeWords(mediaTypes: readonly string[]): string[] {
  return [...new Set(mediaTypes.map((each) => TYPES[each] ?? each))];
}

const TYPES: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'text/plain': 'plain text (.txt)',
  'text/csv': 'CSV',
  'text/html': 'web page (.html)',
  'image/jpeg': 'JPEG picture',
  'image/png': 'PNG picture',
  'image/tiff': 'TIFF picture',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word (.docx)',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel (.xlsx)',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint (.pptx)',
  'application/vnd.oasis.opendocument.text': 'OpenDocument text (.odt)',
  'application/vnd.oasis.opendocument.spreadsheet': 'OpenDocument spreadsheet (.ods)',
  'application/zip': 'ZIP',
  'application/json': 'JSON',
  'application/xml': 'XML',
  'text/xml': 'XML',
};
