import { CabError } from "#formats/cab/cab-error";
import { limitText } from "#formats/cab/limits";
import type { CabLimits } from "#formats/cab/limits";

/**
 * The totals of one import, shared by the uploaded cabinet and every cabinet in it, so that a
 * decompression bomb cannot spread over several levels.
 */
export class ImportBudget {
  readonly limits: CabLimits;
  /** Size of the uploaded cabinet: the base of the ratio. */
  readonly #inputBytes: number;
  #outputBytes = 0;
  #entries = 0;

  constructor(limits: CabLimits, inputBytes: number) {
    this.limits = limits;
    this.#inputBytes = inputBytes;
  }

  /** Adds what a cabinet declares, before it is unpacked. The decoders refuse output beyond the declared size. */
  charge(cabinetName: string, declared: { entries: number; outputBytes: number }): void {
    this.#entries += declared.entries;
    this.#outputBytes += declared.outputBytes;
    const problem = this.#problem();
    if (problem !== null) {
      throw new CabError("limit", { entry: cabinetName, problem });
    }
  }

  #problem(): string | null {
    const { entries, outputBytes, ratio, ratioFreeBytes } = this.limits;
    if (this.#entries > entries) {
      return `the package holds more than ${limitText("entries", this.limits)}.`;
    }
    if (this.#outputBytes > outputBytes) {
      return `the package unpacks to more than ${limitText("outputBytes", this.limits)}.`;
    }
    if (this.#outputBytes > ratioFreeBytes && this.#outputBytes > ratio * this.#inputBytes) {
      return `the package unpacks to more than ${limitText("ratio", this.limits)}, as only a decompression bomb does.`;
    }
    return null;
  }
}
