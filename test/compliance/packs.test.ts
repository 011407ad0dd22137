/** That nothing is open under either rule pack, and that a finding can be set aside in one way only. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { findingsOf, openAssembly, openUnderWay } from '../../lib/assembly';
import { judgeAll } from '../../lib/compliance/checks';
import { judgedOf } from '../../lib/compliance/judged';
import {
  type Acknowledgement,
  acknowledge,
  acknowledgementsIn,
} from '../../lib/compliance/packs/acknowledgement';
import { PublicSectorChecks } from '../../lib/compliance/packs/public-sector';
import { packs } from '../../lib/compliance/packs/rule-packs';
import { dateOf } from '../../lib/register/calendar';
import { edited, MINIMAL, SAMPLE, set } from '../register/samples';
import { type Sample, synthesised, temporaryFolder } from '../stacks/sample-assembly';

/** The sample with all packs, synthesised once. */
let made: Sample | undefined;
function sample(): Sample {
  made ??= synthesised({ checks: true });
  return made;
}

/** What was set aside, as `Pack::Rule` with the construct. */
function acknowledgedIn(folder: string): string[] {
  const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')) as {
    pluginReports: { suppressedViolations?: { acknowledgedId: string; acknowledgedAt: string }[] }[];
  };
  return report.pluginReports.flatMap(({ suppressedViolations = [] }) =>
    suppressedViolations.map((each) => `${each.acknowledgedId} ${each.acknowledgedAt}`),
  );
}

describe('the sample', () => {
  it('has no open finding under either pack, and every acknowledgement covers one', () => {
    const { open, acknowledged } = findingsOf(openAssembly(sample().folder));
    expect(open).toEqual([]);
    expect(acknowledged).toBeGreaterThan(50);
  });

  it('is judged by the public-sector pack as well, whose findings are acknowledged in the same way', () => {
    const acknowledged = acknowledgedIn(sample().folder).filter((each) =>
      each.startsWith('Concordat-PublicSector'),
    );
    expect(acknowledged.sort()).toEqual([
      'Concordat-PublicSector::S3-LOG Zone/Ledger/Ledger/Bucket',
      'Concordat-PublicSector::S3-LOG Zone/LogArchive/Archive/Bucket',
    ]);
  });

  it('passes the check on exceptions too, when the finished assembly is judged', () => {
    const judgements = judgeAll(judgedOf(openAssembly(sample().folder))).find(
      ({ check }) => check.id === 'TPL-EXCEPT',
    )?.judgements;
    expect(judgements?.length).toBeGreaterThan(50);
    expect(judgements?.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  });

  it('has none either after its register has changed in every way that adds or removes resources', () => {
    const changed = edited(
      SAMPLE,
      set('organisations/camden.yaml', {
        custody: {
          kind: 'imported',
          administrators: ['arn:aws:iam::100000000021:role/security/key-administrator'],
          materialExpires: '2027-06-30',
        },
      }),
      set('organisations/fife.yaml', {
        paused: { from: '2026-11-01', reason: 'The council moves its systems.' },
      }),
      set('organisations/nspcc.yaml', { mayCollect: ['arn:aws:iam::100000000051:role/helpline/reader'] }),
      set('organisations/example-routing.yaml', {
        paused: { from: '2026-11-01', reason: 'The firm is audited.' },
      }),
    );
    expect(findingsOf(synthesised({ files: changed, checks: true }).assembly).open).toEqual([]);
  });

  it('has findings once a review is past: acknowledgements are not for ever', () => {
    const { open } = findingsOf(
      synthesised({ files: MINIMAL, asOf: dateOf('2028-04-01'), checks: true }).assembly,
    );
    expect(new Set(open.map(({ rule, severity }) => `${severity} ${rule}`))).toEqual(
      new Set(['error Concordat-Acknowledgements::AcknowledgementPastReview']),
    );
  });
});

describe('on a finding of the public-sector pack,', () => {
  const RULE = 'Concordat-PublicSector::S3-VER';
  const good: Acknowledgement = {
    rule: RULE,
    reason: 'What lies here can be had elsewhere.',
    owner: 'Zone security lead',
    review: '2027-03-31',
  };

  /** Two buckets that keep no versions, as far as the pack is concerned; judged as of 1 December 2026. */
  function judged(write: (bucket: CfnBucket) => void) {
    const folder = temporaryFolder();
    const app = new App({
      outdir: folder,
      analyticsReporting: false,
      treeMetadata: false,
      context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
    });
    const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-2' } });
    const bucket = new CfnBucket(stack, 'Bucket');
    new CfnBucket(stack, 'Other');
    const { folder: from } = sample();
    const register = readFileSync(join(from, 'register.json'), 'utf8');
    const origin = readFileSync(join(from, 'concordat.json'), 'utf8');
    const beside = new Map([
      ['register.json', register],
      ['concordat.json', origin],
    ]);
    const pack = new PublicSectorChecks((made) => openUnderWay(made, beside).assembly);
    const { ofResources, ofTemplates } = packs('2026-12-01', [pack]);
    Validations.of(app).addPlugins(...ofResources, ...ofTemplates);
    write(bucket);
    app.synth();
    return findingsOf(openAssembly(folder)).open.filter(
      ({ rule }) => rule === RULE || rule.startsWith('Concordat-Ack'),
    );
  }
  const about = (rule: string, constructPath: string) =>
    expect.objectContaining({ rule, severity: 'error', constructPath });

  it('it is found on its resource, with the remedy', () => {
    expect(judged(() => undefined)).toEqual([about(RULE, 'Stack/Bucket'), about(RULE, 'Stack/Other')]);
  });

  it('an acknowledgement sets it aside there, and nowhere else', () => {
    expect(judged((bucket) => acknowledge(bucket, good))).toEqual([about(RULE, 'Stack/Other')]);
  });

  it('one past its review, one for what is not there, and one by a bare id each fail with their place', () => {
    expect(judged((bucket) => acknowledge(bucket, { ...good, review: '2026-11-30' }))).toContainEqual(
      about('Concordat-Acknowledgements::AcknowledgementPastReview', 'Stack/Bucket'),
    );
    expect(
      judged((bucket) => acknowledge(bucket, { ...good, rule: 'Concordat-PublicSector::S3-COPY' })),
    ).toContainEqual(about('Concordat-Acknowledgements::AcknowledgementCoversNothing', 'Stack/Bucket'));
    for (const id of ['S3-VER', RULE])
      expect(
        judged((bucket) => Validations.of(bucket).acknowledge({ id, reason: 'Trust me.' })),
      ).toContainEqual(about('Concordat-Acknowledgements::AcknowledgementUndeclared', 'Stack/Bucket'));
  });
});

describe('on a bucket with findings,', () => {
  const LOGGING = 'AwsSolutions::AwsSolutions-S1';
  const good: Acknowledgement = {
    rule: LOGGING,
    reason: 'CloudTrail records every request.',
    owner: 'Zone security lead',
    review: '2027-03-31',
  };

  /** A bucket with what an engineer wrote about its findings, judged as of 1 December 2026. */
  function judged(write: (scopes: { app: App; stack: Stack; bucket: CfnBucket }) => void) {
    const folder = temporaryFolder();
    const app = new App({
      outdir: folder,
      analyticsReporting: false,
      treeMetadata: false,
      context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
    });
    const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-2' } });
    const bucket = new CfnBucket(stack, 'Bucket');
    const { ofResources, ofTemplates } = packs('2026-12-01');
    Validations.of(app).addPlugins(...ofResources, ...ofTemplates);
    write({ app, stack, bucket });
    app.synth();
    return findingsOf(openAssembly(folder)).open;
  }

  const bare = (on: IConstruct, id: string) => Validations.of(on).acknowledge({ id, reason: 'Trust me.' });
  const about = (kind: string, constructPath: string) =>
    expect.objectContaining({
      rule: `Concordat-Acknowledgements::${kind}`,
      severity: 'error',
      constructPath,
    });

  it('both packs find what is wrong', () => {
    const rules = judged(() => undefined).map(({ rule }) => rule);
    expect(rules).toEqual(
      expect.arrayContaining([LOGGING, 'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled']),
    );
  });

  it('an acknowledgement with reason, owner and review sets one finding aside, on that bucket', () => {
    const open = judged(({ stack, bucket }) => {
      new CfnBucket(stack, 'Other');
      acknowledge(bucket, good);
    });
    const logging = open.filter(({ rule }) => rule === LOGGING).map(({ constructPath }) => constructPath);
    expect(logging).toEqual(['Stack/Other']);
    expect(open.filter(({ rule }) => rule.startsWith('Concordat'))).toEqual([]);
  });

  it('one that is past its review fails; on its last day it holds', () => {
    expect(judged(({ bucket }) => acknowledge(bucket, { ...good, review: '2026-11-30' }))).toContainEqual(
      about('AcknowledgementPastReview', 'Stack/Bucket'),
    );
    const onTheDay = judged(({ bucket }) => acknowledge(bucket, { ...good, review: '2026-12-01' }));
    expect(onTheDay.filter(({ rule }) => rule.startsWith('Concordat'))).toEqual([]);
  });

  it('one that covers nothing fails, so that none outlives its finding', () => {
    expect(
      judged(({ bucket }) => acknowledge(bucket, { ...good, rule: 'AwsSolutions::AwsSolutions-KMS5' })),
    ).toContainEqual(about('AcknowledgementCoversNothing', 'Stack/Bucket'));
  });

  it.each([
    ['with its pack', LOGGING],
    ['without its pack', 'AwsSolutions-S1'],
  ])('one made past this project’s own function fails, the id %s', (_name, id) => {
    expect(judged(({ bucket }) => bare(bucket, id))).toContainEqual(
      about('AcknowledgementUndeclared', 'Stack/Bucket'),
    );
  });

  it('one that stands on a whole stack or app fails, though CDK would take it', () => {
    expect(judged(({ stack }) => bare(stack, LOGGING))).toContainEqual(
      about('AcknowledgementUndeclared', 'Stack'),
    );
    expect(judged(({ app }) => bare(app, LOGGING))).toContainEqual(about('AcknowledgementUndeclared', ''));
    const besideADeclaredOne = judged(({ stack, bucket }) => {
      acknowledge(bucket, good);
      bare(stack, LOGGING);
    });
    expect(besideADeclaredOne).toContainEqual(about('AcknowledgementUndeclared', 'Stack'));
  });

  it.each(['AcknowledgementUndeclared', 'AcknowledgementPastReview', 'AcknowledgementCoversNothing'])(
    'the check itself cannot be acknowledged away: %s',
    (kind) => {
      const open = judged(({ app, bucket }) => {
        bare(app, `Concordat-Acknowledgements::${kind}`);
        bare(bucket, LOGGING);
      });
      expect(open).toContainEqual(about('AcknowledgementUndeclared', 'Stack/Bucket'));
    },
  );

  it('a check that breaks down is a finding, not a clean bill', () => {
    const open = judged(({ app }) =>
      Validations.of(app).addPlugins({
        name: 'Breaks',
        validate: () => {
          throw new Error('a template could not be read');
        },
      }),
    );
    expect(open).toContainEqual(
      expect.objectContaining({
        rule: 'Breaks::CheckFailed',
        severity: 'error',
        description: expect.stringContaining('a template could not be read'),
      }),
    );
  });

  it('acknowledgements can be listed with the resource that each stands on', () => {
    const app = new App({ outdir: temporaryFolder() });
    const bucket = new CfnBucket(new Stack(app, 'Stack'), 'Bucket');
    acknowledge(bucket, good);
    expect(acknowledgementsIn(app).map(({ resource, ...rest }) => [resource.node.path, rest])).toEqual([
      ['Stack/Bucket', good],
    ]);
  });
});
