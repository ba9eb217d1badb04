/** Called by Next before its first request, in every program that runs it. */
export async function register(): Promise<void> {
  // Next replaces this variable while it bundles for other runtimes, which know no sockets.
  // eslint-disable-next-line no-restricted-globals -- it replaces the global, not an import
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { hostPhones } = await import("#phones/device-api/host-phones");
    hostPhones();
  }
}
