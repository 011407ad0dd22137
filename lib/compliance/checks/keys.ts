/** Checks on what keys are. */

import { plural } from '../../words';
import type { Check } from '../check';
import { liveSharesOf } from '../facts';
import { fail, holds, notAsked, pass, type Verdict } from '../judging';
import { eachKey, type JudgedKey } from '../keys';
import { asked, type CheckedStatement, covers, hasExactly } from '../statements';

const MADE_ELSEWHERE =
  'The organisation made the key itself; no template says what it is. Its grant broker looks every hour, and an alarm goes off if it is not what the register says.';
const SIGNS = /^(?:ECC_|ML_DSA_)/;

/** Judges keys that templates make; says of the others why not. */
function made(look: (key: JudgedKey, properties: Readonly<Record<string, unknown>>) => Verdict) {
  return eachKey('all', (key) => (key.properties ? look(key, key.properties) : notAsked(MADE_ELSEWHERE)));
}

/** What a key must be used for only through S3, and only by callers inside. */
export const CRYPTOGRAPHIC = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const;

export const KEYS: readonly Check[] = [
  {
    id: 'KMS-ROT',
    title: 'Every key whose material KMS made is rotated at least once a year.',
    reads: ['AWS::KMS::Key EnableKeyRotation, RotationPeriodInDays, Origin, KeySpec'],
    why: 'Rotation bounds how much is encrypted under one piece of material.',
    goals: ['csp-2.3'],
    doesNotProve: 'That imported material is renewed: the register gives the day on which it expires.',
    remediation: 'Set EnableKeyRotation, and RotationPeriodInDays to 365 or less.',
    judge: made((_key, { Origin, KeySpec, EnableKeyRotation, RotationPeriodInDays = 365 }) => {
      if (Origin === 'EXTERNAL')
        return notAsked(
          'KMS rotates only material that it made; the organisation imports new material before the old expires.',
          'Properties',
          'Origin',
        );
      if (SIGNS.test(String(KeySpec)))
        return notAsked(
          'KMS rotates no signing key: every signature would need the old public key besides.',
          'Properties',
          'KeySpec',
        );
      return holds(
        EnableKeyRotation === true && Number(RotationPeriodInDays) <= 365,
        `It is rotated every ${String(RotationPeriodInDays)} days.`,
        'It is not rotated at least every 365 days.',
        'Properties',
        'EnableKeyRotation',
      );
    }),
  },
  {
    id: 'KMS-SPEC',
    title: 'Every key is of one Region, and is either a symmetric key that encrypts or a key that signs.',
    reads: ['AWS::KMS::Key KeySpec, KeyUsage, MultiRegion'],
    why: 'A multi-Region key could be copied out of the UK.',
    goals: ['csp-2.3', 'csp-2.1_goal.1'],
    doesNotProve: 'Anything of keys that organisations bring.',
    remediation: 'Set MultiRegion to false, and the key specification for its one use.',
    judge: made((_key, { KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage = 'ENCRYPT_DECRYPT', MultiRegion }) => {
      if (MultiRegion !== false)
        return fail('It may be copied to other Regions.', 'Properties', 'MultiRegion');
      const wanted = SIGNS.test(String(KeySpec)) ? 'SIGN_VERIFY' : 'ENCRYPT_DECRYPT';
      const sound = KeyUsage === wanted && (wanted === 'SIGN_VERIFY' || KeySpec === 'SYMMETRIC_DEFAULT');
      return holds(
        sound,
        `It is ${String(KeySpec)} for ${String(KeyUsage)}, in one Region.`,
        `It is ${String(KeySpec)} for ${String(KeyUsage)}.`,
        'Properties',
        'MultiRegion',
      );
    }),
  },
  {
    id: 'KMS-WINDOW',
    title: 'Every key can be rescued for 30 days after its deletion was asked for.',
    reads: ['AWS::KMS::Key PendingWindowInDays'],
    why: 'When a key goes, all that it encrypts goes.',
    goals: ['csp-2.4_goal.1', 'csp-2.5_goal.3'],
    doesNotProve: 'That no deletion is pending now.',
    remediation: 'Set PendingWindowInDays to 30.',
    judge: made((_key, { PendingWindowInDays }) =>
      holds(
        PendingWindowInDays === 30,
        'Deletion waits for 30 days.',
        `Deletion waits for ${String(PendingWindowInDays ?? 'an unstated number of')} days.`,
        'Properties',
        'PendingWindowInDays',
      ),
    ),
  },
  {
    id: 'KMS-ORIGIN',
    title: 'The material of every organisation’s key comes from where the register says.',
    reads: ['AWS::KMS::Key Origin', 'register.json organisations'],
    why: 'Who holds the material is the first question of every organisation that joins.',
    goals: ['csp-2.3', 'csp-6.2_goal.5'],
    doesNotProve: 'How an organisation made or keeps imported material.',
    remediation: 'Make the key as the organisation’s custody in the register asks.',
    judge: eachKey(['shared-data'], ({ member, properties }) => {
      if (member === undefined)
        return fail('It is tagged for shared data, but its account is no member’s.', 'Properties', 'Tags');
      const { kind } = member.custody;
      if (properties === undefined)
        return pass(
          `It is the key of custody ${kind} that ${member.id} brings; this is the policy asked for it.`,
          'Statement',
        );
      const origin = String(properties.Origin ?? 'AWS_KMS');
      return holds(
        origin === ({ account: 'AWS_KMS', imported: 'EXTERNAL' } as Record<string, string>)[kind],
        `Its material is of origin ${origin}; the register says custody ${kind}.`,
        `Its material is of origin ${origin}, but the register says custody ${kind}.`,
        'Properties',
        'Origin',
      );
    }),
  },
  {
    id: 'KMS-NOWILD',
    title: 'No key’s policy allows anything to everybody without saying of which organisation or account.',
    reads: ['AWS::KMS::Key KeyPolicy', 'key-policy-*.json'],
    why: 'A key policy that names nobody is open to any AWS account whose own policy says yes.',
    goals: ['csp-3_goal.2', 'csp-11_goal.1', 'csp-11_goal.3'],
    doesNotProve: 'Which accounts are in the AWS organisation.',
    remediation: 'Name accounts, or add a condition on aws:PrincipalOrgID or kms:CallerAccount.',
    judge: eachKey('all', ({ statements }) => {
      const open = statements.filter((each) => each.allows && each.principals.anybody && !bounded(each));
      return open.length === 0
        ? pass(
            `None of its ${plural(statements.length, 'statement')} allows anything to everybody unbounded.`,
            ...whole(statements),
          )
        : open.map((each) =>
            fail(`${each.sid} allows everybody, with no condition on organisation or account.`, ...each.at),
          );
    }),
  },
  {
    id: 'KMS-THROUGH',
    title:
      'Every organisation’s key refuses use past S3, and use from outside the AWS organisation but by declared external recipients.',
    reads: ['AWS::KMS::Key KeyPolicy', 'key-policy-*.json', 'register.json'],
    why: 'A denial also holds for whoever has a grant, and for whoever finds another way to be allowed.',
    goals: ['csp-2.3', 'csp-3_goal.3', 'csp-8_goal.1'],
    doesNotProve: 'Which accounts are in the AWS organisation.',
    remediation:
      'Deny every cryptographic action unless kms:ViaService is S3, and unless aws:PrincipalOrgID is the organisation’s.',
    judge: eachKey(['shared-data'], ({ statements, member }, assembly) => {
      const { zone } = assembly.register;
      const externals = liveSharesOf(assembly, member?.id ?? '')
        .filter(({ recipient }) => recipient.membership === 'external')
        .map(({ recipient }): string => recipient.account);
      const only = (wanted: Readonly<Record<string, readonly string[]>>) =>
        statements.find(
          (each) =>
            each.denies &&
            each.principals.anybody &&
            CRYPTOGRAPHIC.every((action) => covers(each, action)) &&
            hasExactly(
              each,
              Object.entries(wanted).map(([key, values]) => ['StringNotEquals', key, values]),
            ),
        );
      const through = only({ 'kms:ViaService': [`s3.${zone.region}.amazonaws.com`] });
      const outside = only({
        'aws:PrincipalOrgID': [zone.awsOrganizationId],
        ...(externals.length > 0 && { 'aws:PrincipalAccount': externals }),
      });
      if (through === undefined)
        return fail('No statement denies use past S3 to everybody.', ...whole(statements));
      if (outside === undefined)
        return fail(
          'No statement denies use to everybody but the AWS organisation and the external recipients of its shares.',
          ...whole(statements),
        );
      return [
        pass('It denies every use that does not come through S3.', ...through.at),
        pass(
          `It denies use from outside the AWS organisation${externals.length > 0 ? `, but for ${externals.length} declared external account` : ''}.`,
          ...outside.at,
        ),
      ];
    }),
  },
];

/** Where a policy’s statements begin. */
export function whole(statements: readonly CheckedStatement[]): readonly (string | number)[] {
  return statements[0]?.at.slice(0, -1) ?? ['Properties'];
}

function bounded(statement: CheckedStatement): boolean {
  return ['aws:PrincipalOrgID', 'aws:PrincipalAccount', 'kms:CallerAccount'].some(
    (key) => asked(statement, key, ['StringEquals']).filter((value) => value !== '*').length > 0,
  );
}
