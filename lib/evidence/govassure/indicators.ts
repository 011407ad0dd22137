/**
 * Indicators of good practice of the Cyber Assessment Framework on which templates bear: by which checks, and how, in our own
 * words. Ids are those of WebCAF, in which assessments are filed; its versions 3.2 and 4.0 number some of them differently.
 * @see https://github.com/co-cddo/domains-webcaf
 */

/** One indicator of a contributing outcome. */
export interface Indicator {
  readonly outcome: string;
  /** Its id in each version; absent where that version has none like it. */
  readonly in32?: string;
  readonly in40?: string;
  /** How the zone contributes, in a sentence or two. */
  readonly how: string;
  /** The checks that show it. */
  readonly checks: readonly string[];
}

const both = (id: string) => ({ outcome: id.split('.').slice(0, 2).join('.'), in32: id, in40: id });

/** In the order of outcomes. */
export const INDICATORS: readonly Indicator[] = [
  {
    ...both('A3.a.6'),
    how: 'Every resource of the zone is in a template. The manifest names each template, and the evidence pack has the hash of each.',
    checks: ['TPL-HASH', 'TPL-REGISTER'],
  },
  {
    outcome: 'A4.b',
    in40: 'A4.b.16',
    how: 'A bill of materials lists every package that makes the templates and runs in the functions, with its version and hash.',
    checks: ['LAM-RUNTIME', 'LAM-CODE'],
  },
  {
    outcome: 'A4.b',
    in40: 'A4.b.19',
    how: 'The code of each function is named by its hash, and templates by theirs, in a statement that can be signed.',
    checks: ['LAM-CODE', 'TPL-HASH'],
  },
  {
    ...both('B2.a.15'),
    how: 'Access follows from agreements and from nothing else: the roles that may deposit and collect are named one by one, and no template makes a user.',
    checks: ['S3-XACCT', 'KMS-READERS', 'TPL-ISOLATE', 'IAM-NOUSER', 'IAM-TRUST'],
  },
  {
    ...both('B2.c.13'),
    how: 'A share has a first and a last day, which are conditions in its policy and times of its grant. It ends by itself.',
    checks: ['SHARE-DAYS', 'IAM-SESSION'],
  },
  {
    ...both('B2.c.15'),
    how: 'Calls on keys, policies and objects are recorded by an organisation trail and kept where they cannot be deleted.',
    checks: ['CT-ORG', 'CT-DATA', 'CT-KMSEV', 'S3-LOCK'],
  },
  {
    ...both('B2.d.10'),
    how: 'Policies name the action, the resource and the role; wildcards are accepted one by one, with a reason.',
    checks: ['IAM-WILD', 'IAM-FULL', 'IAM-ADMIN', 'IAM-AWSMAN', 'S3-XACTIONS'],
  },
  {
    ...both('B2.d.12'),
    how: 'Every read and write of shared objects is a data event of the trail, held against the register as it lands.',
    checks: ['CT-DATA', 'CT-ORG'],
  },
  {
    ...both('B3.a.12'),
    how: 'The register says who may read what, under which agreement. The custody register says who holds and uses each key.',
    checks: ['S3-XACCT', 'KMS-READERS', 'KMS-CUSTODY'],
  },
  {
    ...both('B3.a.14'),
    how: 'Objects and old versions expire by rule. The recipient reads in place; no second copy is made by the zone.',
    checks: ['S3-LIFE', 'S3-COPY'],
  },
  {
    ...both('B3.a.16'),
    how: 'Each link is a share with an owner, a recipient and days. The pack draws them all, and lists each with its access point.',
    checks: ['S3-XACCT', 'SHARE-LINE'],
  },
  {
    ...both('B3.b.6'),
    how: 'The zone’s data links are its shares, its queues and its topics. Each refuses what is not encrypted.',
    checks: ['S3-TLS', 'SQS-TLS', 'SNS-SEC'],
  },
  {
    ...both('B3.b.7'),
    how: 'Buckets refuse requests without TLS, or with a version below 1.2.',
    checks: ['S3-TLS', 'S3-TLS12'],
  },
  {
    ...both('B3.c.9'),
    how: 'Each organisation’s data lies in its own account under its own key. Others are refused by bucket, access point and key alike; versions are kept.',
    checks: ['S3-OWNKEY', 'S3-BPA', 'S3-NOPUBLIC', 'S3-VER', 'S3-RETAIN', 'S3-DENYKEY'],
  },
  {
    ...both('B3.c.10'),
    how: 'Keys are of AWS KMS, made there or brought by the organisation. Whoever administers one cannot use it, and it is used through S3 alone.',
    checks: ['KMS-SPEC', 'KMS-ROT', 'KMS-ORIGIN', 'KMS-SEP', 'KMS-THROUGH', 'KMS-WINDOW'],
  },
  {
    ...both('B3.c.12'),
    how: 'Audit records are locked for the period that the register sets.',
    checks: ['S3-LOCK', 'LOG-RET', 'LOG-KMS', 'CT-KMS'],
  },
  {
    ...both('B4.a.11'),
    how: 'The account is the boundary. No template of one organisation names another but for an agreement.',
    checks: ['TPL-ISOLATE', 'S3-OWNKEY', 'TPL-EXTERNAL'],
  },
  {
    ...both('B4.a.12'),
    how: 'Data goes from an owner’s bucket through one access point to one recipient. The pack has the picture of each organisation.',
    checks: ['S3-XACCT', 'S3-XACTIONS', 'TPL-ISOLATE'],
  },
  {
    ...both('B4.a.14'),
    how: 'A recipient can read only what the malware scan found clean, and nobody else may write the verdict.',
    checks: ['GATE-PLAN', 'GATE-READ', 'GATE-LOCK'],
  },
  {
    outcome: 'B4.b',
    in32: 'B4.b.13',
    in40: 'B4.b.15',
    how: 'All templates come from one program and one register; checks run on each at every synth.',
    checks: ['TPL-REGISTER', 'TPL-HASH', 'TPL-EXCEPT'],
  },
  {
    outcome: 'B4.b',
    in32: 'B4.b.14',
    in40: 'B4.b.16',
    how: 'A change is a change of a reviewed file. Stacks are protected against deletion, and a change that no deployment made is told to the security team.',
    checks: ['TPL-TERM', 'ALM-SEC', 'SHARE-LINE'],
  },
  {
    ...both('B4.c.6'),
    how: 'Keys are run by the administrators whom the register names, and by nobody outside the account.',
    checks: ['KMS-CUSTODY', 'KMS-SEP', 'IAM-SESSION'],
  },
  {
    ...both('B4.c.8'),
    how: 'Every deposit is scanned for malware before anybody else can read it.',
    checks: ['GATE-PLAN', 'GATE-READ', 'GATE-LOCK'],
  },
  {
    ...both('B5.c.7'),
    how: 'Versions and point-in-time recovery let the zone go back; data and keys outlive their stacks. No template can show that a restore was tried.',
    checks: ['S3-VER', 'DDB-PITR', 'DDB-DEL', 'S3-RETAIN'],
  },
  {
    outcome: 'C1.a',
    in32: 'C1.a.10',
    in40: 'C1.a.18',
    how: 'Data events of every organisation’s bucket and all KMS events are recorded, from complete log files.',
    checks: ['CT-DATA', 'CT-KMSEV', 'CT-ORG', 'LAM-LOG'],
  },
  {
    outcome: 'C1.b',
    in32: 'C1.b.9',
    in40: 'C1.b.13',
    how: 'Log files carry digests and are locked; a signed, append-only ledger of transfers can be checked offline.',
    checks: ['CT-VALID', 'S3-LOCK', 'AUDIT-APPEND', 'DDB-APPEND'],
  },
  {
    ...both('C1.b.11'),
    how: 'Analysis reads the archive and writes elsewhere; the archive can be written by CloudTrail alone.',
    checks: ['S3-LOCK', 'AUDIT-APPEND'],
  },
  {
    outcome: 'C1.c',
    in32: 'C1.c.14',
    in40: 'C1.c.19',
    how: 'Alarms tell the security team of each account and of the operator about changes, failures and unexpected grants.',
    checks: ['ALM-SEC', 'ALM-ORG', 'EVB-DLQ', 'SQS-DLQ', 'LAM-DLQ'],
  },
];
