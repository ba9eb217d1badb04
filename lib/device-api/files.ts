import "server-only";
import { findOfferedFile } from "#lib/check/server/find-offered-file";
import { AppError } from "#lib/core/errors";
import type { DeviceCaller, DeviceContext } from "#lib/device-api/device-env";
import { fileResponse } from "#lib/device-api/file-response";
import { followDownload } from "#lib/device-api/follow-download";
import { fileStore } from "#lib/files/server/file-store";

/** Serves the files below a root; everything that no rule offers does not exist. */
export function filesBelow(
  root: string,
): (c: DeviceContext, caller: DeviceCaller) => Promise<Response> {
  return (c, caller) => {
    // Not the path that Hono hands out: that one is decoded already, and names may hold percent signs.
    const { pathname } = new URL(c.req.url);
    const offered = climbs(c.env.incoming?.url ?? "")
      ? null
      : findOfferedFile(pathname.slice(root.length + 1));
    if (offered === null) {
      throw new AppError("not_found", "No rule offers a file under this path.");
    }
    const header = (name: string): string | null => c.req.header(name) ?? null;
    const follow = followDownload(c, caller, offered);
    return fileResponse(fileStore(), offered, { method: c.req.method, header, follow });
  };
}

/** A URL is resolved before anybody sees it, and then a path that climbs looks like any other; no phone sends one. */
function climbs(target: string): boolean {
  return /(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\?]|%2f|%5c|$)/i.test(target);
}
