import type { UseCaseContext } from "#foundation/core/use-case-context";
import { runImport } from "#firmware/imports/server/run-import";
import { startImport } from "#firmware/imports/server/start-import";
import { reviewInput } from "#firmware/rules/schema";
import type { Rule } from "#firmware/rules/model";
import { listAllRules } from "#firmware/rules/server/list-all-rules";
import { reviewRules } from "#firmware/rules/server/review-rules";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { createPool } from "#fleet/pools/server/create-pool";
import { setNetworksInput } from "#fleet/sites/schema";
import { setNetworks } from "#fleet/sites/server/set-networks";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";
import { db } from "#foundation/platform/db/client";
import { networkOf } from "./addresses.ts";
import { aPackage } from "./a-package.ts";
import { contextAt } from "./context-at.ts";
import type { FamilyName, SiteName } from "./plan.ts";
import { FAMILIES, KINDS, POOLS } from "./plan.ts";
import type { PlannedPhone } from "./plan-fleet.ts";
import type { Decision } from "./schedule.ts";

type ImportDecision = Extract<Decision, { kind: "import" }>;
type ReviewDecision = Extract<Decision, { kind: "approve" | "reset" | "restore" }>;

const PHONES_PER_RETIREMENT = 1_000;

/** Creates the pools and their sites, each with its network. */
export async function createPools(atMs: number): Promise<void> {
  for (const [index, { fqdn, siteName }] of POOLS.entries()) {
    await createPool(contextAt(atMs), {
      fqdn,
      siteName,
      internalBaseUrl: `http://${fqdn}`,
      externalBaseUrl: `https://${fqdn}`,
      sipDomains: [`${siteName.toLowerCase()}.contoso.example`],
      isDefault: index === 0,
    });
  }
  const networks = POOLS.map((pool) => ({ network: networkOf(pool), siteName: pool.siteName }));
  await setNetworks(contextAt(atMs), setNetworksInput.parse({ networks }));
}

/** Carries out a decision with the use cases that the panel calls too. */
export async function decide(
  decision: Decision,
  { atMs, fleet }: { readonly atMs: number; readonly fleet: readonly PlannedPhone[] },
): Promise<void> {
  switch (decision.kind) {
    case "import":
      for (const family of decision.families) {
        await importPackage(atMs, family, decision);
      }
      return;
    case "approve":
    case "reset":
    case "restore":
      await review(contextAt(atMs), decision);
      return;
    case "add_test_phones":
      await addTestPhones(contextAt(atMs), fleet);
      return;
    case "retire":
      await retire(contextAt(atMs), fleet);
  }
}

async function importPackage(
  atMs: number,
  family: FamilyName,
  { version: name, sites }: ImportDecision,
): Promise<void> {
  const { packageName, versions } = FAMILIES[family];
  const version = versions[name];
  const kinds = KINDS.filter((kind) => kind.family === family);
  const content = aPackage(kinds, version);
  const { id } = await startImport(contextAt(atMs), {
    fileName: `${packageName}-${version}.cab`,
    pools: { fqdns: fqdnsOf(sites) },
    notes: "",
    mismatchReason: null,
    details: [],
    leftOut: [],
    body: oneChunk(content),
    announcedBytes: content.length,
  });
  const { signal } = new AbortController();
  await runImport({ importId: id, signal, now: () => new Date(atMs) });
}

async function* oneChunk(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(content);
}

async function review(context: UseCaseContext, decision: ReviewDecision): Promise<void> {
  const rules = (await listAllRules(context)).filter((rule) => isMeant(rule, decision));
  const { failed } = await reviewRules(
    context,
    reviewInput.parse({
      action: decision.kind,
      rules: rules.map(({ id, generation }) => ({ ruleId: id, generation })),
      reason: decision.reason,
    }),
  );
  if (failed.length > 0) {
    throw new Error(`${failed.length} updates could not be reviewed: ${JSON.stringify(failed[0])}`);
  }
}

/** A version that was rolled back elsewhere is not approved. */
function isMeant({ poolFqdn, hardware, pending }: Rule, decision: ReviewDecision): boolean {
  const { families, sites, model } = decision;
  const kind = KINDS.find((known) => known.hardware.model === hardware.model);
  return (
    kind !== undefined &&
    (decision.kind !== "approve" || pending?.rejection === undefined) &&
    families.includes(kind.family) &&
    fqdnsOf(sites).includes(poolFqdn) &&
    (model === undefined || model === hardware.model)
  );
}

function fqdnsOf(sites: readonly SiteName[]): string[] {
  return POOLS.filter(({ siteName }) => sites.includes(siteName)).map(({ fqdn }) => fqdn);
}

async function addTestPhones(
  context: UseCaseContext,
  fleet: readonly PlannedPhone[],
): Promise<void> {
  for (const phone of fleet.filter(({ isTestPhone }) => isTestPhone)) {
    const input = {
      siteName: phone.pool.siteName,
      name: `Test desk ${phone.number}`,
      identifierType: "MACAddress",
      identifier: phone.macAddress,
    };
    await createTestDevice(context, createTestDeviceInput.parse(input));
  }
}

async function retire(context: UseCaseContext, fleet: readonly PlannedPhone[]): Promise<void> {
  const macAddresses = fleet
    .filter(({ life }) => life === "retired")
    .map(({ macAddress }) => macAddress);
  const rows = await db.device.findMany({
    where: { macAddress: { in: macAddresses } },
    select: { id: true },
  });
  for (let first = 0; first < rows.length; first += PHONES_PER_RETIREMENT) {
    const deviceIds = rows.slice(first, first + PHONES_PER_RETIREMENT).map(({ id }) => id);
    await retirePhones(context, { deviceIds, reason: "the second floor has moved out" });
  }
}
