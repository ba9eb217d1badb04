import "server-only";
import { startTokenTable } from "#access/device-tokens/server/token-table";
import { startContentKeeper } from "#firmware/files/server/content-keeper";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { startSettings } from "#foundation/settings/server/live-settings";
import { startCapturer } from "#phones/captures/server/capturer";
import { startRecorder } from "#phones/check-log/server/recorder";
import { startRuleTable } from "#phones/check/server/rule-table-loader";
import { startLogKeeper } from "#phones/device-logs/server/log-keeper";
import { startHomeTable } from "#phones/home-pools/server/home-table";

type PhoneServices = { readonly stop: () => Promise<void> };

/**
 * Starts all services that are needed to answer phones, under every host. A failed start leaves nothing running, and the
 * next call tries again. There is one set per process, which further calls share.
 */
export function startPhoneServices(): Promise<PhoneServices> {
  const state = phoneServices();
  state.running ??= start().catch((error: unknown) => {
    state.running = null;
    throw error;
  });
  return state.running;
}

async function start(): Promise<PhoneServices> {
  const services = new AsyncDisposableStack();
  try {
    for (const startTable of [startTokenTable, startRuleTable, startSettings, startHomeTable]) {
      services.defer((await startTable()).stop);
    }
  } catch (error) {
    await services.disposeAsync();
    throw error;
  }
  for (const startTask of [startRecorder, startCapturer, startContentKeeper, startLogKeeper]) {
    services.defer(startTask().stop);
  }
  return {
    stop: async () => {
      await services.disposeAsync();
      phoneServices().running = null;
    },
  };
}

function phoneServices(): { running: Promise<PhoneServices> | null } {
  return oncePerProcess("phone services", () => ({ running: null }));
}
