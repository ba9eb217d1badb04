import "server-only";
import process from "node:process";
import type { Child } from "#programs/server/child";
import type { Report } from "#programs/server/messages";

export type Measuring = {
  /** Asks every process for its metrics, and sends those that arrive in time to the one that wants them. */
  readonly collect: (forChild: Child, id: number) => Promise<void>;
  readonly take: (report: Extract<Report, { kind: "metrics" }>) => void;
};

/** A process that does not answer in time is missing from the metrics. */
const WITHIN_MS = 1_000;

/** The metrics of a changing list of processes. */
export function measuring(children: readonly Child[]): Measuring {
  const waiting = new Map<number, (text: string) => void>();
  let lastId = 0;
  const measure = (child: Child): Promise<string | null> =>
    new Promise((resolve) => {
      const id = (lastId += 1);
      const end = (text: string | null): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(text);
      };
      const timer = setTimeout(() => {
        end(null);
      }, WITHIN_MS);
      waiting.set(id, end);
      child.send({ kind: "measure", id });
    });
  return {
    collect: async (forChild, id) => {
      const ready = children.filter((child) => child.isReady());
      const texts = await Promise.all(ready.map(measure));
      forChild.send({
        kind: "collected",
        id,
        texts: [supervisorMetrics(children), ...texts.filter((text) => text !== null)],
      });
    },
    take: ({ id, text }) => waiting.get(id)?.(text),
  };
}

/** The supervisor's own metrics. Written out, because the library for metrics would double its memory. */
export function supervisorMetrics(children: readonly Child[]): string {
  return [
    "# HELP ucupdates_process_up Whether a process of the server is ready",
    "# TYPE ucupdates_process_up gauge",
    ...children.map(
      (child) => `ucupdates_process_up{process="${child.name}"} ${child.isReady() ? 1 : 0}`,
    ),
    "# HELP ucupdates_process_restarts_total How often a process of the server was started again",
    "# TYPE ucupdates_process_restarts_total counter",
    ...children.map(
      (child) => `ucupdates_process_restarts_total{process="${child.name}"} ${child.restarts()}`,
    ),
    "# HELP process_resident_memory_bytes Resident memory size in bytes.",
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes{process="supervisor"} ${process.memoryUsage.rss()}`,
  ].join("\n");
}
