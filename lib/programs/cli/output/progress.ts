import { SingleBar } from "cli-progress";
import type { Terminal } from "#programs/cli/terminal";
import { formatBytes } from "#foundation/i18n/format-bytes";

/** Shows the progress of a task. */
export type Progress = {
  readonly update: (done: number, total: number) => void;
  readonly finish: () => void;
};

const PLAIN_STEP = 0.25;
const BAR_FORMAT = "{name} [{bar}] {percentage} %  {done} of {all}";

/** A progress bar at a terminal; otherwise a line for every quarter. Both on standard error. */
export function progressOf(terminal: Pick<Terminal, "isWatched" | "tell">, name: string): Progress {
  return terminal.isWatched ? bar(name) : plainLines(terminal, name);
}

function bar(name: string): Progress {
  const shown = new SingleBar({ format: BAR_FORMAT, hideCursor: true, barsize: 30 });
  let isStarted = false;
  return {
    update: (done, total) => {
      const payload = { name, done: formatBytes(done, "en"), all: formatBytes(total, "en") };
      if (!isStarted) {
        isStarted = true;
        shown.start(total, done, payload);
      }
      // The size to unpack is known only after the upload.
      shown.setTotal(Math.max(total, 1));
      shown.update(Math.min(done, total), payload);
    },
    finish: () => {
      if (isStarted) {
        shown.stop();
      }
    },
  };
}

function plainLines({ tell }: Pick<Terminal, "tell">, name: string): Progress {
  let nextShare = 0;
  return {
    update: (done, total) => {
      const share = total === 0 ? 1 : done / total;
      if (share >= nextShare) {
        nextShare = (Math.floor(share / PLAIN_STEP) + 1) * PLAIN_STEP;
        tell(`${name}: ${formatBytes(done, "en")} of ${formatBytes(total, "en")}\n`);
      }
    },
    finish: () => undefined,
  };
}
