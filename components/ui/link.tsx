"use client";

// eslint-disable-next-line no-restricted-imports -- The only place.
import NextLink from "next/link";
import type { ComponentProps } from "react";
import { useState } from "react";
import { useStartNavigation } from "#components/ui/navigation-progress";

/**
 * A link to another page of the panel, which is prepared when the pointer or the focus is on the link. Next.js would ask the
 * server about each visible link, of which a list has a hundred, and again after every live refresh.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  const [isNear, setIsNear] = useState(false);
  const startNavigation = useStartNavigation();
  const approach = () => setIsNear(true);
  const leave = () => setIsNear(false);
  return (
    <NextLink
      prefetch={isNear ? "auto" : false}
      onPointerEnter={approach}
      onPointerLeave={leave}
      onFocus={approach}
      onBlur={leave}
      onNavigate={() => startNavigation(() => undefined)}
      {...props}
    />
  );
}
