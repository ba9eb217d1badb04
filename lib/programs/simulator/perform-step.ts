import { authorization } from "#programs/simulator/http";
import { check } from "#programs/simulator/check";
import type { CheckOutcome, FailedCheck } from "#programs/simulator/check";
import type { PhoneClock } from "#programs/simulator/clock";
import { downloadFile } from "#programs/simulator/download";
import type {
  DownloadOutcome,
  InterruptedDownload,
  RejectedDownload,
} from "#programs/simulator/download";
import { findService } from "#programs/simulator/find-service";
import type { OnPhoneEvent } from "#programs/simulator/events";
import type { FileToFetch, Offer, PhoneState } from "#programs/simulator/model";
import type { PhoneOptions } from "#programs/simulator/options";
import { versionsOf } from "#programs/simulator/phone";
import { resolveUrl } from "#programs/simulator/resolve-server";
import type { CheckTrigger } from "#formats/protocol/check-request";

/** What a step needs: options, clock and callbacks. */
export type PhoneWorld = {
  readonly options: PhoneOptions;
  readonly clock: PhoneClock;
  readonly signal: AbortSignal;
  readonly onEvent: OnPhoneEvent;
};

export function imagesDirectory({ stateFile }: PhoneOptions): string {
  return `${stateFile}.images`;
}

/** Looks up the service for each check, as a phone does: the address may have changed. */
export async function performCheck(
  { options, clock, signal, onEvent }: PhoneWorld,
  state: PhoneState,
  trigger: CheckTrigger,
): Promise<CheckOutcome> {
  const server = await findService(options, signal);
  if (server.kind === "failed") {
    return server;
  }
  onEvent({ kind: "found", url: server.url.href, address: server.connectTo });
  onEvent({ kind: "checking", trigger, version: versionsOf(state.active) });
  const { url: serverUrl, connectTo } = server;
  const running = state.active;
  return check(options, { trigger, running, serverUrl, connectTo, now: clock.now(), signal });
}

type OfferOutcome = { readonly kind: "complete" } | InterruptedDownload | RejectedDownload;

/** Downloads the files of an offer in order and stops at the first failure. */
export async function performDownload(world: PhoneWorld, offer: Offer): Promise<OfferOutcome> {
  for (const file of offer.modules.flatMap(({ files }) => files)) {
    const outcome = await downloadOne(world, file);
    if (outcome.kind !== "complete") {
      return outcome;
    }
    const { fileName, sha256 } = file;
    const { resumedAtBytes } = outcome;
    world.onEvent({ kind: "downloaded", fileName, sha256, resumedAtBytes });
  }
  return { kind: "complete" };
}

async function downloadOne(world: PhoneWorld, file: FileToFetch): Promise<DownloadOutcome> {
  const { options, clock, signal, onEvent } = world;
  const source = await findSource(world, file);
  if (source.kind === "failed") {
    const { message } = source;
    return { kind: "interrupted", receivedBytes: 0, message, retryAfterSeconds: null };
  }
  return downloadFile({
    file,
    url: source.url,
    headers: source.headers,
    directory: imagesDirectory(options),
    connectTo: source.connectTo,
    trustedAuthorities: options.trustedAuthorities,
    now: clock.now(),
    signal,
    onProgress: (receivedBytes) => {
      const { fileName, size } = file;
      onEvent({ kind: "receiving", fileName, receivedBytes, sizeBytes: size });
    },
  });
}

type Source =
  | {
      readonly kind: "found";
      readonly url: URL;
      readonly connectTo: string | null;
      readonly headers: Readonly<Record<string, string>>;
    }
  | FailedCheck;

async function findSource({ options, signal }: PhoneWorld, file: FileToFetch): Promise<Source> {
  const offered = new URL(options.side === "internal" ? file.internalUrl : file.externalUrl);
  const server = await findService(options, signal);
  if (server.kind === "failed") {
    return server;
  }
  const isRebased = options.filesFrom === "check_server";
  const url = isRebased ? new URL(offered.pathname + offered.search, server.url) : offered;
  const isSameServer = url.host === server.url.host;
  // The password is sent only to the same server or over HTTPS, never unencrypted to another server.
  const isSafe = isSameServer || url.protocol === "https:";
  return {
    kind: "found",
    url,
    connectTo: isSameServer ? server.connectTo : await lookUp(url, options),
    headers: isSafe ? authorization(options) : {},
  };
}

/** Null uses the lookup of the machine, also when the phone's own lookup finds nothing. */
async function lookUp(url: URL, { server }: PhoneOptions): Promise<string | null> {
  const found = await resolveUrl(url, server);
  return found.kind === "found" ? found.connectTo : null;
}
