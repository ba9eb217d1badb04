import type { Browser, CDPSession } from "playwright";

/** As Lighthouse throttles for a desktop. */
const NETWORK = {
  offline: false,
  latency: 40,
  downloadThroughput: (10 * 1024 * 1024) / 8,
  uploadThroughput: (10 * 1024 * 1024) / 8,
};

/** A page as a browser without cache loads it. Bytes are those of the compressed bodies. */
export type Loaded = {
  readonly scriptBytes: number;
  readonly fontBytes: number;
  readonly requests: number;
  /** From the start of the navigation to the frame that shows the heading, which comes with the list. Throttled. */
  readonly visibleMs: number;
  /** The same for the first row of a list; null for a page without one. Throttled. */
  readonly firstRowMs: number | null;
};

type Target = {
  readonly url: string;
  readonly cookie: string;
  /** How many times as long a computation takes. */
  readonly processorSlowdown: number;
};

/** Loads a page in a new context, so that nothing is cached, until the network is idle. */
export async function loadPage(
  browser: Browser,
  { url, cookie, processorSlowdown }: Target,
): Promise<Loaded> {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const { hostname } = new URL(url);
    await context.addCookies(
      cookie
        .split("; ")
        .filter((pair) => pair !== "")
        .map((pair) => {
          const [name = "", ...value] = pair.split("=");
          return { name, value: value.join("="), domain: hostname, path: "/" };
        }),
    );
    const page = await context.newPage();
    await page.addInitScript(recordFirstFrames);
    const session = await context.newCDPSession(page);
    const transferred = await recordTransfers(session);
    await session.send("Network.emulateNetworkConditions", NETWORK);
    await session.send("Emulation.setCPUThrottlingRate", { rate: processorSlowdown });
    await page.goto(url, { waitUntil: "networkidle" });
    await page.waitForFunction(() => Reflect.has(window, "firstHeadingAt"));
    const [visibleMs, rowMs] = await page.evaluate(() =>
      ["firstHeadingAt", "firstRowAt"].map((name) => Number(Reflect.get(window, name))),
    );
    return {
      scriptBytes: transferred.bytesOf("Script"),
      fontBytes: transferred.bytesOf("Font"),
      requests: transferred.requests(),
      visibleMs: visibleMs ?? Number.NaN,
      firstRowMs: rowMs === undefined || Number.isNaN(rowMs) ? null : rowMs,
    };
  } finally {
    await context.close();
  }
}

/**
 * Runs in the page: stores when a frame first shows the heading of the content, which the skeleton does not have, and the
 * first row of its list.
 */
function recordFirstFrames(): void {
  const missing = new Map([
    ["firstHeadingAt", "main h1"],
    ["firstRowAt", "main:has(h1) tbody [role=row]"],
  ]);
  function look(): void {
    for (const [name, selector] of missing) {
      if ((document.querySelector(selector)?.getClientRects().length ?? 0) > 0) {
        Reflect.set(window, name, performance.now());
        missing.delete(name);
      }
    }
    if (missing.size > 0) {
      requestAnimationFrame(look);
    }
  }
  requestAnimationFrame(look);
}

type Transfers = {
  readonly bytesOf: (type: string) => number;
  readonly requests: () => number;
};

async function recordTransfers(session: CDPSession): Promise<Transfers> {
  const types = new Map<string, string>();
  const heads = new Map<string, number>();
  const bytes = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    types.set(requestId, type);
    heads.set(requestId, response.encodedDataLength);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    bytes.set(requestId, encodedDataLength - (heads.get(requestId) ?? 0)),
  );
  await session.send("Network.enable");
  return {
    bytesOf: (type) =>
      [...bytes]
        .filter(([requestId]) => types.get(requestId) === type)
        .reduce((sum, [, size]) => sum + size, 0),
    requests: () => types.size,
  };
}
