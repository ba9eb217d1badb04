"use client";

import { ThemeProvider } from "next-themes";
import { Direction } from "radix-ui";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { useEarlyInput } from "#components/shell/early-input";
import { NavigationProgress } from "#components/ui/navigation-progress";
import { Toaster } from "#components/ui/toast";
import type { TextDirection } from "#foundation/i18n/locales";

type ProvidersProps = {
  readonly nonce: string;
  /** For the arrow keys and the alignment of menus. */
  readonly direction: TextDirection;
  readonly children: ReactNode;
};

/** The client-side providers of every page. */
export function Providers({ nonce, direction, children }: ProvidersProps) {
  // The browser keeps the content security policy of the loaded document, so the nonces of later answers are invalid.
  const [documentNonce] = useState(nonce);
  useEarlyInput();

  // Synchronises with dependencies of Radix that add style elements and read their nonce from this global.
  useEffect(() => {
    Reflect.set(globalThis, "__webpack_nonce__", documentNonce);
  }, [documentNonce]);

  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={documentNonce}
    >
      <Direction.Provider dir={direction}>
        <NuqsAdapter>
          <NavigationProgress>{children}</NavigationProgress>
        </NuqsAdapter>
        <Toaster />
      </Direction.Provider>
    </ThemeProvider>
  );
}
