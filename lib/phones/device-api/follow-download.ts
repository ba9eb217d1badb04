import "server-only";
import type { OfferedFile } from "#phones/check/rule-table";
import { noteDownload } from "#phones/check-log/server/download-recorder";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import type { DownloadStage } from "#fleet/devices/progress";
import type { ByteRange } from "#firmware/files/model";

type Download = {
  readonly c: DeviceContext;
  readonly caller: DeviceCaller;
  readonly offered: OfferedFile;
};

/**
 * Hands on the content of an answer, and notes that a phone begins to load an image, and that its last byte was sent.
 * Parts count like the whole: whoever is sent the last byte has asked for all that came before. Signatures and
 * descriptions say nothing, and are not noted.
 */
export function followDownload(
  { c, caller, offered: { file, hardwareKey } }: Download,
  content: AsyncIterable<Uint8Array>,
  { end }: ByteRange,
): AsyncIterable<Uint8Array> {
  const note = (stage: DownloadStage): void => {
    const { address, side, accountName, boundMacAddress: macAddress } = caller;
    const at = new Date();
    const { sha256 } = file;
    noteDownload({ at, stage, address, side, accountName, macAddress, sha256, hardwareKey });
  };
  const noteEnd = (): void => {
    note("finished");
  };
  if (file.role !== "image") {
    return content;
  }
  note("started");
  if (end < file.sizeBytes - 1) {
    return content;
  }
  const { outgoing } = c.env;
  if (outgoing === undefined) {
    return followed(content, noteEnd);
  }
  // Comes once everything was handed to the network, and not at all where the connection broke before.
  outgoing.once("finish", noteEnd);
  return content;
}

/** Under Next there is no response of Node's to ask; there, what was taken counts as sent. */
async function* followed(
  content: AsyncIterable<Uint8Array>,
  onEnd: () => void,
): AsyncGenerator<Uint8Array> {
  yield* content;
  onEnd();
}
