import { expect, test } from "vitest";
import { mergeMetrics } from "#programs/server/merge-metrics";

test("writes the samples of a metric in one group, with its help and type once", () => {
  const text = (name: string): string =>
    [
      "# HELP checks_total Checks",
      "# TYPE checks_total counter",
      `checks_total{process="${name}"} 1`,
      "",
      "# HELP lag_seconds Lag",
      "# TYPE lag_seconds gauge",
      `lag_seconds{process="${name}"} 2`,
      "",
    ].join("\n");

  expect(mergeMetrics([text("phones-1"), text("phones-2")])).toBe(
    [
      "# HELP checks_total Checks",
      "# TYPE checks_total counter",
      'checks_total{process="phones-1"} 1',
      'checks_total{process="phones-2"} 1',
      "",
      "# HELP lag_seconds Lag",
      "# TYPE lag_seconds gauge",
      'lag_seconds{process="phones-1"} 2',
      'lag_seconds{process="phones-2"} 2',
      "",
    ].join("\n"),
  );
});
