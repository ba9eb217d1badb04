"use client";

import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import type { AbstractIntlMessages } from "next-intl";
import { useMemo } from "react";
import type { ReactNode } from "react";

type AddedMessagesProps = {
  readonly messages: AbstractIntlMessages;
  readonly children: ReactNode;
};

/** Adds messages to those of the provider around it. A nested provider of next-intl replaces them instead. */
export function AddedMessages({ messages, children }: AddedMessagesProps) {
  const inherited = useMessages();
  const all = useMemo(() => ({ ...inherited, ...messages }), [inherited, messages]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={all}>
      {children}
    </NextIntlClientProvider>
  );
}
