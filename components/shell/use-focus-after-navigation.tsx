"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * Gives the focus to the content when the next page has removed what had it, such as the link that was followed. The browser
 * would leave it on nothing, and a screen reader would begin at the top of the document.
 */
export function useFocusAfterNavigation(): void {
  const pathname = usePathname();
  const previous = useRef(pathname);
  // Synchronises with the focus, which React does not know.
  useEffect(() => {
    if (previous.current !== pathname && document.activeElement === document.body) {
      document.getElementById("content")?.focus({ preventScroll: true });
    }
    previous.current = pathname;
  }, [pathname]);
}
