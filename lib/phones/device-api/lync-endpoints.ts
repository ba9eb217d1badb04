import "server-only";
import type { Endpoint } from "#phones/device-api/endpoint";
import { filesBelow } from "#phones/device-api/files";
import { lyncHandler } from "#phones/device-api/lync-handler";
import { lyncFilesRoots, lyncHandlerPath } from "#phones/device-api/lync-paths";
import { refusalRecorder } from "#phones/device-api/record-refusal";
import type { Side } from "#fleet/devices/model";

/** The endpoints of Lync Phone Edition: the request handler, and the images under both URL families. */
export function lyncEndpoints(side: Side): readonly Endpoint[] {
  return [
    {
      path: lyncHandlerPath(side),
      side,
      dialect: "lync",
      handlers: { POST: lyncHandler },
      onRefused: refusalRecorder({ dialect: "lync" }),
    },
    ...lyncFilesRoots(side).map((root): Endpoint => {
      const sendFile = filesBelow(root);
      return {
        path: `${root}/*`,
        side,
        dialect: "lync",
        handlers: { GET: sendFile, HEAD: sendFile },
      };
    }),
  ];
}
