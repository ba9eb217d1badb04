/** Relays the body of an upload, and distinguishes a failure of its sender from one of the store. */
export function watchSender(body: AsyncIterable<Uint8Array>): {
  readonly body: AsyncIterable<Uint8Array>;
  readonly failed: () => boolean;
  readonly error: () => unknown;
} {
  let failure: { readonly error: unknown } | null = null;
  const sender = body[Symbol.asyncIterator]();
  // Not a generator: the SDK ends a stream by throwing into it, which would look like an error of the sender.
  const relay: AsyncIterator<Uint8Array, unknown> = {
    next: async () => {
      try {
        return await sender.next();
      } catch (error) {
        failure = { error };
        throw error;
      }
    },
    return: async () => {
      await sender.return?.();
      return { done: true, value: undefined };
    },
  };
  const relayed = { [Symbol.asyncIterator]: () => relay };
  return { body: relayed, failed: () => failure !== null, error: () => failure?.error };
}
