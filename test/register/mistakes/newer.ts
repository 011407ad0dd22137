/** A sound register with the settings that few zones have, so that slips are drawn in them as well. */
import { AGREEMENT, DWP, LEEDS, ZONE } from '../bad-input/cases';
import { LETTERS, LETTERS_FILE, NOTIFY, SERVES } from '../letters';
import { edited, MINIMAL, set } from '../samples';

/** Approvals, mailbox, notices, rollouts, public record, hold, disposal, correspondence. */
export const NEWER = edited(
  MINIMAL,
  ...LETTERS,
  ...SERVES,
  NOTIFY,
  set(ZONE, {
    'guardrails.deployers.1': 'arn:aws:iam::012345670004:role/concordat/concordat-rollout-step',
    approvals: 'required',
    rollout: {
      account: '012345670004',
      startedBy: {
        issuer: 'https://token.actions.githubusercontent.com',
        audience: 'sts.amazonaws.com',
        subject: 'repo:example/zone:environment:production',
      },
      approvedBy: ['arn:aws:iam::012345670004:role/release/approver'],
    },
  }),
  set(DWP, {
    approvers: [
      {
        post: 'data-owner',
        role: 'Data owner for benefits',
        sshKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`,
        from: '2026-01-01',
      },
    ],
  }),
  set(AGREEMENT, {
    'retention.disposeWithin': 'P30D',
    public: { withheld: ['purpose.necessity', 'counts'], reason: 'It would show how checks are made.' },
    hold: { from: '2026-08-01', until: '2026-12-31', reason: 'Proceedings of 2026', by: 'leeds' },
  }),
);

/** Where they are: file by file, the first words of the groups that have them. */
const GROUPS: Readonly<Record<string, RegExp>> = {
  [ZONE]: /^(?:approvals|mailbox|notify|rollout)\b/,
  [DWP]: /^approvers\b/,
  [LEEDS]: /^signIn\b/,
  [AGREEMENT]: /^(?:public|hold)\b|^ {2}disposeWithin\b/,
  [LETTERS_FILE]: /^(?:correspondence|reciprocal|withoutContract)\b/,
};

/** Whether a line, with what it stands in, is of such a setting. @param lines of the file @param at from 0 */
export function isNewer(path: string, lines: readonly string[], at: number): boolean {
  const groups = GROUPS[path];
  if (groups === undefined) return false;
  if (groups.test(lines[at] ?? '')) return true;
  const head = lines.slice(0, at + 1).findLast((line) => /^[A-Za-z]/.test(line)) ?? '';
  return groups.test(head);
}
