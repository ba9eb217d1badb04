import "server-only";

export type CoalescedTask = {
  /** Sees to it that the task runs after this moment. However many ask meanwhile, it runs once for them all. */
  readonly request: () => void;
  /** Takes no more requests and waits for a run that has begun. */
  readonly stop: () => Promise<void>;
};

export type CoalescedTaskOptions = {
  /** How long to gather requests before a run. */
  readonly gatherMs: number;
  /** How long to wait at least between the end of a run and the next one. */
  readonly restMs: number;
};

/** Runs a task soon after it is asked for, one run at a time and not too often. The task handles its own failures. */
export function coalescedTask(
  task: () => Promise<void>,
  { gatherMs, restMs }: CoalescedTaskOptions,
): CoalescedTask {
  let isStopped = false;
  let isRequested = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let restUntilMs = 0;

  function schedule(): void {
    if (isStopped || !isRequested || timer !== null || running !== null) {
      return;
    }
    timer = setTimeout(run, Math.max(gatherMs, restUntilMs - performance.now()));
  }

  function run(): void {
    timer = null;
    // Before the task begins to read: whoever asks from now on asks for another run.
    isRequested = false;
    running = task().finally(() => {
      running = null;
      restUntilMs = performance.now() + restMs;
      schedule();
    });
  }

  return {
    request: () => {
      isRequested = true;
      schedule();
    },
    stop: async () => {
      isStopped = true;
      if (timer !== null) {
        clearTimeout(timer);
      }
      await running;
    },
  };
}
