import "server-only";

export type CoalescedTask = {
  /**
   * Runs the task once more after this call; requests until that run share it. Resolves when that run has ended, or
   * when the task is stopped.
   */
  readonly request: () => Promise<void>;
  /** Accepts no more requests and waits for the current run. */
  readonly stop: () => Promise<void>;
};

export type Pace = {
  /** How long to collect requests before a run. */
  readonly gatherMs: number;
  /** Minimum time between the end of a run and the start of the next one. */
  readonly restMs: number;
};

/** Runs a task soon after a request, one run at a time and at a limited rate. The task handles its own failures. */
export function coalescedTask(
  task: () => Promise<void>,
  { gatherMs, restMs }: Pace,
): CoalescedTask {
  let isStopped = false;
  let requested: PromiseWithResolvers<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let restUntilMs = 0;

  function schedule(): void {
    if (isStopped || requested === null || timer !== null || running !== null) {
      return;
    }
    timer = setTimeout(run, Math.max(gatherMs, restUntilMs - performance.now()));
  }

  function run(): void {
    timer = null;
    const answered = requested;
    // Reset before the task starts to read, because a later request needs another run.
    requested = null;
    running = task().finally(() => {
      running = null;
      restUntilMs = performance.now() + restMs;
      answered?.resolve();
      schedule();
    });
  }

  return {
    request: () => {
      if (isStopped) {
        return Promise.resolve();
      }
      requested ??= Promise.withResolvers();
      schedule();
      return requested.promise;
    },
    stop: async () => {
      isStopped = true;
      if (timer !== null) {
        clearTimeout(timer);
      }
      await running;
      requested?.resolve();
    },
  };
}
