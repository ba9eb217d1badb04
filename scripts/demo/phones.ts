import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { toHardware } from "#foundation/core/hardware";
import { hardwareSchema } from "#foundation/core/hardware-schema";
import type { CheckTrigger } from "#formats/protocol/check-request";
import { JSON_DIALECT } from "#programs/simulator/json-dialect";
import type { UpdateAnswer } from "#programs/simulator/model";
import { IMAGE_NAME, UPDATE_TYPE } from "./plan.ts";

const PHONES_AT_ONCE = 500;
/** A fleet of 100,000 phones asks a little more than once a second. The demonstration is faster, so that it is seen. */
const CHECKS_PER_SECOND = 10;
/** How long a pretended phone takes from the download to its first check with the new version. */
const INSTALL_MS = 20_000;

const phoneRow = z.object({
  ...hardwareSchema.shape,
  macAddress: z.string(),
  serialNumber: z.string(),
  userName: z.string().nullable(),
  version: z.string(),
  address: z.string(),
  poolFqdn: z.string(),
});
type Phone = z.output<typeof phoneRow>;

export type AskingOptions = {
  readonly databaseUrl: string;
  readonly serverUrl: string;
  readonly signal: AbortSignal;
  readonly checksPerSecond?: number;
  readonly installMs?: number;
};

/**
 * Lets phones of the inventory ask the server, download what they are offered and report the new version, until stopped.
 * Phones that are silent or in trouble stay so.
 */
export async function keepAsking(options: AskingOptions): Promise<void> {
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    while (await askSome(await choosePhones(client), options)) {
      // Goes on with other phones.
    }
  } finally {
    await client.end();
  }
}

/** Resolves to false once it was stopped. */
async function askSome(phones: readonly Phone[], options: AskingOptions): Promise<boolean> {
  const { signal, checksPerSecond = CHECKS_PER_SECOND } = options;
  const pause = () => delay(1000 / checksPerSecond, !signal.aborted, { signal }).catch(() => false);
  let goesOn = await pause();
  for (const phone of phones) {
    if (!goesOn) {
      return false;
    }
    void ask(phone, options).catch(() => undefined);
    goesOn = await pause();
  }
  return goesOn;
}

/** Phones inside the firewall that checked lately, from a random place on in the order of their ids. */
async function choosePhones(client: pg.Client): Promise<readonly Phone[]> {
  const { rows } = await client.query(
    `SELECT device.*, pool."fqdn" AS "poolFqdn"
     FROM "Device" device JOIN "Pool" pool ON pool."id" = device."poolId"
     WHERE device."id" >= gen_random_uuid() AND device."retiredAt" IS NULL AND device."side" = 'internal'
       AND device."lastSeenAt" > now() - interval '36 hours'
       AND device."lastSeenAt" > device."firstSeenAt" + interval '1 hour'
       AND NOT device."progress" @? '$.* ? (exists (@.startedAt) && !exists (@.runningAt))'
     ORDER BY device."id" LIMIT $1`,
    [PHONES_AT_ONCE],
  );
  return z.array(phoneRow).parse(rows);
}

async function ask(phone: Phone, options: AskingOptions): Promise<void> {
  const { serverUrl, signal, installMs = INSTALL_MS } = options;
  const answer = await check(phone, options, "timer");
  const [offered] = answer?.modules ?? [];
  if (offered === undefined) {
    return;
  }
  for (const { internalUrl } of offered.files) {
    // The pool's name exists in no DNS.
    const { pathname, search } = new URL(internalUrl);
    const file = await fetch(new URL(pathname + search, serverUrl), {
      headers: from(phone),
      signal,
    });
    await file.arrayBuffer();
  }
  await delay(installMs, undefined, { signal });
  await check({ ...phone, version: offered.version }, options, "boot");
}

async function check(
  phone: Phone,
  { serverUrl, signal }: AskingOptions,
  trigger: CheckTrigger,
): Promise<UpdateAnswer | null> {
  const { macAddress, serialNumber, version, userName: user, poolFqdn } = phone;
  const url = JSON_DIALECT.checkUrl("internal", new URL(serverUrl));
  url.searchParams.set("pool", poolFqdn);
  const module = { updateType: UPDATE_TYPE, fileName: IMAGE_NAME, version, sha256: null };
  const identity = { hardware: toHardware(phone), macAddress, serialNumber, user };
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": JSON_DIALECT.contentType, ...from(phone) },
    body: JSON_DIALECT.write(identity, { trigger, running: [module] }),
    signal,
  });
  return JSON_DIALECT.read(await response.text());
}

/** The server takes the address from the header, because this host is a trusted proxy (scripts/demo.mjs). */
function from({ address }: Phone): Readonly<Record<string, string>> {
  return { "x-forwarded-for": address };
}
