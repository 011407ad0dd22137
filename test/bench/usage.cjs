// Preloaded into each measured process: on exit it writes what the process used, as JSON, to the file BENCH_USAGE.
const { readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: peak(maxRSS) / 1024 };
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify(usage));
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
