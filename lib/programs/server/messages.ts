/** What the supervisor and its processes tell each other over the channel of `child_process.fork`. */

export const LISTENERS = ["internal", "internalTls", "external"] as const;
/** A listener by the side of the firewall that it serves. */
export type ListenerName = (typeof LISTENERS)[number];

/** Ends a process that could not start because the database did not answer: another one may succeed. */
export const DATABASE_AWAY_EXIT_CODE = 75;

/** To a process. */
export type Order =
  /** With a listening socket: answer on it as well. */
  | { readonly kind: "listen"; readonly listener: ListenerName }
  /** Everything was sent: start. */
  | { readonly kind: "begin" }
  | { readonly kind: "stop" }
  /** Answer with the `metrics` of this process. */
  | { readonly kind: "measure"; readonly id: number }
  /** The answer to `collect`: the metrics of all processes. */
  | { readonly kind: "collected"; readonly id: number; readonly texts: readonly string[] };

/** From a process. */
export type Report =
  /** Orders are received from now on. */
  | { readonly kind: "started" }
  | {
      /** With a listening socket, from the preparation. */
      readonly kind: "bound";
      readonly listener: ListenerName;
      readonly port: number;
      readonly isTls: boolean;
    }
  /** The preparation waits for the database. */
  | { readonly kind: "all_bound" }
  | { readonly kind: "prepared"; readonly generatedPassword: string | null }
  | { readonly kind: "ready" }
  | { readonly kind: "metrics"; readonly id: number; readonly text: string }
  | { readonly kind: "collect"; readonly id: number };

/** Both ends are programs of one release, so the kind tells the rest. Other messages are those of Node's tools. */
export function isOrder(message: unknown): message is Order {
  return ORDERS.has(kindOf(message));
}

export function isReport(message: unknown): message is Report {
  return REPORTS.has(kindOf(message));
}

const ORDERS: ReadonlySet<unknown> = new Set<Order["kind"]>([
  "listen",
  "begin",
  "stop",
  "measure",
  "collected",
]);
const REPORTS: ReadonlySet<unknown> = new Set<Report["kind"]>([
  "started",
  "bound",
  "all_bound",
  "prepared",
  "ready",
  "metrics",
  "collect",
]);

function kindOf(message: unknown): unknown {
  return typeof message === "object" && message !== null ? Reflect.get(message, "kind") : undefined;
}
