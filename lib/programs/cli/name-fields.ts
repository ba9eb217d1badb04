import type { Command } from "commander";
import { AppError } from "#foundation/core/errors";

type Named = { readonly name: string; readonly shown: string };

/** Where a command takes values from. */
type Sources = { readonly options: readonly Named[]; readonly args: readonly Named[] };

/**
 * An error of a command whose fields are named as the user gave them: `--internal-url` for `internalBaseUrl`, and `<id>` for
 * `webhookId`. The path is empty where that is not certain, and unchanged where it names a part of a value.
 */
export function nameFields(error: unknown, command: Command): unknown {
  if (!(error instanceof AppError) || error.fields.length === 0) {
    return error;
  }
  const sources = sourcesOf(command);
  const fields = error.fields.map(({ path, message }) => ({
    path: nameField(path, sources),
    message,
  }));
  const { code, message, reason, retryAfterSeconds, cause } = error;
  return new AppError(code, message, {
    cause,
    fields,
    ...(reason === null ? {} : { reason }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function sourcesOf(command: Command): Sources {
  return {
    options: command.options.map((option) => ({
      name: option.attributeName(),
      shown: option.long ?? option.flags,
    })),
    args: command.registeredArguments.map((argument) => ({
      name: argument.name(),
      shown: `<${argument.name()}>`,
    })),
  };
}

/** The option of that name; else the option or argument of which the field has all words; else the only argument. */
export function nameField(path: string, { options, args }: Sources): string {
  // A repeated option or argument has a position behind its name.
  const field = path.replace(/\.\d+$/, "");
  if (field === "args") {
    return only(args)?.shown ?? "";
  }
  if (!/^[a-z][A-Za-z]*$/.test(field)) {
    return path;
  }
  const words = wordsOf(field);
  const named =
    options.find(({ name }) => name === field) ??
    only(
      [...options, ...args].filter(({ name }) =>
        wordsOf(name).every((word) => words.includes(word)),
      ),
    ) ??
    only(args);
  return named?.shown ?? "";
}

function only(found: readonly Named[]): Named | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** The words of a name in lower case and without a plural: `captureIds` has capture and id. */
function wordsOf(name: string): readonly string[] {
  const words = name.replaceAll(/[A-Z]/g, " $&").toLowerCase().split(/[ -]/);
  return words.map((word) => word.replace(/s$/, ""));
}
