import { createTranslator } from "use-intl/core";
import { replaceControls } from "#programs/cli/output/fields";
import type { Finding } from "#programs/readiness/finding";
import type { ReadinessReport } from "#programs/readiness/model";
import readiness from "#messages/en/readiness" with { type: "json" };

/** Uses the panel's messages, so that both use the same wording. */
const t = createTranslator({ locale: "en", messages: { readiness }, namespace: "readiness" });

/** The report as text for a terminal. */
export function readinessText({ findings: general, pools, domains }: ReadinessReport): string {
  return [
    ...(general.length === 0 ? [] : section(t("service"), general)),
    ...pools.flatMap(({ fqdn, findings }) => section(t("pool", { pool: fqdn }), findings)),
    ...domains.flatMap(({ domain, findings, zone, dhcpOptions }) => [
      ...section(t("domain", { domain }), findings),
      `  ${t("zone")}:`,
      ...zone
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`),
      "",
      `  ${t("dhcp.title")}:`,
      ...dhcpOptions.flatMap(({ option, value, hex }) => [
        `    ${option.padStart(3)}  ${value === "" ? t("unknown") : value}`,
        ...(hex === null ? [] : [`         ${hex}`]),
      ]),
      "",
    ]),
    summary([{ findings: general }, ...pools, ...domains]),
    "",
  ]
    .map(replaceControls)
    .join("\n");
}

type Part = { readonly findings: readonly Finding[] };

export function hasProblem({ findings: general, pools, domains }: ReadinessReport): boolean {
  return [{ findings: general }, ...pools, ...domains].some(({ findings }) =>
    findings.some(({ severity }) => severity === "problem"),
  );
}

function summary(parts: readonly Part[]): string {
  const findings = parts.flatMap((part) => part.findings);
  return t("summary", {
    problems: findings.filter(({ severity }) => severity === "problem").length,
    warnings: findings.filter(({ severity }) => severity === "warning").length,
  });
}

function section(title: string, findings: readonly Finding[]): readonly string[] {
  const lines = findings.flatMap(({ code, severity, at, detail }) => [
    `  ${t(`severities.${severity}`)}: ${t(`findings.${code}.what`, { at, detail })}`,
    `    ${t(`findings.${code}.mend`)}`,
  ]);
  return [title, ...(lines.length === 0 ? [`  ${t("allWell")}.`] : lines), ""];
}
