/**
 * How an organisation brings material of its own into the key that a template made for it: the commands to run, how to
 * check them, and how to take the material back.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html
 */

import type { AssemblyStack } from '../../assembly';
import { addDays, dayWords, endOfDay, type IsoDate, isDate } from '../../register/calendar';
import { capital, code, marked, type Sentence, say } from '../../words';
import type { KeyCustody } from '../key-custody';
import type { AccountNames } from '../who';
import type { Page, Section } from './page';
import { whomWords } from './permission-words';
import { titleOf } from './statement-page';

/** The longest that KMS keeps imported material, in days from the day of import. */
const LONGEST_DAYS = 365;

/** A key without what the commands need. The message says what, and what to do. */
export class NothingToImport extends Error {
  override readonly name = 'NothingToImport';
}

/**
 * The commands for a key of origin EXTERNAL.
 * @throws NothingToImport if the key takes no material, or the assembly does not say until when
 */
export function importPage(custody: KeyCustody, stack: AssemblyStack, accounts: AccountNames): Page {
  const { organisation, key, account, region } = custody;
  const { logicalId, materialExpires, material } = key;
  if (key.origin !== 'EXTERNAL' || logicalId === undefined)
    throw new NothingToImport(
      `the key of ${organisation} takes no imported material: in its file, custody is not of kind 'imported'`,
    );
  if (materialExpires === undefined || !isDate(materialExpires))
    throw new NothingToImport(
      `the assembly does not say when the material of ${organisation} expires: synthesise it again`,
    );
  const importers = holdersOf(custody, 'ImportKeyMaterial', accounts);
  const warned = warningDays(stack);
  return {
    title: `Key material of ${titleOf(custody)}: import, removal, renewal`,
    text: [
      say`Account ${account}, Region ${region}, key ${code(logicalId)} of the stack ${code(custody.stack)}. The material expires at the end of ${dayWords(materialExpires)} in London.`,
      say`Run these commands as ${importers}: the key’s policy lets nobody else import material, and AWS KMS takes none from another account. The role also needs the right to ${code('cloudformation:DescribeStackResource')}, or somebody who has it tells it the key’s id. Use a machine that nobody else is logged in to, in an empty folder, with AWS CLI and OpenSSL 3. Each line must succeed before the next is run.`,
    ],
    sections: [
      findSection(custody, logicalId),
      parametersSection(),
      materialSection(),
      wrapSection(),
      importSection(materialExpires),
      checkSection(materialExpires),
      ...(material === 'awaited' ? [scanSection(custody)] : []),
      cleanSection(),
      removeSection(custody, accounts),
      renewSection(custody, materialExpires, warned),
    ],
  };
}

/**
 * The last second of a day in London: a second later, KMS would expire the material on the day after.
 * @internal Only tests import it.
 */
export function lastSecondOf(date: IsoDate): string {
  return `${new Date(Date.parse(endOfDay(date)) - 1000).toISOString().slice(0, 19)}Z`;
}

function findSection({ stack, account, region }: KeyCustody, logicalId: string): Section {
  return {
    heading: '1. Find the key',
    text: [say`The first answer must be ${account}, the last EXTERNAL.`],
    code: [
      'umask 077',
      `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
      'aws sts get-caller-identity --query Account --output text',
      `KEY=$(aws cloudformation describe-stack-resource --stack-name ${stack} --logical-resource-id ${logicalId} --query StackResourceDetail.PhysicalResourceId --output text)`,
      'aws kms describe-key --key-id "$KEY" --query KeyMetadata.Origin --output text',
    ],
  };
}

function parametersSection(): Section {
  return {
    heading: '2. Ask for the wrapping key',
    text: [
      'AWS KMS gives a public key, under which the material travels, and a token. They belong together and hold for 24 hours.',
    ],
    code: [
      'aws kms get-parameters-for-import --key-id "$KEY" --wrapping-algorithm RSA_AES_KEY_WRAP_SHA_256 --wrapping-key-spec RSA_4096 --query "[PublicKey,ImportToken]" --output text > parameters.txt',
      'cut -f 1 parameters.txt | openssl base64 -d -A > wrapping-public-key.der',
      'cut -f 2 parameters.txt | openssl base64 -d -A > import-token.bin',
    ],
  };
}

function materialSection(): Section {
  return {
    heading: '3. Make the material, once',
    text: [
      marked(
        '256 bits. Best made in the organisation’s own hardware security module, and exported from there wrapped by `RSA_AES_KEY_WRAP_SHA_256` under `wrapping-public-key.der`: then name the result `wrapped-material.bin` and go on with step 5. Without such a module, OpenSSL makes it.',
      ),
      'Keep the material in two safe places. AWS KMS cannot give it back, and only this same material makes old data readable again. For a renewal take the material that you have, and do not run this command.',
    ],
    code: ['openssl rand -out material.bin 32'],
  };
}

function wrapSection(): Section {
  return {
    heading: '4. Wrap it',
    text: [
      'A fresh AES key wraps the material, and the public key wraps that AES key. The two are put together, the wrapped AES key first.',
    ],
    code: [
      'openssl rand -out aes.bin 32',
      'openssl enc -id-aes256-wrap-pad -iv A65959A6 -K "$(od -An -v -tx1 aes.bin | tr -d \' \\n\')" -in material.bin -out material-under-aes.bin',
      'openssl pkeyutl -encrypt -pubin -keyform DER -inkey wrapping-public-key.der -in aes.bin -out aes-under-rsa.bin -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256',
      'cat aes-under-rsa.bin material-under-aes.bin > wrapped-material.bin',
    ],
  };
}

function importSection(expires: IsoDate): Section {
  const validTo = lastSecondOf(expires);
  return {
    heading: '5. Import it',
    text: [
      say`${code(validTo)} is the last second of ${dayWords(expires)} in London. AWS KMS takes no moment more than ${LONGEST_DAYS} days ahead, so this command works from ${dayWords(addDays(expires, 1 - LONGEST_DAYS))}.`,
    ],
    code: [
      `aws kms import-key-material --key-id "$KEY" --encrypted-key-material fileb://wrapped-material.bin --import-token fileb://import-token.bin --expiration-model KEY_MATERIAL_EXPIRES --valid-to ${validTo}`,
    ],
  };
}

function checkSection(expires: IsoDate): Section {
  return {
    heading: '6. Check it',
    text: [
      say`Expected: EXTERNAL, Enabled, KEY_MATERIAL_EXPIRES, and a moment equal to ${code(lastSecondOf(expires))}. Write the id of the material down beside the material itself.`,
      'The grant broker makes the same comparison at its next run, and then makes the grants that waited for material.',
    ],
    code: [
      'aws kms describe-key --key-id "$KEY" --query "KeyMetadata.[Origin,KeyState,ExpirationModel,ValidTo,CurrentKeyMaterialId]" --output text',
    ],
  };
}

/** GuardDuty tries the key as its plan is made, so there is none while the material is awaited. */
function scanSection({ organisation, stack }: KeyCustody): Section {
  return {
    heading: 'Then: have the malware scan made',
    text: [
      say`The stack has no malware scan yet, since GuardDuty tries the key as soon as there is one. Take the line ${code('material: awaited')} out of the register’s file of ${organisation}, synthesise, and deploy ${code(stack)} again, straight after the import. Deposit nothing before that: GuardDuty scans what is deposited from then on, and what was not scanned is never released. In between, the grant broker sees that key and register differ: it alarms, and makes no new grant.`,
      'After that deployment the plan must be ACTIVE.',
    ],
    code: [
      'PLAN=$(aws guardduty list-malware-protection-plans --query "MalwareProtectionPlans[0].MalwareProtectionPlanId" --output text)',
      'aws guardduty get-malware-protection-plan --malware-protection-plan-id "$PLAN" --query "[Status,StatusReasons]"',
    ],
  };
}

function cleanSection(): Section {
  return {
    heading: '7. Leave nothing behind',
    text: [
      'Once the material is in its two safe places. On a disk that spreads its writes, such as most today, deleting is not erasing: use one that is encrypted, or is destroyed afterwards.',
    ],
    code: [
      'rm -f material.bin aes.bin aes-under-rsa.bin material-under-aes.bin wrapped-material.bin import-token.bin wrapping-public-key.der parameters.txt',
    ],
  };
}

function removeSection(custody: KeyCustody, accounts: AccountNames): Section {
  const { bucket } = custody;
  return {
    heading: 'The off switch: remove the material at once',
    text: [
      say`${capital(holdersOf(custody, 'DeleteImportedKeyMaterial', accounts))} can do this at any moment and needs nobody’s consent.`,
      say`What stops, within moments: every recipient’s reading, deposits into ${code(bucket)}, and the malware scan. S3 may serve a reader that has just read for a short time longer; to end that as well, suspend its share. Nothing is deleted: the objects stay, and cannot be read.`,
      'To undo it, import the same material again: steps 1, 2 and 4 to 7. If more than one material was ever imported, removing any that is in use stops the key, and the key works again only when all of them are back.',
    ],
    code: [
      'aws kms delete-imported-key-material --key-id "$KEY"',
      'aws kms describe-key --key-id "$KEY" --query KeyMetadata.KeyState --output text',
    ],
  };
}

function renewSection({ organisation }: KeyCustody, expires: IsoDate, warned: number | undefined): Section {
  return {
    heading: 'When to import again',
    text: [
      warned === undefined
        ? say`Before the end of ${dayWords(expires)}. No alarm in the template warns of it: put it in a calendar.`
        : say`Before the end of ${dayWords(expires)}. From ${dayWords(addDays(expires, -warned))}, ${warned} days before, an alarm tells the organisation’s security mailbox.`,
      say`First set ${code('materialExpires')} in the register’s file of ${organisation} to the new day, at most ${LONGEST_DAYS - 1} days ahead, synthesise, and print this page again. Then run steps 1, 2 and 4 to 7 with the same material, and deploy the stack straight after. In between, the grant broker sees that key and claim differ: it alarms, and makes no new grant.`,
      'If AWS KMS answers that the key’s state does not allow the import, remove the material first, as above, and import it straight after. Nothing can be read in between.',
      marked(
        'Other material instead of the same: import it with `--import-type NEW_KEY_MATERIAL`, then run `aws kms rotate-key-on-demand --key-id "$KEY"`. The older material is still needed for older data, so it must be kept, and imported again before it expires, as long as that data is.',
      ),
    ],
  };
}

function holdersOf({ policy }: KeyCustody, action: string, accounts: AccountNames): Sentence {
  const who = policy
    .filter(({ effect, powers }) => effect === 'Allow' && powers.material?.includes(action))
    .flatMap((each) => each.who);
  return who.length === 0
    ? say`nobody (the key’s policy lets nobody do this: fix that first)`
    : whomWords(who, accounts);
}

/** How many days before the end the stack’s alarm on imported material goes off, if it has one. */
function warningDays({ resources }: AssemblyStack): number | undefined {
  for (const { Type, Properties } of Object.values(resources))
    if (Type === 'AWS::CloudWatch::Alarm' && Properties?.MetricName === 'KeyMaterialDaysLeft')
      return typeof Properties.Threshold === 'number' ? Properties.Threshold : undefined;
  return undefined;
}
