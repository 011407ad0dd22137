/** The ledger is sealed, copied, verified, and held against everything that was asked. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { bundleEntries, bundleFolder, verifyBundle } from '../../ledger/bundle';
import { decisionInKey, LEDGER_SEAL_FUNCTION, roleName } from '../../names';
import { entryFormat } from '../../transfers';
import { plural } from '../../words';
import type { Heard } from '../gateway/gateway';
import type { Trail } from './audit';
import { endsAreTold, type LedgerEntry } from './ends';
import { call } from './functions';
import type { Stage } from './stage';

/** It runs each minute; what one run fails in, the next finishes. */
const SEALER_RUNS = 3;

/** What the ledger must hold of a request. */
interface ExpectedEntry {
  readonly id: string;
  readonly words: string;
}

function expectedOf({ asked, ruling, status, id, actor, bucket }: Heard, exchange: string): ExpectedEntry[] {
  const who = actor.name.slice(actor.name.lastIndexOf('/') + 1);
  const entry = (kind: string) => [{ id: `${id}#${kind}`, words: `${kind}: ${asked.action} by ${who}` }];
  // What was allowed and then failed at the endpoint did not happen.
  if (ruling.allowed && status >= 400) return [];
  if (asked.kind === 'bucket') {
    if (bucket !== exchange) return [];
    if (!ruling.allowed) return entry('denied');
    const byGate = who === roleName('release-gate');
    if (asked.operation === 'PutObject')
      return byGate ? ofReport(asked.object ?? '', entry) : entry('deposited');
    if (asked.operation === 'PutObjectTagging') return entry(byGate ? 'gated' : 'scanned');
    if (asked.operation === 'DeleteObject') return entry('recalled');
    if (asked.copy !== undefined) return entry('collected');
    return asked.operation === 'GetObject' && asked.accessPoint !== undefined ? entry('collected') : [];
  }
  if (asked.kind !== 'key' || !ruling.allowed) return [];
  const kind = { CreateGrant: 'grant-made', RevokeGrant: 'grant-ended' }[asked.operation];
  return kind === undefined ? [] : entry(kind);
}

/** A decision is told from its page. */
function ofReport(key: string, entry: (kind: string) => ExpectedEntry[]): ExpectedEntry[] {
  const told = decisionInKey(key);
  return told === undefined ? [] : entry(told.decision);
}

/** Seals what is staged; what one run fails in, the next finishes. */
export async function seal(stage: Stage, when: string): Promise<void> {
  await stage.step(
    { step: `The sealer seals the ledger ${when}`, expected: 'done', decidedBy: 'the function' },
    async () => {
      const failures: string[] = [];
      for (let runs = 0; runs < SEALER_RUNS; runs++) {
        const { failure } = await call(stage, LEDGER_SEAL_FUNCTION, {});
        if (failure === undefined) return { seen: 'done', passed: true, why: failures };
        failures.push(failure);
      }
      return { seen: failures.at(-1) ?? 'not called', passed: false, why: failures };
    },
  );
}

/** Copies the ledger, and holds it against everything that was asked. */
export async function ledgerHasAll(stage: Stage, trail: Trail, folder: string): Promise<void> {
  await stage.step(
    { step: 'A copy of the ledger is verified', expected: 'in order', decidedBy: 'the verifier' },
    async () => {
      await copyBucket(stage, stage.ledgerBucket, folder);
      const { findings, head } = await verifyBundle(bundleFolder(folder), {
        pinned: [],
        known: undefined,
        receiptsOnly: false,
        entries: entryFormat,
        threads: 1,
      });
      const [first] = findings;
      if (head === undefined) return { seen: 'there is no checkpoint', passed: false };
      return first === undefined
        ? { seen: 'in order', passed: true, why: [`${plural(head.size, 'entry', 'entries')}`] }
        : { seen: `${plural(findings.length, 'finding')}: ${first.path}: ${first.message}`, passed: false };
    },
  );
  const entries = () => [...bundleEntries(bundleFolder(folder))] as LedgerEntry[];
  await stage.step(
    {
      step: 'The ledger has an entry for each thing that was done or refused',
      expected: 'all',
      decidedBy: 'the function',
    },
    async () => {
      const expected = trail.delivered.flatMap((heard) => expectedOf(heard, stage.exchangeBucket));
      const found = new Set(entries().map(({ metadata }) => metadata.uid));
      const missing = expected.filter(({ id }) => !found.has(id));
      return missing.length === 0 && expected.length > 0
        ? { seen: 'all', passed: true, why: [`${plural(expected.length, 'request')}`] }
        : {
            seen: `${missing.length} of ${expected.length} missing: ${missing
              .slice(0, 3)
              .map(({ words }) => words)
              .join('; ')}`,
            passed: false,
          };
    },
  );
  await stage.step(
    { step: 'The ledger tells of no violation', expected: 'none', decidedBy: 'the function' },
    async () => {
      const ours = new Set(trail.delivered.map(({ id }) => id));
      const bad = entries().filter(
        ({ metadata, unmapped }) =>
          unmapped?.verdict === 'violation' && ours.has(metadata.uid.split('#')[0] ?? ''),
      );
      return {
        seen:
          bad.length === 0
            ? 'none'
            : `${bad.length}: ${bad[0]?.metadata.event_code} ${bad[0]?.unmapped?.reasons}`,
        passed: bad.length === 0,
      };
    },
  );
  await endsAreTold(stage, entries);
}

async function copyBucket(stage: Stage, Bucket: string, folder: string): Promise<void> {
  const s3 = stage.as(stage.props.cast.zoneAccount).s3();
  mkdirSync(folder, { recursive: true });
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    for (const { Key = '' } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const file = join(folder, Key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, (await Body?.transformToByteArray()) ?? Buffer.of());
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}
