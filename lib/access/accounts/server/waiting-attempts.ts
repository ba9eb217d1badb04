import "server-only";

const MAX_WAITING_PER_ADDRESS = 500;
const MAX_WAITING = 5_000;

/** Attempts that wait for the result of another one, by address, the first to come first. */
export class WaitingAttempts<T> {
  readonly #byAddress = new Map<string, readonly T[]>();
  #count = 0;

  isFull(address: string): boolean {
    return this.at(address).length >= MAX_WAITING_PER_ADDRESS || this.#count >= MAX_WAITING;
  }

  at(address: string): readonly T[] {
    return this.#byAddress.get(address) ?? [];
  }

  add(address: string, attempt: T): void {
    this.#byAddress.set(address, [...this.at(address), attempt]);
    this.#count += 1;
  }

  remove(address: string, attempt: T): void {
    const before = this.at(address);
    const others = before.filter((other) => other !== attempt);
    this.#count -= before.length - others.length;
    if (others.length === 0) {
      this.#byAddress.delete(address);
    } else {
      this.#byAddress.set(address, others);
    }
  }
}
