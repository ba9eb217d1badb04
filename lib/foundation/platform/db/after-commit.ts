import "server-only";

type Task = () => Promise<void>;

const TASKS_OF_TRANSACTION = new WeakMap<object, Task[]>();

/**
 * Runs a task after the transaction has committed and before `inTransaction` returns; never after a rollback. The task
 * handles its own errors, because the change is already committed. A task that is added twice runs once.
 */
export function afterCommit(tx: object, task: Task): void {
  const tasks = TASKS_OF_TRANSACTION.get(tx) ?? [];
  if (!tasks.includes(task)) {
    TASKS_OF_TRANSACTION.set(tx, [...tasks, task]);
  }
}

export async function runAfterCommit(tx: object): Promise<void> {
  for (const task of TASKS_OF_TRANSACTION.get(tx) ?? []) {
    await task();
  }
}
