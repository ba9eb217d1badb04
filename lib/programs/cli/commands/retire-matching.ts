import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, isConfirmed, mustAsk } from "#programs/cli/confirm";
import { parsePoolName } from "#programs/cli/identity";
import type { Session } from "#programs/cli/session";
import { PHONE_FIGURES } from "#fleet/devices/model";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import { filterValue, searchText } from "#foundation/core/search-text";
import type { PhoneJob } from "#phones/phone-jobs/model";
import { phoneSearch, startPhoneJobInput } from "#phones/phone-jobs/schema";
import type { PhoneSearch } from "#phones/phone-jobs/schema";
import { previewMatching } from "#phones/phone-jobs/server/find-matching-phones";
import { runPhoneJob } from "#phones/phone-jobs/server/run-phone-job";
import { startPhoneJob } from "#phones/phone-jobs/server/start-phone-job";

const retireMatchingDevice = defineCommand({
  name: "retire-matching-device",
  cmdlet: null,
  summary: "retire all phones that match a search, as get-device shows them",
  notes: "At least one condition is required. A phone that checks again is listed again by itself.",
  examples: [
    "retire-matching-device --model CX500 --what-if",
    'retire-matching-device 10.4. --progress never_came_back --reason "office closed"',
  ],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(
      command
        .argument("[text]", "part of a MAC address, serial number, address, user or version")
        .option("--model <model>", "phones of this model; may be repeated", collect)
        .option("--pool <pool>", "phones that checked at this pool; may be repeated", collect)
        .option("--site <name>", "phones at this site; may be repeated", collect)
        .option("--state <state>", "phones in this state; may be repeated", collect)
        .option("--progress <progress>", "phones with this progress; may be repeated", collect)
        .option("--reason <text>", "kept in the history of the phones and in the audit trail"),
    );
  },
  input: z.strictObject({
    args: z.array(searchText).max(1),
    model: z.array(filterValue).default([]),
    pool: z.array(filterValue).default([]),
    site: z.array(filterValue).default([]),
    state: z.array(z.enum(PHONE_FIGURES, `One of ${PHONE_FIGURES.join(", ")}.`)).default([]),
    progress: z.array(z.enum(PROGRESS_STATES, `One of ${PROGRESS_STATES.join(", ")}.`)).default([]),
    reason: z.string().default(""),
    ...confirmOptions,
  }),
  run: async (session, input) => {
    const { terminal } = session;
    const { args, model, pool, site, state, progress, reason } = input;
    const search = parseInput(phoneSearch, {
      q: args[0] ?? "",
      model,
      pool: pool.map(parsePoolName),
      site,
      state,
      progress,
    });
    if (Object.values(search).every((value) => value.length === 0)) {
      throw new AppError("invalid_input", "Give a text or an option that selects the phones.");
    }
    const { total, recent } = await previewMatching(session.context(), search);
    const subject = `${total} phones, of which ${recent} checked within the last day`;
    if (input.whatIf || total === 0) {
      terminal.write(`${subject}, would be retired.\n`);
      return "done";
    }
    if (mustAsk(input, { canAsk: terminal.canAsk, isRemoval: true })) {
      terminal.tell(`${subject}.\n`);
      if (!(await isConfirmed(terminal, "Retire these phones?"))) {
        return "declined";
      }
    }
    const job = await retireMatching(session, { search, seenCount: total, reason });
    terminal.write(`${job.changed} retired.\n`);
    return "done";
  },
});

export const commands = [retireMatchingDevice];

type Confirmed = {
  readonly search: PhoneSearch;
  readonly seenCount: number;
  readonly reason: string;
};

/** Runs the job to its end in this process, also while no server runs. */
async function retireMatching(session: Session, confirmed: Confirmed): Promise<PhoneJob> {
  const input = parseInput(startPhoneJobInput, { kind: "retire", ...confirmed });
  const job = await startPhoneJob(session.context(), input);
  return (await runPhoneJob(job.id, () => session.context().now)) ?? job;
}
