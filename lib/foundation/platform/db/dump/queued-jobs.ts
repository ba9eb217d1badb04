/**
 * The queue of graphile-worker as plain values. Its tables belong to the package and change with it, so jobs are read as
 * values and added again with its own function.
 */
export const QUEUED_JOBS_SQL = `
  select task.identifier, job.payload, queue.queue_name, job.run_at, job.max_attempts, job.key, job.priority
    from graphile_worker._private_jobs job
    join graphile_worker._private_tasks task on task.id = job.task_id
    left join graphile_worker._private_job_queues queue on queue.id = job.job_queue_id
   order by job.id`;

export const RESTORED_JOBS_TABLE_SQL = `
  create temporary table restored_job (
    identifier text, payload json, queue_name text, run_at timestamptz, max_attempts int, key text, priority int
  ) on commit drop`;

export const ADD_RESTORED_JOBS_SQL = `
  select graphile_worker.add_job(
    identifier, payload, queue_name => queue_name, run_at => run_at, max_attempts => max_attempts,
    job_key => key, priority => priority)
  from restored_job`;
