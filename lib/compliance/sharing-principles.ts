/**
 * The ten cross-government Data Sharing Principles of the Government Digital Service (a draft of 2026 that is to replace the Data
 * Sharing Governance Framework), by their titles. What each asks is in short words of our own, from its statement; the text that
 * counts is behind its link. Looked at on 29 November 2026: there is a draft of nine besides, without the third.
 * @see https://data-architecture.datamarketplace.gov.uk/principles/0-overview.html
 */

/** One thing that a principle asks, what of the templates shows it, and what is left to people. */
interface SharingGoal {
  /** `dsp-8_goal.1` */
  readonly id: string;
  readonly text: string;
  readonly fromTemplates: 'yes' | 'part' | 'no';
  /** Ids of the checks that bear on it; none where templates show nothing of it. */
  readonly checks: readonly string[];
  /** What people have to show; empty where templates show all of it. */
  readonly left: readonly string[];
}

/** One of the ten. */
export interface SharingPrinciple {
  readonly number: number;
  readonly title: string;
  readonly link: string;
  readonly goals: readonly SharingGoal[];
}

type WrittenGoal = readonly [
  fromTemplates: SharingGoal['fromTemplates'],
  text: string,
  checks: readonly string[],
  ...left: readonly string[],
];

const principle = (
  number: number,
  page: string,
  title: string,
  goals: readonly WrittenGoal[],
): SharingPrinciple => ({
  number,
  title,
  link: `https://data-architecture.datamarketplace.gov.uk/principles/${number}-${page}.html`,
  goals: goals.map(([fromTemplates, text, checks, ...left], index) => ({
    id: `dsp-${number}_goal.${index + 1}`,
    text,
    fromTemplates,
    checks,
    left,
  })),
});

/** In their order. */
export const SHARING_PRINCIPLES: readonly SharingPrinciple[] = [
  principle(1, 'manage', 'Treat data as an asset', [
    [
      'no',
      'Decisions about data weigh its value to the organisation and to the public',
      [],
      'what each organisation holds, and what it decided on which grounds',
    ],
  ]),
  principle(2, 'federate', 'Federate first', [
    [
      'yes',
      'Each organisation keeps full control of what it shares: in its own account, by its own key',
      ['KMS-CUSTODY', 'KMS-GRANT', 'S3-XACCT', 'TPL-ISOLATE'],
    ],
    [
      'part',
      'Data stays where it is, and others come to it',
      ['S3-COPY', 'S3-XACTIONS'],
      'what recipients keep of what they collected, and the need for that',
    ],
  ]),
  principle(3, 'once-only', 'Prepare for Once Only', [
    [
      'no',
      'People are asked for the same data by as few public bodies as can be',
      [],
      'which forms ask for what another public body could share',
    ],
  ]),
  principle(4, 'capabilities', 'Reuse sharing solutions', [
    [
      'no',
      'Common capabilities, patterns and platforms are used, and not made again alone',
      [],
      'which platforms there were, and why this one was chosen',
    ],
  ]),
  principle(5, 'automate', 'Support automation', [
    ['yes', 'Access begins and ends as agreed, without anybody doing anything', ['SHARE-DAYS']],
    [
      'part',
      'Data and what describes it can be read by programs',
      ['GATE-PLAN'],
      'data contracts of agreements that have none, and human oversight where decisions are automated',
    ],
  ]),
  principle(6, 'users', 'Design for all data stakeholders', [
    [
      'no',
      'The needs of those who provide, use, and are the subjects of data come first',
      [],
      'research with each of them, and what followed from it',
    ],
  ]),
  principle(7, 'standards', 'Use common standards for sharing', [
    [
      'part',
      'Standards that there are for data and its description are used',
      ['GATE-PLAN'],
      'which standards of its field each data contract follows',
    ],
  ]),
  principle(8, 'transparency', 'Share data transparently', [
    [
      'part',
      'What is shared, with whom and for what is written down, and nothing is shared besides',
      ['SHARE-LINE', 'TPL-REGISTER', 'S3-XACCT'],
      'the public record that `concordat publish` writes, and where it is served',
      'what privacy notices tell the people concerned',
    ],
    [
      'yes',
      'Each reading of what is shared is recorded, and the record is kept',
      ['CT-DATA', 'CT-VALID', 'S3-LOCK'],
    ],
  ]),
  principle(9, 'lawful', 'Share data lawfully and ethically', [
    [
      'part',
      'Each share is under an agreement with its purpose, lawful basis and impact assessment',
      ['SHARE-LINE', 'TPL-REGISTER'],
      'whether the lawful basis and the assessment hold: a lawyer’s and a data protection officer’s view',
    ],
    ['no', 'Sharing follows the guidance on ethics', [], 'an assessment by the Data Ethics Framework'],
  ]),
  principle(10, 'security', 'Secure shared data proportionately', [
    [
      'yes',
      'What is shared is kept from all who are no party, on its way and in store',
      ['S3-TLS', 'S3-TLS12', 'S3-OWNKEY', 'S3-DENYKEY', 'KMS-READERS', 'S3-XACCT'],
    ],
    [
      'part',
      'What is shared reaches the recipient whole and sound',
      ['GATE-READ', 'GATE-PLAN'],
      'data contracts of agreements that have none',
    ],
    [
      'no',
      'Security is in proportion to the risk, and to the risk of not sharing',
      [],
      'the risk assessment of each agreement',
    ],
  ]),
];
