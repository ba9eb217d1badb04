import "server-only";
import { startTokenTable } from "#access/device-tokens/server/token-table";
import { startContentKeeper, startFindingsWriter } from "#firmware/files/server/content-keeper";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { startSettings } from "#foundation/settings/server/live-settings";
import { startCapturer } from "#phones/captures/server/capturer";
import { startCheckUpkeep } from "#phones/check-log/server/check-upkeep";
import { startRecorder } from "#phones/check-log/server/recorder";
import { startRuleTable } from "#phones/check/server/rule-table-loader";
import { startLogKeeper } from "#phones/device-logs/server/log-keeper";
import { flushLogs } from "#phones/device-logs/server/sync-cache";
import { startHomeTable } from "#phones/home-pools/server/home-table";
import { startRollOutWatch } from "#phones/roll-outs/server/start-roll-out-watch";
import { startStatistics } from "#phones/statistics/server/start-statistics";

type PhoneServices = Service;
type Service = { readonly stop: () => Promise<void> };

/** What phones are answered from: tables in memory, each equal to the database. */
const TABLES = [startTokenTable, startRuleTable, startSettings, startHomeTable] as const;
/** What a process that answers phones does besides. */
const RECORDING = [startRecorder, startCapturer, startFindingsWriter, startLogFlush] as const;
/** What one process of a data directory does for all of them. */
const UPKEEP = [
  startCheckUpkeep,
  startContentKeeper,
  startLogKeeper,
  startRollOutWatch,
  startStatistics,
] as const;

/** Starts everything that a process needs to answer phones, except the upkeep. */
export function startPhoneServices(): Promise<PhoneServices> {
  return startAll(TABLES, RECORDING);
}

/**
 * Starts the upkeep of what phones send and ask for: old checks, phones and logs are removed, content is verified, and the
 * fleet is counted.
 */
export function startPhoneUpkeep(): Promise<PhoneServices> {
  return startAll([startSettings], UPKEEP);
}

/**
 * Starts everything where Next is the only host. A failed start leaves nothing running, and the next call tries again.
 * There is one set per process, which further calls share.
 */
export function startHostedServices(): Promise<PhoneServices> {
  const state = hostedServices();
  state.running ??= startAll(TABLES, [...RECORDING, ...UPKEEP]).then(
    ({ stop }) => ({
      stop: async () => {
        await stop();
        hostedServices().running = null;
      },
    }),
    (error: unknown) => {
      state.running = null;
      throw error;
    },
  );
  return state.running;
}

/** Rejects if a table cannot be loaded; nothing runs then. */
async function startAll(
  tables: readonly (() => Promise<Service>)[],
  tasks: readonly (() => Service)[],
): Promise<PhoneServices> {
  const services = new AsyncDisposableStack();
  try {
    for (const startTable of tables) {
      services.defer((await startTable()).stop);
    }
  } catch (error) {
    await services.disposeAsync();
    throw error;
  }
  for (const startTask of tasks) {
    services.defer(startTask().stop);
  }
  return { stop: () => services.disposeAsync() };
}

/** Logs that were received and are not on the disk yet are flushed when the process stops. */
function startLogFlush(): Service {
  return { stop: flushLogs };
}

function hostedServices(): { running: Promise<PhoneServices> | null } {
  return oncePerProcess("phone services", () => ({ running: null }));
}
