import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { setNetworksInput } from "#fleet/sites/schema";
import { createSite } from "#fleet/sites/server/create-site";
import { listSites } from "#fleet/sites/server/list-sites";
import { previewNetworks } from "#fleet/sites/server/preview-networks";
import { removeNetworks } from "#fleet/sites/server/remove-networks";
import { removeSite } from "#fleet/sites/server/remove-site";
import { renameSite } from "#fleet/sites/server/rename-site";
import { setNetworks } from "#fleet/sites/server/set-networks";

beforeEach(async () => {
  await emptyTables();
});

const admin = aContext();

function put(...networks: readonly (readonly [network: string, siteName: string])[]) {
  const entries = networks.map(([network, siteName]) => ({ network, siteName }));
  return setNetworks(admin, setNetworksInput.parse({ networks: entries }));
}

async function networksBySite() {
  const sites = await listSites(admin);
  return Object.fromEntries(
    sites.map(({ name, networks }) => [name, networks.map(({ network }) => network)]),
  );
}

test("networks are added to sites, moved between them and removed, and each change is audited", async () => {
  await createSite(admin, { name: "Berlin" });
  expect(await put(["10.4.0.0/16", "berlin"], ["10.5.0.0/16", "Paris"])).toEqual({
    added: 2,
    moved: 0,
    unchanged: 0,
  });
  expect(await put(["10.4.0.0/16", "Paris"], ["10.5.0.0/16", "Paris"])).toEqual({
    added: 0,
    moved: 1,
    unchanged: 1,
  });
  await put(["2001:db8:4::/48", "Berlin"], ["10.9.9.9/32", "Berlin"]);
  expect(await removeNetworks(admin, { networks: ["10.5.0.0/16"] })).toBe(1);
  await expect(removeNetworks(admin, { networks: ["10.5.0.0/16"] })).rejects.toMatchObject({
    code: "not_found",
  });

  expect(await networksBySite()).toEqual({
    Berlin: ["10.9.9.9/32", "2001:db8:4::/48"],
    Paris: ["10.4.0.0/16"],
  });
  const entries = await db.auditEntry.findMany({ orderBy: { id: "asc" } });
  expect(entries.map(({ action, subjectName, facts }) => [action, subjectName, facts])).toEqual([
    ["site.created", "Berlin", {}],
    ["site.created", "Paris", {}],
    ["site.changed", "Berlin", { addedNetworks: ["10.4.0.0/16"], movedNetworks: [] }],
    ["site.changed", "Paris", { addedNetworks: ["10.5.0.0/16"], movedNetworks: [] }],
    ["site.changed", "Paris", { addedNetworks: [], movedNetworks: ["10.4.0.0/16"] }],
    [
      "site.changed",
      "Berlin",
      { addedNetworks: ["2001:db8:4::/48", "10.9.9.9/32"], movedNetworks: [] },
    ],
    ["site.changed", "Paris", { removedNetworks: ["10.5.0.0/16"] }],
  ]);
});

test("a network with bits set beyond its prefix, and one that is listed twice, are refused", () => {
  const read = (...networks: readonly string[]) =>
    setNetworksInput.safeParse({
      networks: networks.map((network) => ({ network, siteName: "Berlin" })),
    }).error?.issues[0]?.message;

  expect(read("10.4.7.9/16")).toBe(
    "10.4.7.9/16 has bits set beyond its prefix; the network is 10.4.0.0/16.",
  );
  expect(read("10.4.0.0/16", "10.4.0.0/16")).toBe("The same network is in the list twice.");
});

test("the preview says what a list would change, and the network around each", async () => {
  await put(["10.0.0.0/8", "Europe"], ["10.4.0.0/16", "Paris"]);

  const preview = await previewNetworks(admin, {
    text: "10.4.0.0/16;Berlin\n10.4.7.0/24;Rome\n10.0.0.0/8;europe\n10.4.7.9/24;Rome",
    defaultSite: null,
  });

  expect(preview).toEqual({
    networks: [
      {
        network: "10.4.0.0/16",
        siteName: "Berlin",
        change: "moved",
        fromSite: "Paris",
        within: { network: "10.0.0.0/8", siteName: "Europe" },
        phones: 0,
      },
      {
        network: "10.4.7.0/24",
        siteName: "Rome",
        change: "added",
        fromSite: null,
        within: { network: "10.4.0.0/16", siteName: "Berlin" },
        phones: 0,
      },
      {
        network: "10.0.0.0/8",
        siteName: "Europe",
        change: "unchanged",
        fromSite: "Europe",
        within: null,
        phones: 0,
      },
    ],
    refused: [{ line: 4, text: "10.4.7.9/24;Rome", problem: "host_bits", meant: "10.4.7.0/24" }],
    newSites: ["Berlin", "Rome"],
  });
  expect(await networksBySite()).toEqual({ Europe: ["10.0.0.0/8"], Paris: ["10.4.0.0/16"] });
});

test("a site keeps its networks when it is renamed, and loses them when it is removed", async () => {
  await put(["10.4.0.0/16", "Berlin"], ["10.5.0.0/16", "Paris"]);
  const [berlin] = await listSites(admin);
  const siteId = berlin?.id ?? "";

  await renameSite(admin, { siteId, name: "Potsdam" });
  await expect(renameSite(admin, { siteId, name: "paris" })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await networksBySite()).toEqual({ Paris: ["10.5.0.0/16"], Potsdam: ["10.4.0.0/16"] });

  await removeSite(admin, { siteId });
  expect(await networksBySite()).toEqual({ Paris: ["10.5.0.0/16"] });
});

test("only administrators change sites", async () => {
  const viewer = aContext({ role: "viewer" });

  await expect(createSite(viewer, { name: "Berlin" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(
    setNetworks(viewer, { networks: [{ network: "10.4.0.0/16", siteName: "Berlin" }] }),
  ).rejects.toMatchObject({ code: "forbidden" });
});
