"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { Toaster } from "#components/ui/toast";

type ProvidersProps = { readonly nonce: string; readonly children: ReactNode };

/** What every page needs around it in the browser. */
export function Providers({ nonce, children }: ProvidersProps) {
  // The browser goes on with the policy of the document it loaded; later answers carry nonces that it does not know.
  const [documentNonce] = useState(nonce);

  // Synchronises with the packages under Radix that add style elements: this global is where they look for a nonce.
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
      <NuqsAdapter>{children}</NuqsAdapter>
      <Toaster />
    </ThemeProvider>
  );
}
