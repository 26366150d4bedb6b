/** No file of provider/ imports another one that imports it, be it for a type alone. ESLint holds the rooms apart. */

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [{ name: "no-circle", severity: "error", from: {}, to: { circular: true } }],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
  },
};
