/**
 * A block cannot be unpacked. Decoders know neither entry nor folder; the caller adds both and
 * throws a `CabError`. The message starts in lower case and has no full stop.
 */
export class DecodeError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "DecodeError";
  }
}
