import "server-only";
import { renderMetrics } from "#phones/check/server/metrics";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { mergeMetrics } from "#programs/server/merge-metrics";
import type { Order } from "#programs/server/messages";
import { tell } from "#programs/server/tell";

type Waiting = {
  lastId: number;
  readonly byId: Map<number, (texts: readonly string[]) => void>;
};

/** The metrics of all processes of the server, in the text format of Prometheus, with a label `process`. */
export async function collectMetrics(): Promise<string> {
  const waiting = collections();
  const id = (waiting.lastId += 1);
  const texts = await new Promise<readonly string[]>((resolve) => {
    waiting.byId.set(id, resolve);
    tell({ kind: "collect", id });
  });
  return mergeMetrics(texts);
}

export function answerCollected({ id, texts }: Extract<Order, { kind: "collected" }>): void {
  const { byId } = collections();
  byId.get(id)?.(texts);
  byId.delete(id);
}

export async function answerMeasure(id: number): Promise<void> {
  const { text } = await renderMetrics();
  tell({ kind: "metrics", id, text });
}

function collections(): Waiting {
  return oncePerProcess("collections of metrics", () => ({ lastId: 0, byId: new Map() }));
}
