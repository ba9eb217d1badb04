import type { LogFacts } from "#phones/device-logs/log-facts";
import type { LogSettings } from "#phones/device-logs/model";

/** What a log is kept as. */
export type LogKind = { readonly logType: string; readonly extension: string };

export type KindDecision =
  | ({ readonly kind: "accepted" } & LogKind)
  | { readonly kind: "refused"; readonly problem: string };

/** The types whose files have extensions of their own, for phones that do not say the type. */
const TYPES_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  [".clg", "CELog"],
  [".clg1", "CELog"],
  [".clg2", "CELog"],
  [".kdmp", "Watson"],
  [".dmp", "Watson"],
]);

/** Whether a log of this type and name is taken, and how the settings spell its type. */
export function decideKind(
  { logType, givenName }: Pick<LogFacts, "logType" | "givenName">,
  { validTypes, validExtensions }: Pick<LogSettings, "validTypes" | "validExtensions">,
): KindDecision {
  const extension = extensionOf(givenName);
  if (!validExtensions.includes(extension)) {
    return refused(
      extension === ""
        ? "The log's file name needs an extension."
        : `Files with the extension ${extension} are not taken.`,
    );
  }
  const said = logType === "" ? (TYPES_BY_EXTENSION.get(extension) ?? "") : logType;
  const known = validTypes.find((type) => type.toLowerCase() === said.toLowerCase());
  if (known === undefined) {
    return refused(
      said === "" ? "Say of which type the log is." : "Logs of this type are not taken.",
    );
  }
  return { kind: "accepted", logType: known, extension };
}

/** In lower case, with the dot; empty where a name has none. */
export function extensionOf(fileName: string): string {
  return /\.[A-Za-z0-9]+$/.exec(fileName)?.[0].toLowerCase() ?? "";
}

function refused(problem: string): KindDecision {
  return { kind: "refused", problem };
}
