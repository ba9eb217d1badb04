import { chmod, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProcessAlive } from "#foundation/platform/process-alive";
import { requireProgram } from "#foundation/platform/testing/debian-packages";

/** A clock that a test sets while processes run, as an administrator or NTP sets the clock of a host. */
export type AdjustableClock = {
  /** For a process and those that it starts. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sets the clock to the true time and so many days. Every process reads it at once. */
  readonly setDaysAhead: (days: number) => Promise<void>;
  /** Call it after the processes have ended. */
  readonly remove: () => Promise<void>;
};

/** The dynamic linker replaces `$LIB`. */
const LIBRARY = "/usr/$LIB/faketime/libfaketimeMT.so.1";
const SHARED_MEMORY = "/dev/shm";

/** Uses Debian's libfaketime. Like a real clock that is set, it does not change the monotonic clock. */
export async function createAdjustableClock(): Promise<AdjustableClock> {
  await requireProgram("/usr/bin/faketime", ["faketime"]);
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-clock-"));
  // PostgreSQL reads the file too, as another account.
  await chmod(directory, 0o755);
  const file = join(directory, "clock");
  const setDaysAhead = async (days: number): Promise<void> => {
    await writeFile(`${file}.new`, `${days < 0 ? "" : "+"}${days}d`, { mode: 0o644 });
    await rename(`${file}.new`, file);
  };
  await setDaysAhead(0);
  return {
    environment: {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    },
    setDaysAhead,
    remove: async () => {
      await rm(directory, { recursive: true, force: true });
      await removeAbandonedMemory();
    },
  };
}

/** The library removes its shared memory only when a process ends by itself, and refuses to work with a left one. */
async function removeAbandonedMemory(): Promise<void> {
  for (const name of await readdir(SHARED_MEMORY)) {
    const pid = /^(?:faketime_shm|sem\.faketime_sem)_(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isProcessAlive(Number(pid))) {
      await rm(join(SHARED_MEMORY, name), { force: true });
    }
  }
}
