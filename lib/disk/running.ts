/** Whether who has left something behind may still come back to it. */

/** Whether a process of this machine runs. @param id the number of the process */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
