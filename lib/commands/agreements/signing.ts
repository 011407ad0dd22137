/** What `approve`, `withdraw` and `dispose` have in common: an agreement, an organisation, and a key that signs. */
import { claimOf, folderOf, type RegisterFile } from '../../register';
import type { IsoDate } from '../../register/calendar';
import type { Change, Signer } from '../../register/changes';
import { SecretKeyRefused, secretKeyIn } from '../../signatures';
import { nearest } from '../../words';
import { CHANGE_OPTIONS, type ChangeValues, changeRegister } from '../interview/change-register';
import { needed, text, UsageError } from '../option';
import type { ExitCode, Terminal } from '../terminal';
import { textNamed } from '../unread';
import { kmsSigner } from './kms-signing';

/** The options of all. */
export const SIGNING_OPTIONS = {
  as: needed(text('ORGANISATION', 'the organisation that signs, by its id')),
  key: text('FILE', 'the secret key that signs: of SSH (Ed25519), or in PKCS #8'),
  kms: text('ARN', 'the key of AWS KMS that signs; needs AWS credentials that may use it'),
  ...CHANGE_OPTIONS,
};

type Values = ChangeValues & {
  readonly agreement: string;
  readonly as: string;
  readonly key: string | undefined;
  readonly kms: string | undefined;
};

/** Makes the change, once it is known who signs. */
type Sign = (files: readonly RegisterFile[], signer: Signer, asOf: IsoDate) => Promise<Change>;

/** Has the register changed by one signature. @throws UsageError where a name is unknown, or no key is named that can be used */
export async function signInto(values: Values, sign: Sign, terminal: Terminal): Promise<ExitCode> {
  const { agreement, as: organisation } = values;
  const signer = signerOf(values, terminal);
  return changeRegister(values, terminal, (files, asOf) => {
    demand(files, 'agreements', agreement, 'agreement');
    demand(files, 'organisations', organisation, 'organisation');
    return sign(files, signer, asOf);
  });
}

function demand(
  files: readonly RegisterFile[],
  folder: 'agreements' | 'organisations',
  id: string,
  noun: string,
): void {
  const known = files.filter(({ path }) => folderOf(path) === folder).map(({ path }) => claimOf(path));
  if (known.includes(id)) return;
  const near = nearest(id, known);
  throw new UsageError(`the register has no ${noun} '${id}'${near ? `: did you mean ${near.word}?` : ''}`);
}

function signerOf({ key, kms }: Values, terminal: Terminal): Signer {
  if ((key === undefined) === (kms === undefined))
    throw new UsageError('say what signs: --key FILE, or --kms ARN, and one of them alone');
  if (kms !== undefined) return kmsSigner(kms);
  const file = key ?? '';
  const written = textNamed(file, 'give the path of the secret key', terminal);
  try {
    return { kind: 'file', secret: secretKeyIn(written) };
  } catch (error) {
    if (!(error instanceof SecretKeyRefused)) throw error;
    throw new UsageError(`${file} cannot sign: ${error.message}`, { cause: error });
  }
}
