/** What came of comparing a ledger with a log archive, in words. */
import type { BundleFinding, Verdict } from '../../ledger/bundle';
import type { ArchiveFault, ArchiveVerdict } from '../../transfers';
import { plural } from '../../words';

/** The verdict on a copy of a ledger, with what the archive adds to it. */
export function withArchive(verdict: Verdict, compared: ArchiveVerdict): Verdict {
  return {
    ...verdict,
    findings: [...verdict.findings, ...compared.faults.map(findingOf)],
    checked: [...verdict.checked, ...checkedIn(compared)],
    unchecked: [...verdict.unchecked, ...uncheckedIn(compared)],
  };
}

function findingOf(fault: ArchiveFault): BundleFinding {
  return {
    kind: 'archive',
    path: 'file' in fault ? fault.file : `entry ${fault.entry}`,
    message: told(fault),
  };
}

function told(fault: ArchiveFault): string {
  switch (fault.kind) {
    case 'entry-twice':
      return `it has the id ${fault.id}, which entry ${fault.earlier} has already: an id is sealed once`;
    case 'file-missing':
      return `entry ${fault.entry} was made from this file, and the archive does not have it`;
    case 'not-in-file':
      return `entry ${fault.entry} says that it was made from the event ${fault.eventId} in this file, and the file holds none that means what the entry says`;
    case 'file-changed':
      return `entry ${fault.entry} was made from this file when its SHA-256 was ${fault.stated}; now it is ${fault.found}`;
    case 'facts-differ':
      return `entry ${fault.entry} does not follow from the event ${fault.eventId} in this file: they differ in ${fault.fields.join(', ')}`;
    case 'entry-lost':
      return `the event ${fault.eventId} of ${fault.time} should have the entry ${fault.id}, and the ledger has none`;
    case 'file-unreadable':
      return `it cannot be read: ${fault.why}`;
  }
}

function checkedIn({ files, compared, comparedInPart, foundById, missingIndexes }: ArchiveVerdict): string[] {
  const whole = compared - comparedInPart;
  return [
    ...(whole > 0
      ? [
          `that ${plural(whole, 'entry follows from its event', 'entries follow from their events')} in the log archive, by the register of the day, in all that they say`,
        ]
      : []),
    ...(comparedInPart > 0
      ? [
          `that ${plural(comparedInPart, 'entry agrees with its event', 'entries agree with their events')} in time, call, error, account and session`,
        ]
      : []),
    ...(foundById > 0
      ? [
          `that ${plural(foundById, 'entry, which names no file, follows from the event of its id', 'entries, which name no file, follow from events of their ids')}`,
        ]
      : []),
    ...(missingIndexes.length === 0
      ? [`that no event of ${plural(files, 'log file')} lacks the entry that it should have`]
      : []),
  ];
}

function uncheckedIn(verdict: ArchiveVerdict): string[] {
  const { missingIndexes, withoutFile, ofTheAudit, notYetDue } = verdict;
  return [
    ...(missingIndexes.length > 0
      ? [
          `what follows from the register, and whether entries are missing, while these were in force: copy index/ of the ledger’s bucket, which lacks ${missingIndexes.map((each) => `${each}.json`).join(', ')}`,
        ]
      : []),
    ...(withoutFile > 0
      ? [
          `${plural(withoutFile, 'entry that names no log file, as those of earlier releases, and whose event was not found', 'entries that name no log file, as those of earlier releases, and whose events were not found')}`,
        ]
      : []),
    ...(ofTheAudit > 0
      ? [
          `${plural(ofTheAudit, 'entry that comes', 'entries that come')} from no log file: of the register, of gaps in the log, of what was not collected`,
        ]
      : []),
    ...(notYetDue > 0
      ? [
          `${plural(notYetDue, 'event')} of the last hour, which may come into the ledger yet: compare again with a later copy`,
        ]
      : []),
  ];
}
