import "server-only";
import { coalescedTask } from "#foundation/platform/coalesced-task";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { listen } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";
import { repeatTask } from "#foundation/platform/repeat-task";
import { forgetRollOuts } from "#phones/roll-outs/server/forget-roll-outs";
import { watchRollOuts } from "#phones/roll-outs/server/watch-roll-outs";

const WATCH_EVERY_MS = 60 * 1000;
const FORGET_EVERY_MS = 60 * 60 * 1000;
/** A bulk approval notifies for each rule. */
const PACE = { gatherMs: 250, restMs: 1_000 };

/** Follows roll-outs: every minute, and soon after a change of rules. One process of a data directory runs it. */
export function startRollOutWatch(): { readonly stop: () => Promise<void> } {
  const watch = coalescedTask(async () => {
    try {
      await watchRollOuts(new Date());
    } catch (error) {
      log().error({ err: error }, "could not follow the roll-outs; trying again later");
    }
  }, PACE);
  const request = (): void => void watch.request();
  const listening = listen(RULES_CHANNEL, { onNotify: request, onConnect: request });
  const watching = repeatTask(WATCH_EVERY_MS, "follow the roll-outs", () => watch.request());
  const forgetting = repeatTask(FORGET_EVERY_MS, "thin the samples of roll-outs", () =>
    forgetRollOuts(new Date()),
  );
  return {
    stop: async () => {
      await listening.stop();
      await watch.stop();
      await Promise.all([watching.stop(), forgetting.stop()]);
    },
  };
}
