/** That an assembly holds the policy which an organisation is asked to set on a key that no template can make. */
import { readdirSync } from 'node:fs';
import { decide, type Policy } from '../policy/decision';
import { edited, SAMPLE, set } from '../register/samples';
import { sharedDataKeys, synthesised, temporaryFolder, textOf } from './sample-assembly';

const asked = (folder: string) => readdirSync(folder).filter((file) => file.startsWith('key-policy-'));

it('holds one for each key that no template makes, and for no other', () => {
  const { folder, register, stackOf } = synthesised();
  const brought = register.organisations.filter(
    (each) => each.membership === 'member' && sharedDataKeys(stackOf(each.id)).length === 0,
  );
  expect(brought.length).toBeGreaterThan(1);
  expect(asked(folder)).toEqual(brought.map(({ id }) => `key-policy-${id}.json`));
});

it('lets the owner’s deposit role through S3 in no other context than the bucket, and the owner’s administrator not', () => {
  const policy = JSON.parse(textOf(synthesised(), 'key-policy-hmcts.json')) as Policy;
  const account = '100000000012';
  const decrypt = (role: string, ...further: string[]) =>
    decide(policy, {
      action: 'kms:Decrypt',
      resource: '*',
      account,
      context: {
        'aws:PrincipalArn': `arn:aws:iam::${account}:role/${role}`,
        'aws:PrincipalAccount': account,
        'aws:PrincipalOrgID': 'o-example0000',
        'kms:ViaService': 's3.eu-west-2.amazonaws.com',
        'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::concordat-exchange-${account}-eu-west-2-an`,
        'kms:EncryptionContextKeys': ['aws:s3:arn', ...further],
      },
    });
  expect(decrypt('concordat/concordat-deposit')).toBe('allow');
  expect(decrypt('concordat/concordat-deposit', 'project')).toBe('none');
  expect(decrypt('security/key-administrator')).toBe('none');
});

it('names the account of an external recipient in it, and of no other owner’s', () => {
  const bringsItsOwn = set('organisations/surrey.yaml', {
    custody: {
      kind: 'external',
      administrators: ['arn:aws:iam::100000000026:role/security/key-administrator'],
      keyArn: 'arn:aws:kms:eu-west-2:100000000026:key/00000000-0000-4000-8000-000000000026',
      externalKeyId: 'surrey-01',
    },
  });
  const { folder } = synthesised({ files: edited(SAMPLE, bringsItsOwn) });
  expect(textOf({ folder }, 'key-policy-surrey.json')).toContain('"900000000061"');
  expect(textOf({ folder }, 'key-policy-hmcts.json')).not.toContain('"900000000061"');
});

it('goes when the template comes to make the key', () => {
  const folder = temporaryFolder();
  synthesised({ folder });
  const made = edited(
    SAMPLE,
    set('organisations/hmcts.yaml', {
      custody: {
        kind: 'account',
        administrators: ['arn:aws:iam::100000000012:role/security/key-administrator'],
      },
    }),
  );
  synthesised({ folder, files: made });
  expect(asked(folder)).toEqual(['key-policy-west-yorks-police.json']);
});
