/** That the commands for imported material do what they say, run as they are printed against a stand-in for AWS. */
import { execFileSync, spawnSync } from 'node:child_process';
import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAssembly } from '../../lib/assembly';
import { custodyStatement } from '../../lib/custody/statement';
import { importPage, lastSecondOf, NothingToImport } from '../../lib/custody/words/import-page';
import { pageDocument } from '../../lib/custody/words/page';
import { dateOf } from '../../lib/register/calendar';
import { custodyFaults } from '../../lib/register/custody-claim';
import { documentMarkdown, markedText } from '../../lib/words';
import { beforeTheImport } from '../register/samples';
import { type Sample, synthesised, temporaryFolder } from '../stacks/sample-assembly';

let sample: Sample;
beforeAll(() => {
  sample = synthesised();
});

const pageOf = (organisation: string, { folder, stackOf }: Sample = sample) => {
  const source = openAssembly(folder);
  const { keys, accounts } = custodyStatement(source, organisation);
  const [key] = keys;
  if (key === undefined) throw new Error(`there is no key of ${organisation}`);
  return importPage(key, stackOf(organisation), accounts);
};

/** OpenSSL 3 wraps with padding from the command line; older ones refuse. */
const opensslWraps = /^OpenSSL 3/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '');

(opensslWraps ? it : it.skip)(
  'wrap material so that the holder of the wrapping key gets it back, byte for byte',
  () => {
    const folder = temporaryFolder();
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const token = Buffer.from('a token').toString('base64');
    // Answers as the AWS CLI would, and keeps what it was asked.
    const aws = join(folder, 'aws');
    writeFileSync(
      aws,
      `#!/bin/sh
echo "$@" >> asked.txt
case "$2" in
  get-parameters-for-import) printf '%s\\t%s\\n' '${spki}' '${token}' ;;
  describe-stack-resource) echo 1234abcd-12ab-34cd-56ef-1234567890ab ;;
esac
`,
    );
    chmodSync(aws, 0o755);
    const sections = pageOf('leeds-hospitals').sections;
    const upTo = sections.findIndex(({ heading }) => heading.startsWith('7.'));
    const commands = sections.slice(0, upTo).flatMap(({ code = [] }) => code);
    execFileSync('/bin/sh', ['-euc', commands.join('\n')], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}` },
      stdio: 'pipe',
    });
    const wrapped = readFileSync(join(folder, 'wrapped-material.bin'));
    const aes = privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      wrapped.subarray(0, 256),
    );
    const unwrap = createDecipheriv('id-aes256-wrap-pad', aes, Buffer.from('a65959a6', 'hex'));
    const material = Buffer.concat([unwrap.update(wrapped.subarray(256)), unwrap.final()]);
    expect(material).toHaveLength(32);
    expect(material).toEqual(readFileSync(join(folder, 'material.bin')));
    expect(readFileSync(join(folder, 'import-token.bin'), 'utf8')).toBe('a token');
    expect(readFileSync(join(folder, 'asked.txt'), 'utf8')).toContain(
      'kms import-key-material --key-id 1234abcd-12ab-34cd-56ef-1234567890ab --encrypted-key-material fileb://wrapped-material.bin --import-token fileb://import-token.bin --expiration-model KEY_MATERIAL_EXPIRES --valid-to 2027-04-30T22:59:59Z',
    );
    const clean = sections[upTo]?.code?.join('\n') ?? '';
    execFileSync('/bin/sh', ['-euc', clean], { cwd: folder });
    for (const file of ['material.bin', 'aes.bin', 'wrapped-material.bin'])
      expect([file, existsSync(join(folder, file))]).toEqual([file, false]);
  },
);

it.each([
  ['2027-04-30', '2027-04-30T22:59:59Z'],
  ['2027-01-31', '2027-01-31T23:59:59Z'],
  ['2027-03-28', '2027-03-28T22:59:59Z'],
])(
  'let material expire in the last second of a day in London, so that the custody proof agrees: %s',
  (day, moment) => {
    expect(lastSecondOf(dateOf(day))).toBe(moment);
    const arn = 'arn:aws:kms:eu-west-2:100000000041:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const faults = (materialExpires: number) =>
      custodyFaults({ origin: 'EXTERNAL', materialExpires: day }, arn, {
        arn,
        account: '100000000041',
        origin: 'EXTERNAL',
        manager: 'CUSTOMER',
        spec: 'SYMMETRIC_DEFAULT',
        usage: 'ENCRYPT_DECRYPT',
        multiRegion: false,
        clusterId: undefined,
        externalKeyId: undefined,
        materialExpires,
        awaitsMaterial: false,
      });
    expect(faults(Date.parse(moment))).toEqual([]);
    expect(faults(Date.parse(moment) + 1000)).toHaveLength(1);
  },
);

it('say who may run them, how to remove the material at once, and when to import again', () => {
  const text = documentMarkdown(pageDocument(pageOf('leeds-hospitals')));
  expect(text).toContain('as the role `security/key-administrator` of account 100000000041');
  expect(text).toContain('aws kms delete-imported-key-material --key-id "$KEY"');
  expect(text).toContain('From 31 March 2027, 30 days before, an alarm');
  expect(text).toContain('this command works from 1 May 2026');
});

it('say, where the material is still awaited, how the malware scan comes to be, and only there', () => {
  const heading = 'Then: have the malware scan made';
  const { sections } = pageOf('leeds-hospitals');
  expect(sections.map((each) => each.heading)).not.toContain(heading);
  const said = pageOf('leeds-hospitals', synthesised({ files: beforeTheImport() })).sections.find(
    (each) => each.heading === heading,
  );
  expect(said?.text?.map(markedText).join(' ')).toMatch(/material: awaited.*Organisation-leeds-hospitals/);
});

it('are not given for a key that takes no material', () => {
  for (const organisation of ['leeds', 'hmcts', 'west-yorks-police'])
    expect(() => pageOf(organisation)).toThrow(NothingToImport);
});
