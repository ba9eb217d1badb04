// Icons of Lucide: the package has several thousand and takes 51 MB. Their shapes are in public/icons.svg, which browsers load
// once: in the scripts, each part of a page would have a copy of them. Their licence is in icons.LICENSE.txt. To add one,
// copy its shapes from https://lucide.dev as one path, write circles and rectangles as arcs, and set the version.
import type { ComponentProps, ReactElement } from "react";
import { cn } from "#components/ui/cn";

export type Icon = (props: ComponentProps<"svg">) => ReactElement;

/** The first digits of the SHA-256 of the file, because browsers keep it for a year. A test compares them. */
export const ICONS_VERSION = "6d872fc2";

/** A component that draws the outline in the colour of the text, 24 pixels wide unless a class says otherwise. */
function icon(name: string): Icon {
  return function OutlineIcon({ className, ...props }) {
    return (
      <svg viewBox="0 0 24 24" aria-hidden className={cn("icon", className)} {...props}>
        <use href={`/icons.svg?${ICONS_VERSION}#${name}`} />
      </svg>
    );
  };
}

/** The same for outlines that point along the line: in right-to-left text they point the other way. */
function directedIcon(name: string): Icon {
  const Outline = icon(name);
  return function DirectedIcon({ className, ...props }) {
    return <Outline className={cn("rtl:-scale-x-100", className)} {...props} />;
  };
}

export const Archive = icon("archive");
export const ArrowDown = icon("arrow-down");
export const ArrowDownUp = icon("arrow-down-up");
export const ArrowRight = directedIcon("arrow-right");
export const ArrowUp = icon("arrow-up");
export const ArrowUpRight = directedIcon("arrow-up-right");
export const Ban = icon("ban");
export const Bell = icon("bell");
export const Check = icon("check");
export const ChevronDown = icon("chevron-down");
export const ChevronLeft = directedIcon("chevron-left");
export const ChevronRight = directedIcon("chevron-right");
export const ChevronsLeft = directedIcon("chevrons-left");
export const ChevronsRight = directedIcon("chevrons-right");
export const ChevronsUpDown = icon("chevrons-up-down");
export const CircleAlert = icon("circle-alert");
export const CircleCheck = icon("circle-check");
export const CircleDashed = icon("circle-dashed");
export const CircleDot = icon("circle-dot");
export const CircleHelp = icon("circle-help");
export const CircleMinus = icon("circle-minus");
export const CirclePause = icon("circle-pause");
export const CirclePlay = icon("circle-play");
export const CircleSlash = icon("circle-slash");
export const CircleStop = icon("circle-stop");
export const CircleX = icon("circle-x");
export const Clock = icon("clock");
export const CloudOff = icon("cloud-off");
export const CodeXml = icon("code-xml");
export const Columns3 = icon("columns-3");
export const Copy = icon("copy");
export const CornerLeftDown = directedIcon("corner-left-down");
export const DatabaseZap = icon("database-zap");
export const Download = icon("download");
export const Ellipsis = icon("ellipsis");
export const Equal = icon("equal");
export const Eye = icon("eye");
export const EyeOff = icon("eye-off");
export const FileText = icon("file-text");
export const FileUp = icon("file-up");
export const FileWarning = icon("file-warning");
export const FileX2 = icon("file-x2");
export const FlaskConical = icon("flask-conical");
export const GitCompareArrows = icon("git-compare-arrows");
export const HardDriveDownload = icon("hard-drive-download");
export const History = icon("history");
export const Hourglass = icon("hourglass");
export const House = icon("house");
export const Inbox = icon("inbox");
export const Info = icon("info");
export const KeyRound = icon("key-round");
export const Languages = icon("languages");
export const LayoutDashboard = icon("layout-dashboard");
export const ListChecks = icon("list-checks");
export const Keyboard = icon("keyboard");
export const LoaderCircle = icon("loader-circle");
export const Lock = icon("lock");
export const LogIn = directedIcon("log-in");
export const LogOut = directedIcon("log-out");
export const Menu = icon("menu");
export const Minus = icon("minus");
export const Mail = icon("mail");
export const MapPin = icon("map-pin");
export const Network = icon("network");
export const OctagonX = icon("octagon-x");
export const PackageCheck = icon("package-check");
export const PackageOpen = icon("package-open");
export const PanelLeftClose = directedIcon("panel-left-close");
export const PanelLeftOpen = directedIcon("panel-left-open");
export const Pause = icon("pause");
export const Pencil = icon("pencil");
export const Phone = icon("phone");
export const PhoneForwarded = icon("phone-forwarded");
export const Plus = icon("plus");
export const Radio = icon("radio");
export const RefreshCw = icon("refresh-cw");
export const RotateCcw = icon("rotate-ccw");
export const ScanSearch = icon("scan-search");
export const ScrollText = icon("scroll-text");
export const Search = icon("search");
export const SearchX = icon("search-x");
export const Send = directedIcon("send");
export const ServerCrash = icon("server-crash");
export const Settings2 = icon("settings-2");
export const ShieldAlert = icon("shield-alert");
export const ShieldCheck = icon("shield-check");
export const ShieldOff = icon("shield-off");
export const ShieldQuestion = icon("shield-question");
export const ShieldX = icon("shield-x");
export const Star = icon("star");
export const Stethoscope = icon("stethoscope");
export const Trash2 = icon("trash-2");
export const TrendingDown = icon("trending-down");
export const TriangleAlert = icon("triangle-alert");
export const Undo2 = directedIcon("undo-2");
export const Unplug = icon("unplug");
export const Upload = icon("upload");
export const UserCog = icon("user-cog");
export const Users = icon("users");
export const X = icon("x");
export const Webhook = icon("webhook");
