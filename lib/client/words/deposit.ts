/** What a deposit came to, and why one was refused, as text. */
import { type CheckedFile, contractReport, reasonInWords } from '../../contracts/words';
import type { DepositRefusal, DepositVerdict, FileFault } from '../../delivery';
import type { ContractPlan } from '../../wire/contracts';
import { count, documentText, nearest, orList, plural } from '../../words';
import type { DepositedFile } from '../deposit-request';
import { bytesInWords } from '../meter';
import { type RefusalText, sharedText } from './refusals';

/** Faults of files that are told one by one; --json has all. */
const MOST_TOLD = 20;

/** A refusal of a deposit in words. @param plan of the agreement’s contract, by which its faults are explained */
export function depositText(refusal: DepositRefusal, plan?: ContractPlan): RefusalText {
  switch (refusal.refused) {
    case 'files': {
      const { faults, of, agreement } = refusal;
      const told = faults.slice(0, MOST_TOLD).map(({ name, fault }) => faultText(name, fault, plan));
      const more = faults.length - told.length;
      return {
        happened: `${of === 1 ? 'The file' : `${faults.length} of ${plural(of, 'file')}`} would be refused under ${agreement}, so nothing was sent.\n\n${told.join('\n\n')}${more > 0 ? `\n\nand ${count(more)} more; --json names all` : ''}\n`,
        mend: 'Mend what is named, and run the command again.',
      };
    }
    case 'nothing-to-send':
      return {
        happened: `There is no file in ${orList(refusal.named)}.`,
        mend: 'Name files, or folders that hold files.',
      };
    case 'no-file':
      return refusal.what === 'missing'
        ? { happened: `${refusal.path} is not there.`, mend: 'Give the path of a file or a folder.' }
        : {
            happened: `${refusal.path} is neither a file nor a folder.`,
            mend: 'Links in folders are not followed: name what they lead to, or take them out of the folder.',
          };
    case 'input-needs-name':
      return {
        happened: 'Standard input is one file, and has no name.',
        mend: 'Give - alone, and its name by --name, such as --name awards.csv.',
      };
    case 'inbox': {
      const { named, inboxes, agreement } = refusal;
      const near =
        named === undefined
          ? undefined
          : nearest(
              named,
              inboxes.map(({ id }) => id),
            )?.word;
      return {
        happened: `${named === undefined ? `Under ${agreement} messages go to one of several inboxes, and none was named.` : `There is no inbox ${named} under ${agreement}.${near === undefined ? '' : ` Did you mean ${near}?`}`}\n\n${inboxes.map(({ id, team }) => `  ${id}  ${team}`).join('\n')}\n`,
        mend: 'Name the inbox by --inbox, and run the command again.',
      };
    }
    case 'no-inboxes':
      return {
        happened: `--inbox names ${refusal.named}, and under ${refusal.agreement} there are no inboxes.`,
        mend: 'Leave it out, or name an agreement under which the two parties write to each other.',
      };
    case 'one-name':
      return {
        happened: `--name is of one file, and there are ${count(refusal.files)}.`,
        mend: 'Leave it out, or name one file.',
      };
    default:
      return sharedText(refusal);
  }
}

/** A fault of one file. */
export function faultText(name: string, fault: FileFault, plan: ContractPlan | undefined): string {
  if (fault.why === 'contract' && plan !== undefined)
    return contractText({ name, plan, outcome: fault.outcome });
  const { problem, mend } = faultInWords(fault);
  return `${name}\n  ${problem}\n  ${mend}`;
}

/** As `concordat contract test` tells it; what a page folds away is left out. */
function contractText(checked: CheckedFile): string {
  return documentText(
    contractReport(checked).filter(({ kind }) => kind !== 'details'),
    { colour: false },
  ).trimEnd();
}

function faultInWords(fault: FileFault): { readonly problem: string; readonly mend: string } {
  switch (fault.why) {
    case 'media-type':
      return fault.found === undefined
        ? {
            problem: `Its name does not say what it is. The agreement allows ${orList(fault.allowed)}.`,
            mend: 'Give it the usual ending, such as .csv, or say what it is by --type.',
          }
        : {
            problem: `By ${fault.said ? '--type' : 'its name'} it is ${fault.found}. The agreement allows ${orList(fault.allowed)}.`,
            mend: fault.said
              ? 'If it is of a type that is allowed, say that; otherwise send another file, or agree on this type.'
              : 'Send another file, or agree on this type. If the name is wrong, say what it is by --type.',
          };
    case 'name':
      return {
        problem: 'Its name has a part such as .. or a character that cannot be in a name there.',
        mend: 'Rename it, or give another name by --name.',
      };
    case 'name-twice':
      return {
        problem: `${fault.other} would have the same name.`,
        mend: 'Send them one after another as versions, or under several names.',
      };
    case 'contract':
      return { problem: 'It does not keep to its contract.', mend: 'Mend the file.' };
    case 'message': {
      const all = fault.reasons.map(reasonInWords);
      return {
        problem: all.map(({ problem }) => problem).join('\n  '),
        mend: all[0]?.mend ?? '',
      };
    }
    case 'no-message-id':
      return {
        problem:
          'It has no Message-ID of the usual form, by which a message is told from others in an inbox.',
        mend: 'Save it from the mail program once it was sent or received there, which is when it is given one.',
      };
    case 'not-for-inbox':
      return {
        problem: `It is ${fault.found}, and in an inbox lie messages alone.`,
        mend: 'Send it with a message, or leave out --inbox.',
      };
    case 'changed':
      return {
        problem: 'It was changed while it was looked at.',
        mend: 'Wait until whatever writes it is done.',
      };
    case 'locked':
    case 'too-large':
    case 'name-too-long':
    case 'unreadable-form':
      return reasonInWords(fault);
  }
}

/** A file that was deposited. */
export function depositedText(file: DepositedFile): string {
  const { name, key, version, bytes, before, opened, sha256, inbox } = file;
  const to = inbox ? `\n  to the inbox ${inbox.id}: ${inbox.team}` : '';
  const seal = opened ? `\n  sealed: SHA-256 ${sha256}` : '';
  return `deposited ${name} (${bytesInWords(bytes)})${before ? ', by the run before' : ''}\n  transfer ${key}, version ${version}${to}${seal}`;
}

/** What became of a deposit. @param plan of the contract */
export function verdictText(name: string, verdict: DepositVerdict, plan?: ContractPlan): string {
  switch (verdict.state) {
    case 'released': {
      const warned = verdict.report?.contractOutcome?.broken.length ?? 0;
      const report = warned === 0 ? '' : `\n${gateReport(name, verdict, plan)}`;
      return `released ${name}: its recipients can collect it${report}`;
    }
    case 'rejected':
      return `rejected ${name}: nobody can collect it\n${gateReport(name, verdict, plan)}`;
    case 'not-clean':
      return `${NOT_CLEAN[verdict.scan](name)} (${verdict.status})`;
    case 'replaced':
      return `replaced ${name}: a later deposit has its name, so its verdict cannot be seen any more`;
    case 'recalled':
      return `recalled ${name}: it was taken back`;
    case 'awaiting':
      return `waiting ${name}: ${verdict.what === 'scan' ? 'the malware scan has not come to it yet' : 'the release gate has not decided yet'}`;
  }
}

const NOT_CLEAN: Readonly<
  Record<Extract<DepositVerdict, { state: 'not-clean' }>['scan'], (name: string) => string>
> = {
  infected: (name) =>
    `held ${name}: the malware scan found a threat in it, and nobody can collect it. Tell your security team, and do not open it`,
  unscannable: (name) =>
    `held ${name}: the malware scan cannot look into it, so nobody can collect it. Deposit it without a password, and not as an archive of very many files`,
  failed: (name) =>
    `held ${name}: the malware scan failed, so nobody can collect it yet. Your security mailbox hears of it; recall it and deposit it again if it stays so`,
};

function gateReport(
  name: string,
  { report }: Extract<DepositVerdict, { report: unknown }>,
  plan: ContractPlan | undefined,
): string {
  if (report === undefined) return '  Its report cannot be read: look in the bucket below reports/.';
  const { reasons, contractOutcome, contract } = report;
  const own = reasons.map(reasonInWords).map(({ problem, mend }) => `  ${problem}\n  ${mend}`);
  if (contractOutcome === undefined) return own.join('\n');
  // The gate may have decided by a later contract than the profile has.
  if (plan === undefined || contract?.digest !== plan.contract.digest)
    return [
      ...own,
      '  It does not keep to its contract; the report below reports/ in the bucket says where.',
    ].join('\n');
  return [...own, contractText({ name, plan, outcome: contractOutcome })].join('\n');
}
