import "server-only";
import type { OfferedFile } from "#lib/check/rule-table";
import { noteDownload } from "#lib/check/server/download-recorder";
import type { DeviceCaller, DeviceContext } from "#lib/device-api/device-env";
import type { DownloadStage } from "#lib/devices/progress";
import type { ByteRange } from "#lib/files/model";

/** Hands on the body of an answer, and sees how far it gets. */
export type FollowDownload = (
  body: ReadableStream<Uint8Array>,
  range: ByteRange,
) => ReadableStream<Uint8Array>;

/**
 * Notes that a phone begins to load an image, and that its last byte was sent. Parts count like the whole: whoever is
 * sent the last byte has asked for all that came before. Signatures and descriptions say nothing, and are not noted.
 */
export function followDownload(
  c: DeviceContext,
  caller: DeviceCaller,
  { file, hardwareKey }: OfferedFile,
): FollowDownload {
  const note = (stage: DownloadStage): void => {
    const { address, side, accountName, boundMacAddress: macAddress } = caller;
    const at = new Date();
    const { sha256 } = file;
    noteDownload({ at, stage, address, side, accountName, macAddress, sha256, hardwareKey });
  };
  const noteEnd = (): void => {
    note("finished");
  };
  return (body, { end }) => {
    if (file.role !== "image") {
      return body;
    }
    note("started");
    if (end < file.sizeBytes - 1) {
      return body;
    }
    const { outgoing } = c.env;
    if (outgoing === undefined) {
      // Under Next there is no response of Node's to ask; there, what was taken counts as sent.
      return body.pipeThrough(new TransformStream({ flush: noteEnd }));
    }
    // Comes once everything was handed to the network, and not at all where the connection broke before.
    outgoing.once("finish", noteEnd);
    return body;
  };
}
