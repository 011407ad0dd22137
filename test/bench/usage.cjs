// Preloaded into each measured process and its children: on exit each writes what it used, as JSON, into the folder BENCH_USAGE.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

// What worker threads use is part of what their process does.
if (isMainThread)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: peak(maxRSS) / 1024 };
    writeFileSync(join(process.env.BENCH_USAGE, `${process.pid}.json`), JSON.stringify(usage));
  });

/** In kB. Linux counts the starting process’s memory into maxRSS as well, but not into the high-water mark. */
function peak(maxRss) {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return Number(kilobytes ?? maxRss);
  } catch {
    return maxRss;
  }
}
