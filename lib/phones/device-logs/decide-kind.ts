import type { LogFacts } from "#phones/device-logs/log-facts";
import type { LogSettings } from "#phones/device-logs/model";

/** The type and extension under which a log is stored. */
export type LogKind = { readonly logType: string; readonly extension: string };

export type KindDecision =
  | ({ readonly kind: "accepted" } & LogKind)
  | { readonly kind: "refused"; readonly problem: string };

/** Types that can be derived from the extension, for phones that do not send the type. */
const TYPES_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  [".clg", "CELog"],
  [".clg1", "CELog"],
  [".clg2", "CELog"],
  [".kdmp", "Watson"],
  [".dmp", "Watson"],
]);

/** Whether a log of this type and name is accepted. The returned type has the spelling of the settings. */
export function decideKind(
  { logType, givenName }: Pick<LogFacts, "logType" | "givenName">,
  { validTypes, validExtensions }: Pick<LogSettings, "validTypes" | "validExtensions">,
): KindDecision {
  const extension = extensionOf(givenName);
  if (!validExtensions.includes(extension)) {
    return refused(
      extension === ""
        ? "The file name of the log needs an extension."
        : `Files with the extension ${extension} are not accepted.`,
    );
  }
  const said = logType === "" ? (TYPES_BY_EXTENSION.get(extension) ?? "") : logType;
  const known = validTypes.find((type) => type.toLowerCase() === said.toLowerCase());
  if (known === undefined) {
    return refused(
      said === "" ? "Give the type of the log." : "Logs of this type are not accepted.",
    );
  }
  return { kind: "accepted", logType: known, extension };
}

/** The extension in lower case, with the dot; empty if the name has none. */
export function extensionOf(fileName: string): string {
  return /\.[A-Za-z0-9]+$/.exec(fileName)?.[0].toLowerCase() ?? "";
}

function refused(problem: string): KindDecision {
  return { kind: "refused", problem };
}
