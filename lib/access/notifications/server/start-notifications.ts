import "server-only";
import { composeMails } from "#access/notifications/server/compose-mails";
import { forgetTests } from "#access/notifications/server/forget-tests";
import { MESSAGE_TASKS } from "#access/notifications/server/send-message";
import { tellNotices } from "#access/notifications/server/tell-notices";
import { whenAvailable } from "#foundation/platform/db/when-available";
import { startWorker } from "#foundation/platform/jobs";
import { repeatTask } from "#foundation/platform/repeat-task";

const LOOK_EVERY_MS = 2_000;
const FORGET_EVERY_MS = 6 * 60 * 60 * 1000;
/** Each receiver has at most one message in progress, so that many slow ones are needed to hold up others. */
const CONCURRENCY = 8;

/** Tells people and webhooks what is recorded. Runs in the worker of every host. */
export async function startNotifications(): Promise<{ readonly stop: () => Promise<void> }> {
  const worker = await startWorker(MESSAGE_TASKS, { concurrency: CONCURRENCY });
  const telling = repeatTask(LOOK_EVERY_MS, "tell people what happened", () =>
    whenAvailable(async () => {
      await tellNotices(new Date());
      await composeMails(new Date());
    }),
  );
  const forgetting = repeatTask(FORGET_EVERY_MS, "remove old test messages", () =>
    whenAvailable(() => forgetTests(new Date())),
  );
  return {
    stop: async () => {
      await Promise.all([telling.stop(), forgetting.stop()]);
      await worker.stop();
    },
  };
}
