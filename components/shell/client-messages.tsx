import type { NamespaceKeys, NestedKeyOf } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { AddedMessages } from "#components/shell/added-messages";
import { compileMessages } from "#foundation/i18n/compile-messages";
import type { Messages } from "#foundation/i18n/messages";
import { pickMessages } from "#foundation/i18n/pick-messages";

/** What `useTranslations` takes: a namespace (`rule`) or a part of one (`rule.facts`). */
export type Namespace = NamespaceKeys<Messages, NestedKeyOf<Messages>>;

type ClientMessagesProps = {
  readonly namespaces: readonly Namespace[];
  readonly children: ReactNode;
};

/**
 * Sends these namespaces to the browser, for the client components inside. They are added to those of the layouts. A test
 * names the pages whose client components use others.
 */
export async function ClientMessages({ namespaces, children }: ClientMessagesProps) {
  const messages = compileMessages(pickMessages(await getMessages(), namespaces));
  return <AddedMessages messages={messages}>{children}</AddedMessages>;
}

type AsyncPage<Props> = (props: Props) => Promise<ReactNode>;

/** Wraps a page whose client components use these namespaces. `streamed` does the same for a list page. */
export function withMessages<Props extends object>(
  Page: AsyncPage<Props>,
  namespaces: readonly Namespace[],
): (props: Props) => ReactNode {
  return function PageWithMessages(props: Props) {
    return (
      <ClientMessages namespaces={namespaces}>
        <Page {...props} />
      </ClientMessages>
    );
  };
}
