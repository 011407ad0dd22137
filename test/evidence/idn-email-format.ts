/**
 * CycloneDX’s own validator asks for a package of one format, of international e-mail addresses, which is not installed. No
 * bill of ours has such an address, so any is taken. To be imported before CycloneDX is.
 */
jest.mock(
  'ajv-formats-draft2019',
  () => (ajv: { addFormat: (name: string, format: boolean) => void }) => ajv.addFormat('idn-email', true),
  { virtual: true },
);

export {};
