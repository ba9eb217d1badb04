// Generates the database client (prisma/generated) from prisma/schema.prisma. It calls the generator itself: Prisma's
// command line does the same, and installs 200 MB for other commands.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Refusal, inProject, runMain } from "./lib/project.mjs";

// As CommonJS: the ESM builds of these packages lack the suffix of some files that they import.
const require = createRequire(import.meta.url);
const { PrismaClientTsGenerator } = require("@prisma/client-generator-ts");
const { getDMMF } = require("@prisma/get-dmmf");
const { getConfig } = require("@prisma/internals");

await runMain(async () => {
  const schemaPath = inProject("prisma", "schema.prisma");
  const datamodel = await readFile(schemaPath, "utf8");
  const dmmf = getDMMF({ datamodel: [[schemaPath, datamodel]] });
  if (!("datamodel" in dmmf)) {
    throw new Refusal(dmmf.reason);
  }
  const { datasources, generators } = await getConfig({
    datamodel: [[schemaPath, datamodel]],
  });
  const generate = new PrismaClientTsGenerator();
  for (const generator of generators) {
    const { requiresEngineVersion = "" } = await generate.getManifest(generator);
    const output = inProject("prisma", generator.output?.value ?? "");
    await generate.generate({
      schemaPath,
      datamodel,
      dmmf,
      datasources,
      generator: {
        ...generator,
        isCustomOutput: true,
        output: { fromEnvVar: null, value: output },
      },
      otherGenerators: [],
      version: requiresEngineVersion,
      typedSql: [],
    });
  }
  return 0;
});
