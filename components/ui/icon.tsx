// Icons of Lucide: the package has several thousand and takes 51 MB. Their shapes are in public/icons.svg, which browsers load
// once: in the scripts, each part of a page would have a copy of them. Their licence is in icons.LICENSE.txt. To add one,
// copy its shapes from https://lucide.dev as one path, write circles and rectangles as arcs, and set the version.
import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn";

/** The first digits of the SHA-256 of the file, because browsers keep it for a year. A test compares them. */
export const ICONS_VERSION = "6d872fc2";

/** A type instead of components: a page loads only the names that it shows. */
export type IconName =
  | "archive"
  | "arrow-down"
  | "arrow-down-up"
  | "arrow-right"
  | "arrow-up"
  | "arrow-up-right"
  | "ban"
  | "bell"
  | "check"
  | "chevron-down"
  | "chevron-left"
  | "chevron-right"
  | "chevrons-left"
  | "chevrons-right"
  | "chevrons-up-down"
  | "circle-alert"
  | "circle-check"
  | "circle-dashed"
  | "circle-dot"
  | "circle-help"
  | "circle-minus"
  | "circle-pause"
  | "circle-play"
  | "circle-slash"
  | "circle-stop"
  | "circle-x"
  | "clock"
  | "cloud-off"
  | "code-xml"
  | "columns-3"
  | "copy"
  | "corner-left-down"
  | "database-zap"
  | "download"
  | "ellipsis"
  | "equal"
  | "eye"
  | "eye-off"
  | "file-text"
  | "file-up"
  | "file-warning"
  | "file-x2"
  | "flask-conical"
  | "git-compare-arrows"
  | "hard-drive-download"
  | "history"
  | "hourglass"
  | "house"
  | "inbox"
  | "info"
  | "key-round"
  | "keyboard"
  | "languages"
  | "layout-dashboard"
  | "list-checks"
  | "loader-circle"
  | "lock"
  | "log-in"
  | "log-out"
  | "mail"
  | "map-pin"
  | "menu"
  | "minus"
  | "network"
  | "octagon-x"
  | "package-check"
  | "package-open"
  | "panel-left-close"
  | "panel-left-open"
  | "pause"
  | "pencil"
  | "phone"
  | "phone-forwarded"
  | "plus"
  | "radio"
  | "refresh-cw"
  | "rotate-ccw"
  | "scan-search"
  | "scroll-text"
  | "search"
  | "search-x"
  | "send"
  | "server-crash"
  | "settings-2"
  | "shield-alert"
  | "shield-check"
  | "shield-off"
  | "shield-question"
  | "shield-x"
  | "star"
  | "stethoscope"
  | "trash-2"
  | "trending-down"
  | "triangle-alert"
  | "undo-2"
  | "unplug"
  | "upload"
  | "user-cog"
  | "users"
  | "webhook"
  | "x";

/** They point along the line: in right-to-left text they point the other way. */
const DIRECTED: ReadonlySet<IconName> = new Set([
  "arrow-right",
  "arrow-up-right",
  "chevron-left",
  "chevron-right",
  "chevrons-left",
  "chevrons-right",
  "corner-left-down",
  "log-in",
  "log-out",
  "panel-left-close",
  "panel-left-open",
  "send",
  "undo-2",
] as const);

type IconProps = Omit<ComponentProps<"svg">, "children"> & {
  readonly name: IconName;
  /** For an outline that has a meaning of its own, without a text beside it. */
  readonly label?: string | undefined;
};

/** An outline in the colour of the text, as large as a letter unless a class says otherwise. */
export function Icon({ name, label, className, ...props }: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={cn("icon", DIRECTED.has(name) && "rtl:-scale-x-100", className)}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
      {...props}
    >
      {label !== undefined && <title>{label}</title>}
      <use href={`/icons.svg?${ICONS_VERSION}#${name}`} />
    </svg>
  );
}
