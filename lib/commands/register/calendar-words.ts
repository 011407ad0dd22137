/** What comes up by the register, in words. */
import type { Entry, Register } from '../../register';
import { inWords } from '../../register/calendar';
import { andList } from '../../words';

/** One entry, as a sentence without a full stop. */
export function entryWords(entry: Entry, register: Register): string {
  const names = entry.organisations.map((id) => register.organisation(id).name);
  const [first = '', ...others] = names;
  switch (entry.kind) {
    case 'agreement-starts':
      return `${entry.agreement} starts: ${first} shares with ${andList(others)}`;
    case 'agreement-ends':
      return `${entry.agreement} ends with this day, and so does access: ${first} with ${andList(others)}`;
    case 'agreement-review':
      return `${entry.agreement} is to be reviewed by its parties: ${andList(names)}`;
    case 'suspension-begins':
      return `${entry.agreement} is suspended from this day on`;
    case 'suspension-ends':
      return `${entry.agreement} is suspended until the end of this day`;
    case 'approval-ends':
      return `the approval of ${entry.agreement} by ${first} ends with this day, and so does access`;
    case 'hold-begins':
      return `a legal hold on ${entry.agreement} begins with this day: nothing shared under it is disposed of`;
    case 'hold-ends':
      return `the legal hold on ${entry.agreement} ends with this day`;
    case 'disposal-due':
      return `${first} is to have declared to ${andList(others)} that no copy is left of what it collected under ${entry.agreement}`;
    case 'copies-deployment':
      return `the stacks of ${andList(names)} are to have been deployed on a day from ${inWords(entry.from)} to this one, or what was shared under ${entry.agreement} stays beyond its day`;
    case 'copies-go':
      return `S3 begins to delete what ${andList(names)} shared under ${entry.agreement}: put a legal hold on it before if it is to stay`;
    case 'organisation-joins':
      return `${first} joins`;
    case 'organisation-leaves':
      return `${first} takes part for the last time`;
    case 'collecting-ends':
      return `what ${first} shared can be collected for the last time`;
    case 'pause-begins':
      return `${first} is paused from this day on`;
    case 'pause-ends':
      return `${first} is paused until the end of this day`;
    case 'key-material-expires':
      return `the key material that ${first} imported expires: import it again before`;
    case 'assurance-due':
      return `the security assurance of ${first} is due`;
    case 'function-passes':
      return `from ${first} to ${andList(others)} passes: ${entry.what}`;
  }
}
