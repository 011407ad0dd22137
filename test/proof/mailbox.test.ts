/**
 * That browsers speak to buckets from the mailbox’s page alone, where people write to each other by it and sign in; and that the
 * proof finds each way of opening that further.
 */
import { openAssembly, worldOf } from '../../lib/assembly';
import { settingLines } from '../../lib/proof/settings/in-words';
import { settingFindings } from '../../lib/proof/settings/settings';
import { mailboxUse } from '../../lib/register';
import type { IsoDate } from '../../lib/register/calendar';
import type { Json } from '../compliance/judged-sample';
import { registerOf } from '../policy/sample-register';
import { ZONE } from '../register/bad-input/cases';
import { letters, MAILBOX, MAILBOX_ORIGIN } from '../register/letters';
import { AS_OF, set } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';
import { changed } from './world';

const source = openAssembly(synthesised({ files: letters(...MAILBOX) }).folder);
const READS = ['GET', 'HEAD'];

/** The CORS of the one bucket whose name has a word, as a template has it. */
function corsOf(resources: object, word: string): Json {
  const bucket = Object.values<Json>(resources).find(
    ({ Type, Properties }) => Type === 'AWS::S3::Bucket' && Properties.BucketName.includes(word),
  );
  return bucket?.Properties.CorsConfiguration?.CorsRules[0];
}

const BUCKETS = [
  ['Organisation-leeds', '-exchange-', [...READS, 'PUT', 'POST', 'DELETE']],
  ['Organisation-dwp', '-exchange-', READS],
  ['Zone', '-ledger-', READS],
] as const;

test.each(BUCKETS)(
  'in %s the bucket %s answers to the page, which may ask no more than it needs',
  (name, word, methods) => {
    const stack = source.stacks.find((each) => each.name === name);
    expect(corsOf(stack?.resources ?? {}, word)).toMatchObject({
      AllowedOrigins: [MAILBOX_ORIGIN],
      AllowedMethods: methods,
    });
  },
);

test('log files answer to no page, and everything is as the register asks', () => {
  const zone = source.stacks.find((each) => each.name === 'Zone');
  expect(corsOf(zone?.resources ?? {}, '-logs-')).toBeUndefined();
  expect(settingFindings(worldOf(source)).map((each) => settingLines(each)[0])).toEqual([]);
});

const OPENED: Readonly<Record<string, (rule: Json) => void>> = {
  'to any origin': (rule) => {
    rule.AllowedOrigins = ['*'];
  },
  'to another origin': (rule) => {
    rule.AllowedOrigins = ['https://mailbox.example.gov.uk.example'];
  },
  'to an origin more': (rule) => {
    rule.AllowedOrigins.push('http://localhost:8080');
  },
  'to a method more': (rule) => {
    rule.AllowedMethods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].slice(
      0,
      rule.AllowedMethods.includes('PUT') ? 4 : 3,
    );
  },
  'to any header': (rule) => {
    rule.AllowedHeaders = ['*'];
  },
  'to a header that says who may have an object': (rule) => {
    rule.AllowedHeaders.push('x-amz-acl');
  },
  'to a header of answers more': (rule) => {
    rule.ExposedHeaders.push('x-amz-server-side-encryption-aws-kms-key-id');
  },
  'for days': (rule) => {
    rule.MaxAge = 86_400;
  },
};

describe.each(BUCKETS)('in %s the bucket %s', (name, word) => {
  test.each(Object.entries(OPENED))('that answers %s is found', (_how, open) => {
    const edited = changed(name, (resources) => open(corsOf(resources, word)), source);
    expect(settingFindings(worldOf(edited)).map((each) => settingLines(each)[0])).toEqual([
      expect.stringMatching(/^set otherwise: .*CorsConfiguration/),
    ]);
  });
});

test('where the zone has no mailbox, a bucket that answers to a page is found', () => {
  const without = openAssembly(
    synthesised({ files: letters(...MAILBOX, set(ZONE, { mailbox: undefined })) }).folder,
  );
  expect(JSON.stringify(without.stacks)).not.toContain('CorsConfiguration');
  const opened = changed(
    'Organisation-leeds',
    (resources) => {
      for (const each of Object.values<Json>(resources))
        if (each.Type === 'AWS::S3::Bucket')
          each.Properties.CorsConfiguration = {
            CorsRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }],
          };
    },
    without,
  );
  expect(settingFindings(worldOf(opened)).map((each) => settingLines(each)[0])).toEqual([
    expect.stringMatching(/^not judged: .*CorsConfiguration/),
  ]);
});

test('the page’s business ends with the letters', () => {
  const register = registerOf(letters(...MAILBOX));
  const uses = (asOf: string) =>
    register.organisations.map((each) => mailboxUse(register, each, asOf as IsoDate));
  expect(
    uses(AS_OF)
      .filter((each) => each !== undefined)
      .sort(),
  ).toEqual(['reads', 'writes']);
  expect(uses('2099-01-01').filter((each) => each !== undefined)).toEqual([]);
});
