// Loaded with `node --import` before every program of this project that runs in Node. The package `server-only` throws
// unless it is imported under the condition `react-server`. Setting that condition for the whole process
// (`--conditions=react-server`) would also give Next, which serves the panel in this process, the reduced React without
// client hooks. So the condition is set only for this package. Worker threads inherit it.
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, nextResolve) {
    return specifier === "server-only"
      ? nextResolve(specifier, { ...context, conditions: [...context.conditions, "react-server"] })
      : nextResolve(specifier, context);
  },
});
