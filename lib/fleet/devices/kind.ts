import type { InstalledModule } from "#formats/protocol/check-request";
import type { Hardware } from "#foundation/core/hardware";

/** What a phone says that it is and runs, in the pool at which it checked. */
export type PoolContent = {
  readonly poolId: string;
  readonly hardware: Hardware;
  readonly installed: readonly InstalledModule[];
};

/** A row of the dictionary of kinds that occurs in a pool. */
export type PoolKind = PoolContent & { readonly kindId: number };

export type CountedContent = PoolContent & { readonly phones: number };

/** Everything about a phone that a judgement of it depends on. */
export type PhoneFacts = {
  readonly id: string;
  /** Null: its check reached no pool. */
  readonly poolId: string | null;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  /** Its last address, which says at which site it is. */
  readonly address: string;
  readonly hardware: Hardware;
  readonly installed: readonly InstalledModule[];
};

/** A phone that is judged by itself, with the version that lists show. */
export type MarkedPhone = PhoneFacts & { readonly version: string | null };

/** The phones that match a filter by state, decided over kinds. */
export type StateSelection = {
  /** The kinds in pools whose phones match. */
  readonly kinds: readonly Pick<PoolKind, "poolId" | "kindId">[];
  /** The content of phones without a kind that match. */
  readonly contents: readonly PoolContent[];
  /** The hardware keys that a rule has. */
  readonly ruledHardware: readonly string[];
  /** Whether phones without a pool match, and phones without a kind whose hardware no rule has. */
  readonly hasUnruled: boolean;
  /** The ids of the phones that are judged one by one, and of those that match. */
  readonly judgedIds: readonly string[];
  readonly matchingIds: readonly string[];
  /** Whether phones that have missed their checks match, and phones with an update in trouble. */
  readonly hasSilent: boolean;
  readonly hasTroubled: boolean;
};
