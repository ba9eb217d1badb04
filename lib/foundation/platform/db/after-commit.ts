import "server-only";

type Task = () => Promise<void>;

const TASKS_OF_TRANSACTION = new WeakMap<object, Task[]>();

/**
 * Runs a task once the transaction has committed, before `inTransaction` returns; not if it is rolled back. The task
 * handles its own errors: the change is committed already. Equal tasks run once.
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
