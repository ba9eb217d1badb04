import "server-only";
import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import type { NameLookup, ServiceLookup } from "#programs/readiness/model";
import { errorCode } from "#foundation/core/error-code";

const TIMEOUT_MS = 2_000;
const TRIES = 2;
/** Error codes for an answer without such a name or record. */
const ABSENT = new Set(["ENOTFOUND", "ENODATA"]);

export type Names = {
  readonly addressesOf: (name: string) => Promise<NameLookup>;
  readonly serviceOf: (name: string) => Promise<ServiceLookup>;
};

/** Queries a DNS server as a phone does, without hosts files and caches. */
export function openNames(dnsServer: string | null): Names {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (dnsServer !== null) {
    resolver.setServers([dnsServer]);
  }
  return {
    addressesOf: async (name) => {
      if (isIP(name) !== 0) {
        return { kind: "found", addresses: [name], alias: null };
      }
      const found = await findAddresses(resolver, name);
      // Only the machine resolves a name without a dot, such as localhost; phones cannot use it through another server.
      return found.kind === "missing" && dnsServer === null && !name.includes(".")
        ? findLocally(name)
        : found;
    },
    serviceOf: (name) => findService(resolver, name),
  };
}

async function findAddresses(resolver: Resolver, name: string): Promise<NameLookup> {
  const [v4, v6, alias] = await Promise.allSettled([
    resolver.resolve4(name),
    resolver.resolve6(name),
    resolver.resolveCname(name),
  ]);
  const addresses = [v4, v6].flatMap((result) =>
    // Sorted, because DNS servers rotate the order of their answers.
    result.status === "fulfilled" ? result.value.toSorted() : [],
  );
  if (addresses.length > 0) {
    const [target = null] = alias.status === "fulfilled" ? alias.value : [];
    return { kind: "found", addresses, alias: target };
  }
  const reasons = [v4, v6].flatMap((result) =>
    result.status === "rejected" ? [errorCode(result.reason) ?? "EUNKNOWN"] : [],
  );
  const failure = reasons.find((reason) => !ABSENT.has(reason));
  return failure === undefined ? { kind: "missing" } : { kind: "failed", reason: failure };
}

async function findLocally(name: string): Promise<NameLookup> {
  try {
    const found = await lookup(name, { all: true });
    return { kind: "found", addresses: found.map(({ address }) => address), alias: null };
  } catch {
    return { kind: "missing" };
  }
}

async function findService(resolver: Resolver, name: string): Promise<ServiceLookup> {
  try {
    const records = await resolver.resolveSrv(name);
    const [first] = records.toSorted((left, right) => left.priority - right.priority);
    return first === undefined
      ? { kind: "missing" }
      : { kind: "found", host: first.name, port: first.port };
  } catch (error) {
    const reason = errorCode(error) ?? "EUNKNOWN";
    return ABSENT.has(reason) ? { kind: "missing" } : { kind: "failed", reason };
  }
}
