const PATIENCE_MS = 30_000;

/**
 * Ends the process in order on SIGINT and SIGTERM: once. A second signal does not wait.
 * @returns the same, for other reasons to end
 */
export function stopOnSignal(drain: () => Promise<void>): (exitCode: number) => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = (exitCode: number): Promise<void> => {
    stopping ??= end(drain, exitCode);
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130);
      void stop(0);
    });
  }
  return stop;
}

async function end(drain: () => Promise<void>, exitCode: number): Promise<void> {
  const tooLong = setTimeout(() => process.exit(1), PATIENCE_MS);
  try {
    await drain();
    clearTimeout(tooLong);
    process.exit(exitCode);
  } catch (error) {
    process.stderr.write(`The shutdown did not end well: ${String(error)}\n`);
    process.exit(1);
  }
}
