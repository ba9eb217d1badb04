import "server-only";
import type { OfferedFile } from "#phones/check/rule-table";
import { recordDownload } from "#phones/check-log/server/download-recorder";
import type { DeviceCaller, DeviceContext } from "#phones/device-api/device-env";
import type { DownloadStage } from "#fleet/devices/progress";
import type { ByteRange } from "#firmware/files/model";

type Download = {
  readonly c: DeviceContext;
  readonly caller: DeviceCaller;
  readonly offered: OfferedFile;
};

/**
 * Passes on the content of a response, and records when the download of an image starts and when its last byte is sent.
 * Ranges count like the whole file: a phone that gets the last byte has requested all bytes before it. Downloads of
 * signatures and descriptions are not recorded.
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
    recordDownload({ at, stage, address, side, accountName, macAddress, sha256, hardwareKey });
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
  // Emitted once all data is handed to the operating system; never emitted if the connection breaks before.
  outgoing.once("finish", noteEnd);
  return content;
}

/** Under Next there is no Node response, so content that was read to its end counts as sent. */
async function* followed(
  content: AsyncIterable<Uint8Array>,
  onEnd: () => void,
): AsyncGenerator<Uint8Array> {
  yield* content;
  onEnd();
}
