import "server-only";
import { Counter, Gauge, Registry, collectDefaultMetrics } from "prom-client";
import { recorderState } from "#phones/check-log/server/recorder";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { CHECK_OUTCOMES } from "#fleet/devices/model";
import { lastArrivals } from "#fleet/devices/server/arrival-watch";
import { CONTENT_PROBLEMS } from "#firmware/files/model";
import { processName } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import type { Validity } from "#foundation/platform/tls/expiry";
import { renewalDue } from "#foundation/platform/tls/expiry";
import { certificateValidities } from "#foundation/platform/tls/open-certificates";

/** Renders all metrics of this process in the text format of Prometheus. */
export async function renderMetrics(): Promise<{
  readonly text: string;
  readonly contentType: string;
}> {
  const registry = oncePerProcess("metrics", createRegistry);
  return { text: await registry.metrics(), contentType: registry.contentType };
}

/** Values are read when the metrics are requested: counting during a check would cost more than the check itself. */
function createRegistry(): Registry {
  const registry = new Registry();
  const { name } = processName();
  if (name !== null) {
    registry.setDefaultLabels({ process: name });
  }
  collectDefaultMetrics({ register: registry });
  addCheckMetrics(registry);
  addArrivalMetrics(registry);
  addRuleTableMetrics(registry);
  addContentMetrics(registry);
  addCertificateMetrics(registry);
  return registry;
}

function addCheckMetrics(registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: "ucupdates_checks_total",
    help: "Checks answered or refused, by outcome",
    labelNames: ["outcome"],
    registers,
    collect() {
      this.reset();
      for (const outcome of CHECK_OUTCOMES) {
        this.inc({ outcome }, recorderState().outcomes[outcome]);
      }
    },
  });
  new Gauge({
    name: "ucupdates_check_records_waiting",
    help: "Checks that were answered and are not yet written to the database",
    registers,
    collect() {
      this.set(recorderState().writer?.counts().waiting ?? 0);
    },
  });
  new Counter({
    name: "ucupdates_check_records_dropped_total",
    help: "Checks that were answered but could not be written to the database",
    registers,
    collect() {
      this.reset();
      this.inc(recorderState().writer?.counts().dropped ?? 0);
    },
  });
}

function addArrivalMetrics(registry: Registry): void {
  new Gauge({
    name: "ucupdates_arrivals_last_hour",
    help: "New phones of the last hour, by whether they were added to the inventory, and refused checks that were not recorded",
    labelNames: ["kind"],
    registers: [registry],
    collect() {
      const arrivals = lastArrivals();
      // Only one process of a server counts them.
      if (arrivals !== null) {
        this.set({ kind: "phone_added" }, arrivals.added);
        this.set({ kind: "phone_left_out" }, arrivals.leftOut);
        this.set({ kind: "refusal_left_out" }, arrivals.refusals);
      }
    },
  });
}

function addRuleTableMetrics(registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: "ucupdates_rule_table_loads_total",
    help: "How often the rules were loaded from the database",
    registers,
    collect() {
      this.reset();
      this.inc(ruleTableState().loads);
    },
  });
  new Gauge({
    name: "ucupdates_rule_table_confirmed_timestamp_seconds",
    help: "When the rules in memory were last confirmed to match the database",
    registers,
    collect() {
      const { confirmedAt } = ruleTableState();
      // A process that does not load the rules has no sample: zero would be an age of decades.
      if (confirmedAt === null) {
        this.remove();
      } else {
        this.set(confirmedAt.getTime() / 1000);
      }
    },
  });
}

function addContentMetrics(registry: Registry): void {
  new Gauge({
    name: "ucupdates_faulty_files",
    help: "Files that rules hold but that cannot be served, by problem",
    labelNames: ["problem"],
    registers: [registry],
    collect() {
      const problems = [...(ruleTableState().table?.faults.values() ?? [])];
      for (const problem of CONTENT_PROBLEMS) {
        this.set({ problem }, problems.filter((fault) => fault.problem === problem).length);
      }
    },
  });
}

function addCertificateMetrics(registry: Registry): void {
  addCertificateMetric(registry, {
    name: "ucupdates_tls_certificate_expiry_timestamp_seconds",
    help: "Expiry of the certificate in use, by the side that presents it",
    timeOf: ({ validTo }) => validTo,
  });
  addCertificateMetric(registry, {
    name: "ucupdates_tls_certificate_renewal_due_timestamp_seconds",
    help: "When the renewal of the certificate in use is overdue, by the side that presents it",
    timeOf: renewalDue,
  });
}

type CertificateMetric = {
  readonly name: string;
  readonly help: string;
  readonly timeOf: (validity: Validity) => Date;
};

function addCertificateMetric(registry: Registry, { name, help, timeOf }: CertificateMetric): void {
  new Gauge({
    name,
    help,
    labelNames: ["side"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [side, validity] of certificateValidities()) {
        this.set({ side }, timeOf(validity).getTime() / 1000);
      }
    },
  });
}
