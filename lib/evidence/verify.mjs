// Checks an evidence pack against the assembly that it speaks of. Uses Node’s own modules and nothing else: read it, then run
//   node verify.mjs ASSEMBLY
// in the folder of the pack. Exit 0: everything is as the pack says. 1: something is not, and which. 3: it cannot be read.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pack = dirname(fileURLToPath(import.meta.url));
const assembly = process.argv[2] ?? 'cdk.out';
const faults = [];
const sha256 = (content) => createHash('sha256').update(content).digest('hex');

function stop(message) {
  console.error(`error: ${message}`);
  process.exit(3);
}

function json(folder, file) {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    return stop(`${join(folder, file)} cannot be read: ${error.message}`);
  }
}

if (!existsSync(join(assembly, 'manifest.json')))
  stop(`there is no assembly in ${assembly}: node verify.mjs ASSEMBLY`);
const evidence = json(pack, 'evidence.json');
if (evidence.form !== 'concordat-evidence/v1')
  stop(`evidence.json is of the form ${evidence.form}, which this does not know`);

// 1. The pack’s own files.
const sums = readFileSync(join(pack, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
for (const line of sums) {
  const [, hash, file] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? stop(`SHA256SUMS has the line '${line}'`);
  if (!existsSync(join(pack, file))) faults.push(`${file} of this pack is gone`);
  else if (sha256(readFileSync(join(pack, file))) !== hash) faults.push(`${file} of this pack was changed`);
}

// 2. The assembly’s files: each as it was, and none that the pack does not know of.
const listed = new Set(evidence.files.map(({ file }) => file));
for (const { file, sha256: hash } of evidence.files) {
  if (!existsSync(join(assembly, file))) faults.push(`${file} is gone from the assembly`);
  else if (sha256(readFileSync(join(assembly, file))) !== hash)
    faults.push(`${file} is not what the pack was made from`);
}
for (const [id, { type, properties }] of Object.entries(json(assembly, 'manifest.json').artifacts ?? {}))
  if (type === 'aws:cloudformation:stack' && !listed.has(properties?.templateFile))
    faults.push(`stack ${id} has a template that the pack does not list: ${properties?.templateFile}`);
const digest = sha256(evidence.files.map(({ file, sha256: hash }) => `${hash}  ${file}\n`).join(''));
if (digest !== evidence.assemblyDigest) faults.push('the digest of the assembly is not that of its files');

// 3. Every pointer.
const documents = new Map();
let pointers = 0;
function follow(file, pointer, whose) {
  pointers += 1;
  if (!documents.has(file))
    documents.set(file, existsSync(join(assembly, file)) ? json(assembly, file) : undefined);
  let value = documents.get(file);
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (value === undefined) faults.push(`${whose}: ${file} has nothing at ${pointer || 'its root'}`);
}
for (const { id, judgements } of evidence.checks)
  for (const { file, pointer } of judgements) follow(file, pointer, `check ${id}`);
for (const { agreement, recipient, accessPoint } of evidence.shares)
  if (accessPoint) follow(accessPoint.file, accessPoint.pointer, `share of ${agreement} with ${recipient}`);
for (const { file, pointer, organisation } of evidence.custody)
  follow(file, pointer, `key of ${organisation}`);
for (const { file, pointer } of evidence.undeclared)
  follow(file, pointer, 'access point that nobody agreed to');

// 4. The counts, and that no goal is claimed without a check that passed.
const checks = new Map(evidence.checks.map((check) => [check.id, check]));
for (const { id, judgements, passed, failed, accepted, notApplicable } of evidence.checks) {
  const count = (outcome) => judgements.filter((each) => each.outcome === outcome).length;
  const excepted = judgements.filter((each) => each.accepted).length;
  if (
    count('pass') !== passed ||
    count('fail') !== failed + accepted ||
    excepted !== accepted ||
    count('not applicable') !== notApplicable
  )
    faults.push(`check ${id} counts other judgements than it lists`);
}
const goals = evidence.principles.flatMap(({ parts }) => parts.flatMap((part) => part.goals));
for (const { id, state, checks: named } of goals) {
  const bearing = named.map(
    (each) => checks.get(each) ?? stop(`goal ${id} names the check ${each}, which is not listed`),
  );
  const passed = bearing.some((each) => each.passed > 0);
  const failed = bearing.some((each) => each.failed > 0);
  if ((state === 'shown' || state === 'partly') && (failed || !passed))
    faults.push(`goal ${id} is claimed without a check that passed`);
  if (failed && state !== 'failed')
    faults.push(`goal ${id} is not called failed, though a check of it failed`);
}

if (faults.length > 0) {
  for (const each of faults) console.log(each);
  console.error(
    `Not verified: ${faults.length} ${faults.length === 1 ? 'thing is' : 'things are'} not as the pack says.`,
  );
  process.exit(1);
}
console.log(
  `${evidence.files.length} files of the assembly, ${sums.length} of the pack, ${pointers} pointers and ${goals.length} goals are as the pack says.`,
);
