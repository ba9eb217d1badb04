import { createHash } from "node:crypto";
import type { Hardware } from "#foundation/core/hardware";
import { aContext } from "#foundation/core/testing/contexts";
import { inTransaction } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { createPool } from "#fleet/pools/server/create-pool";
import type { ImportOutcome, ImportedUpdate } from "#firmware/rules/imported-update";
import type { RuleAction } from "#firmware/rules/model";
import type { ReviewReport } from "#firmware/rules/review";
import type { ReviewInput } from "#firmware/rules/schema";
import { reviewInput } from "#firmware/rules/schema";
import { importReleases } from "#firmware/rules/server/import-releases";
import { reviewRules } from "#firmware/rules/server/review-rules";

export const CX600: Hardware = {
  deviceType: "UCPhone",
  brand: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
};

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** An update whose content is derived from its fields, so that the same update has the same content. */
export function anUpdate(fields: Partial<ImportedUpdate> = {}): ImportedUpdate {
  const hardware = fields.hardware ?? CX600;
  const version = fields.version ?? "4.0.7577.4387";
  const content = `${hardware.brand} ${hardware.model} ${version}`;
  return {
    hardware,
    updateType: "CPE",
    version,
    files: [
      { role: "image", fileName: "CPE.nbt", sizeBytes: 1000, sha256: sha256(content) },
      { role: "signature", fileName: "CPE.cat", sizeBytes: 10, sha256: sha256(`${content} cat`) },
    ],
    describedBy: "updateInfo",
    catalogVerdict: "no_catalog",
    catalogSigner: null,
    ...fields,
  };
}

export function aPool(fqdn = "pool01.contoso.com", siteName = "Default"): Promise<Pool> {
  return createPool(aContext(), {
    fqdn,
    siteName,
    internalBaseUrl: `http://${fqdn}`,
    externalBaseUrl: `https://web.${fqdn}`,
    sipDomains: [],
    isDefault: false,
  });
}

/** Imports updates into pools as a package with that name. */
export function importInto(
  pools: readonly Pool[],
  updates: readonly ImportedUpdate[],
  fileName = "UCUpdates.cab",
): Promise<readonly ImportOutcome[]> {
  return inTransaction((tx) =>
    importReleases(tx, aContext(), {
      package: { sha256: sha256(fileName), fileName, sizeBytes: 5000, notes: "" },
      updates,
      pools,
    }),
  );
}

/** A rule with a pending version and no approved version. */
export async function aPendingRule(pool: Pool, version = "4.0.7577.4387"): Promise<string> {
  const [outcome] = await importInto([pool], [anUpdate({ version })], `${version}.cab`);
  if (typeof outcome?.ruleId !== "string") {
    throw new Error("the import made no rule");
  }
  return outcome.ruleId;
}

/** A rule whose versions were imported and approved one after the other. */
export async function anApprovedRule(
  pool: Pool,
  ...versions: readonly [string, ...string[]]
): Promise<string> {
  let ruleId = "";
  for (const version of versions) {
    ruleId = await aPendingRule(pool, version);
    await act("approve", ruleId);
  }
  return ruleId;
}

/** An action on one rule by an administrator, for any generation of the rule. */
export function act(
  action: RuleAction,
  ruleId: string,
  fields: Partial<ReviewInput> = {},
): Promise<ReviewReport> {
  return reviewRules(aContext(), reviewInput.parse({ action, rules: [{ ruleId }], ...fields }));
}
