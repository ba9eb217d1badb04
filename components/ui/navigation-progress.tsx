"use client";

import { createContext, startTransition, use, useTransition } from "react";
import type { ReactNode, TransitionStartFunction } from "react";
import { cn } from "#components/ui/cn";

const NavigationContext = createContext<TransitionStartFunction>(startTransition);

/**
 * Shows a line at the top of the window from a click until the next page is there, unless that takes less than 150 ms. It is
 * not in a link, because the link may be in a menu that closes. Next.js tells screen readers the title of the next page.
 */
export function NavigationProgress({ children }: { readonly children: ReactNode }) {
  const [isPending, startNavigation] = useTransition();
  return (
    <NavigationContext value={startNavigation}>
      {children}
      <div
        aria-hidden
        data-slot="navigation-progress"
        className={cn(
          "pointer-events-none fixed inset-x-0 top-0 z-50 transition-opacity print:hidden",
          isPending ? "opacity-100 delay-150" : "opacity-0",
        )}
      >
        {/* A border, because high contrast removes backgrounds. */}
        <div className={cn("border-t-2 border-accent", isPending && "animate-pulse")} />
      </div>
    </NavigationContext>
  );
}

/**
 * Starts a navigation that the line follows. React puts the transitions of one event into one, so an event that navigates in
 * another way can start an empty one.
 */
export function useStartNavigation(): TransitionStartFunction {
  return use(NavigationContext);
}
