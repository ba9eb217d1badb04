import type { AbstractIntlMessages } from "use-intl/core";

/** Returns the messages of these namespaces only. A dot leads to a part of a namespace: `rule.facts`. */
export function pickMessages(
  messages: AbstractIntlMessages,
  namespaces: readonly string[],
): AbstractIntlMessages {
  return namespaces.reduce<AbstractIntlMessages>(
    (picked, namespace) => copyPath(messages, picked, namespace.split(".")),
    {},
  );
}

function copyPath(
  from: AbstractIntlMessages,
  into: AbstractIntlMessages,
  [name = "", ...rest]: readonly string[],
): AbstractIntlMessages {
  const part = groupOf(from, name);
  return {
    ...into,
    [name]: rest.length === 0 ? part : copyPath(part, groupOf(into, name), rest),
  };
}

function groupOf(messages: AbstractIntlMessages, name: string): AbstractIntlMessages {
  const part = messages[name];
  return typeof part === "object" ? part : {};
}
