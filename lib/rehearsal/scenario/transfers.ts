/** Deposits, their scan, and who can collect them. */
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { MALWARE_CLEAN, MALWARE_TEST } from '../../names';
import { type Actor, unboundedActor } from '../gateway/caller';
import type { Decider } from '../result';
import type { Stage } from './stage';

const SCANNER = 'GuardDuty’s scan';
const TAG = 'GuardDutyMalwareScanStatus';

/** As an archive with a password begins, which no scan can look into. */
const LOCKED = 'PK\u0003\u0004\u0014\u0000\u0001';

/** The files of the scenario. */
export const FILES = {
  clean: 'award,amount\n1,100.00\n',
  infected: MALWARE_TEST,
  unscannable: `${LOCKED} a file with a password`,
  copied: 'award,amount\n3,300.00\n',
  recalled: 'award,amount\n4,400.00\n',
  uncollected: 'award,amount\n2,200.00\n',
} as const;
export type File = keyof typeof FILES;
/** All of them. */
export const EVERY_FILE = Object.keys(FILES) as readonly File[];

const WORDS: Readonly<Record<File, string>> = {
  clean: 'a clean file',
  infected: 'an infected file (EICAR)',
  unscannable: 'a file with a password, which cannot be scanned',
  copied: 'a file that will be copied by the access point’s alias',
  recalled: 'a file that it will take back',
  uncollected: 'a file that will not be collected',
};
/** What the scan finds. */
const VERDICT: Readonly<Record<File, string>> = {
  clean: 'NO_THREATS_FOUND',
  infected: 'THREATS_FOUND',
  unscannable: 'UNSUPPORTED',
  copied: 'NO_THREATS_FOUND',
  recalled: 'NO_THREATS_FOUND',
  uncollected: 'NO_THREATS_FOUND',
};

/** What is in a file: where the agreement has a contract, what is to be released keeps it. */
export function contentOf({ props: { table } }: Stage, file: File): string {
  return VERDICT[file] === MALWARE_CLEAN ? (table ?? FILES[file]) : FILES[file];
}

/** What the scan finds in a file, as its tag says it. */
export function scannedAs(file: File): string {
  return VERDICT[file];
}

/** Where a file lies. */
export function keyOf(stage: Stage, file: File): string {
  return `agreements/${stage.props.cast.share.agreement}/rehearsal-${stage.run}-${file}.csv`;
}

/** The owner deposits a file. */
export async function deposit(stage: Stage, file: File): Promise<void> {
  const { owner } = stage.props.cast;
  const actor = stage.role(owner.account, 'deposit');
  await stage.step(
    {
      step: `${owner.id} deposits ${WORDS[file]}`,
      expected: 'allowed',
      decidedBy: 'simulation and endpoint',
    },
    async () => {
      const s3 = await stage.s3As(actor);
      const { outcome, why } = await stage.attempt(actor, () =>
        s3.send(
          new PutObjectCommand({
            Bucket: stage.exchangeBucket,
            Key: keyOf(stage, file),
            Body: contentOf(stage, file),
            ContentType: stage.mediaType,
          }),
        ),
      );
      return { seen: outcome, passed: outcome === 'allowed', why };
    },
  );
}

/** The scan, played: it reads as the malware role would, and tags as it would. */
export async function scan(stage: Stage, file: File): Promise<void> {
  const { owner } = stage.props.cast;
  const actor = stage.role(owner.account, 'malware-scan');
  const expected = VERDICT[file];
  await stage.step(
    {
      step: `The scan looks at the ${file} file`,
      expected,
      decidedBy: 'simulation and endpoint',
      played: SCANNER,
    },
    async () => {
      const s3 = await stage.s3As(actor);
      const at = { Bucket: stage.exchangeBucket, Key: keyOf(stage, file) };
      const read = await stage.attempt(actor, async () => {
        const { Body } = await s3.send(new GetObjectCommand(at));
        return await Body?.transformToString();
      });
      if (read.answer === undefined)
        return { seen: `reading: ${read.outcome}`, passed: false, why: read.why };
      const Value = found(read.answer);
      const tagged = await stage.attempt(actor, () =>
        s3.send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet: [{ Key: TAG, Value }] } })),
      );
      if (tagged.outcome !== 'allowed')
        return { seen: `tagging: ${tagged.outcome}`, passed: false, why: tagged.why };
      const { TagSet } = await stage.as(owner.account).s3().send(new GetObjectTaggingCommand(at));
      const seen = TagSet?.find(({ Key }) => Key === TAG)?.Value ?? 'no tag';
      return { seen, passed: seen === expected, why: tagged.why };
    },
  );
}

function found(content: string): string {
  if (content.includes(MALWARE_TEST)) return 'THREATS_FOUND';
  return content.startsWith(LOCKED) ? 'UNSUPPORTED' : 'NO_THREATS_FOUND';
}

/** How an actor asks, and what is to come of it. */
export interface Asking {
  readonly file: File;
  readonly way: 'access point' | 'bucket';
  readonly expected: 'allowed' | 'refused';
  /** The ARN of the access point; that of the share if not given. */
  readonly point?: string;
}

/** An actor asks for a file, and gets it or does not. */
export async function collect(
  stage: Stage,
  who: Actor,
  words: string,
  { file, way, expected, point = stage.pointArn }: Asking,
): Promise<void> {
  const decidedBy: Decider = expected === 'allowed' ? 'simulation and endpoint' : 'decided by simulation';
  await stage.step(
    {
      step: words,
      expected: expected === 'allowed' ? 'allowed, with the bytes that were deposited' : 'refused',
      decidedBy,
    },
    async () => {
      const s3 = await stage.s3As(who, way);
      const Bucket = way === 'bucket' ? stage.exchangeBucket : point;
      const { outcome, why, answer } = await stage.attempt(who, async () => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: keyOf(stage, file) }));
        return await Body?.transformToString();
      });
      if (outcome !== 'allowed' || expected !== 'allowed')
        return { seen: outcome, passed: outcome === expected, why };
      const same = answer === contentOf(stage, file);
      return {
        seen: same ? 'allowed, with the bytes that were deposited' : 'allowed, with other bytes',
        passed: same,
        why,
      };
    },
  );
}

/** Whom the scenario lets ask for the files. */
export async function everybodyAsks(stage: Stage): Promise<void> {
  const { cast } = stage.props;
  const { owner, recipient, third } = cast;
  const collector = stage.role(recipient.account, 'collect');
  // Its own account’s policies are its own to change, so nothing rests on them.
  const stranger = unboundedActor(stage.role(third.account, 'collect'));
  const depositor = stage.role(owner.account, 'deposit');
  const refused = 'refused';
  const byPoint = 'access point';
  const asks: readonly (readonly [Actor, string, Asking])[] = [
    [
      collector,
      `${recipient.id} collects through its access point`,
      { file: 'clean', way: byPoint, expected: 'allowed' },
    ],
    [
      collector,
      `${recipient.id} asks for the infected file`,
      { file: 'infected', way: byPoint, expected: refused },
    ],
    [
      collector,
      `${recipient.id} asks for the file that cannot be scanned`,
      { file: 'unscannable', way: byPoint, expected: refused },
    ],
    [
      collector,
      `${recipient.id} asks the bucket itself`,
      { file: 'clean', way: 'bucket', expected: refused },
    ],
    [
      stranger,
      `${third.id} asks by the access point of ${recipient.id}`,
      { file: 'clean', way: byPoint, expected: refused },
    ],
    [stranger, `${third.id} asks the bucket itself`, { file: 'clean', way: 'bucket', expected: refused }],
    [
      depositor,
      `The deposit role asks for what it deposited`,
      { file: 'clean', way: 'bucket', expected: refused },
    ],
  ];
  for (const [who, words, how] of asks) await collect(stage, who, words, how);
  const own = stage.pointOf(third.id);
  if (own !== undefined)
    await collect(stage, stranger, `${third.id} asks by its own access point`, {
      file: 'clean',
      way: byPoint,
      expected: refused,
      point: own,
    });
}
