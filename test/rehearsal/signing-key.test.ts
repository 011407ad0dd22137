/** That the rehearsal replaces the ledger’s signing key as a deployment of the register with a former key does. */
import { openAssembly, type Template, templateIn } from '../../lib/assembly';
import { formatVkey, verifierKey } from '../../lib/ledger';
import { ledgerOrigin } from '../../lib/names/zone-names';
import { withAnotherSigningKey } from '../../lib/rehearsal/scenario/signing-key';
import { edited, SAMPLE, set } from '../register/samples';
import { type Sample, synthesised } from '../stacks/sample-assembly';

const zoneOf = ({ folder, zone }: Sample): Template => templateIn(openAssembly(folder), zone.file);

/** With another name for the one key that signs by Ed25519, and without where in the tree of constructs things stand. */
function comparable({ Resources = {} }: Template): unknown {
  const signing = Object.keys(Resources).find(
    (id) => Resources[id]?.Properties?.KeySpec === 'ECC_NIST_EDWARDS25519',
  );
  const bare = Object.entries(Resources).map(([id, { Metadata: _metadata, ...rest }]) => [id, rest]);
  return JSON.parse(JSON.stringify(Object.fromEntries(bare)).replaceAll(`"${signing}"`, '"SigningKey"'));
}

it('to the last property, but for the name of the new key', () => {
  const sample = synthesised();
  const key = formatVkey(verifierKey(ledgerOrigin(sample.register.zone), 'ed25519', Buffer.alloc(32, 7)));
  const files = edited(SAMPLE, set('zone.yaml', { ledger: { formerKeys: [key] } }));
  const before = zoneOf(sample);
  const asDeployed = zoneOf(synthesised({ files }));
  const asRehearsed = withAnotherSigningKey(before, key);
  const withoutIndex = (template: Template) =>
    // The index of the register, which comes with the audit, has the digest of the register.
    JSON.stringify(comparable(template))
      .replaceAll(/[0-9a-f]{64}\.zip/g, 'file.zip')
      .replaceAll(/"INDEX_SHA256":"[0-9a-f]{64}"/g, '"INDEX_SHA256":"digest"');
  expect(JSON.parse(withoutIndex(asRehearsed))).toEqual(JSON.parse(withoutIndex(asDeployed)));
  expect(JSON.parse(withoutIndex(asRehearsed))).not.toEqual(JSON.parse(withoutIndex(before)));
  expect(Object.keys(asRehearsed.Resources ?? {})).not.toEqual(Object.keys(before.Resources ?? {}));
});

it('leaves a template without the sealer as it is', () => {
  const template = { Resources: { Key: { Type: 'AWS::KMS::Key' } } };
  expect(withAnotherSigningKey(template, 'x')).toBe(template);
});
