// Checks an evidence pack against the assembly that it speaks of. Uses Node’s own modules and nothing else: read it, then run
//   node verify.mjs ASSEMBLY
// in the folder of the pack. Exit 0: everything is as the pack says. 1: something is not, and which. 3: it cannot be read.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pack = dirname(fileURLToPath(import.meta.url));
const assembly = process.argv[2] ?? 'cdk.out';
const faults = [];
const sha256 = (content) => createHash('sha256').update(content).digest('hex');

const count = (number) => number.toLocaleString('en-GB');
const counted = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

const inOneLine = (text) => text.replaceAll(/\s+/g, ' ');

/** Why a file cannot be read: what Node quotes of it keeps no line ends. */
function whyOf(error) {
  const words = {
    ENOENT: 'it is not there',
    ENOTDIR: 'what should be a folder is a file',
    EISDIR: 'what should be a file is a folder',
    EACCES: 'you may not read it',
  };
  return words[error.code] ?? inOneLine(error.message);
}

function stop(message) {
  console.error(`error: ${message}`);
  process.exit(3);
}

function json(folder, file) {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    return stop(`${join(folder, file)} cannot be read: ${whyOf(error)}`);
  }
}

/** Files of the assembly that are no JSON any more. */
const unreadable = new Set();

/** A file of the assembly; undefined of one that is no JSON any more, which is a fault of it and told once. */
function jsonOfAssembly(file) {
  try {
    return JSON.parse(readFileSync(join(assembly, file), 'utf8'));
  } catch (error) {
    if (!unreadable.has(file)) faults.push(`${file} of the assembly cannot be read: ${whyOf(error)}`);
    unreadable.add(file);
    return undefined;
  }
}

/** Every file at a path below a folder, by its path from there; a path that is no folder is one file. */
function filesAt(folder, path) {
  const full = join(folder, path);
  if (!existsSync(full) || !statSync(full).isDirectory()) return [path];
  return readdirSync(full).flatMap((name) => filesAt(folder, path === '' ? name : `${path}/${name}`));
}

if (!existsSync(join(assembly, 'manifest.json')))
  stop(`there is no assembly in ${assembly}: node verify.mjs ASSEMBLY`);
const evidence = json(pack, 'evidence.json');
if (evidence.form !== 'concordat-evidence/v1')
  stop(`evidence.json is of the form ${evidence.form}, which this does not know`);

// 1. The pack’s own files.
if (!existsSync(join(pack, 'SHA256SUMS'))) stop(`there is no SHA256SUMS in ${pack}`);
const sums = readFileSync(join(pack, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
const unlisted = new Set(filesAt(pack, ''));
unlisted.delete('SHA256SUMS');
for (const line of sums) {
  const [, hash, file] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? stop(`SHA256SUMS has the line '${line}'`);
  unlisted.delete(file);
  if (!existsSync(join(pack, file))) faults.push(`${file} of this pack is gone`);
  else if (sha256(readFileSync(join(pack, file))) !== hash) faults.push(`${file} of this pack was changed`);
}
for (const file of unlisted) faults.push(`${file} lies in this pack, but SHA256SUMS does not list it`);

// 2. The assembly’s files: each as it was, and none that the pack does not know of.
const listed = new Set(evidence.files.map(({ file }) => file));
for (const { file, sha256: hash } of evidence.files) {
  if (!existsSync(join(assembly, file))) faults.push(`${file} is gone from the assembly`);
  else if (sha256(readFileSync(join(assembly, file))) !== hash)
    faults.push(`${file} is not what the pack was made from`);
}
for (const [id, { type, properties }] of Object.entries(jsonOfAssembly('manifest.json')?.artifacts ?? {})) {
  if (type === 'aws:cloudformation:stack' && !listed.has(properties?.templateFile))
    faults.push(`stack ${id} has a template that the pack does not list: ${properties?.templateFile}`);
  if (type !== 'cdk:asset-manifest') continue;
  const sources = Object.values(jsonOfAssembly(properties.file)?.files ?? {}).map(
    ({ source }) => source?.path,
  );
  for (const path of sources.filter((each) => each !== undefined))
    for (const file of filesAt(assembly, path))
      if (!listed.has(file)) faults.push(`${id} uploads a file that the pack does not list: ${file}`);
}
const digest = sha256(evidence.files.map(({ file, sha256: hash }) => `${hash}  ${file}\n`).join(''));
if (digest !== evidence.assemblyDigest) faults.push('the digest of the assembly is not that of its files');

// 3. Every pointer.
const documents = new Map();
let pointers = 0;
function follow(file, pointer, whose) {
  pointers += 1;
  if (!documents.has(file))
    documents.set(file, existsSync(join(assembly, file)) ? jsonOfAssembly(file) : undefined);
  if (unreadable.has(file)) return;
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
const goals = [
  ...evidence.principles.flatMap(({ parts }) => parts.flatMap((part) => part.goals)),
  ...evidence.sharingPrinciples.flatMap((principle) => principle.goals),
];
for (const { id, state, checks: named, passed: saidToPass, of } of goals) {
  const bearing = named.map(
    (each) => checks.get(each) ?? stop(`goal ${id} names the check ${each}, which is not listed`),
  );
  const sum = (which) => bearing.reduce((total, each) => total + each[which], 0);
  const [passed, failed, accepted] = [sum('passed'), sum('failed'), sum('accepted')];
  if (!['shown', 'partly', 'not shown', 'failed'].includes(state))
    faults.push(`goal ${id} has the state '${state}', which there is not`);
  if (saidToPass !== passed || of !== passed + failed + accepted)
    faults.push(`goal ${id} counts other judgements than its checks`);
  if ((state === 'shown' || state === 'partly') && (failed > 0 || passed === 0))
    faults.push(`goal ${id} is claimed without a check that passed`);
  if (failed > 0 && state !== 'failed')
    faults.push(`goal ${id} is not called failed, though a check of it failed`);
  if (state === 'shown' && accepted > 0)
    faults.push(`goal ${id} is called shown, though it rests on an exception`);
}

if (faults.length > 0) {
  for (const each of faults) console.log(each);
  console.error(
    `Not verified: ${counted(faults.length, 'thing')} ${faults.length === 1 ? 'is' : 'are'} not as the pack says.`,
  );
  process.exit(1);
}
console.log(
  `${counted(evidence.files.length, 'file')} of the assembly, ${count(sums.length)} of the pack, ${counted(pointers, 'pointer')} and ${counted(goals.length, 'goal')} are as the pack says.`,
);
console.log(`assembly ${digest}`);
console.log(`pack     ${sha256(readFileSync(join(pack, 'evidence.json')))}`);
