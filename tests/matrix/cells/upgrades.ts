/** A stack of an earlier release, and the package from elsewhere than the registry. */
import type { Cell } from "../cell";
import { cell, dependencies, install, managers, manifest, NAME, NEWEST_SDK, WORKS } from "../layouts";
import { onlyAccessToken, onlyOwned, onlySdkKey } from "../programs";

const group = "Upgrades, and what is installed otherwise";

const from = (version: string): string =>
  manifest({ dependencies: { ...dependencies(), [NAME]: `file:<tarball of ${version}>` } });

const upgraded: Cell["run"] = {
  kind: "upgrade",
  files: { "package.json": manifest() },
  commands: [install(managers.npm11)],
};

/** The way back: a stack that this version has made goes on with an older one, which destroys it in the end. */
function back(version: string, program: Cell["files"]): Cell {
  return cell({
    group,
    name: `a stack of this version, back to ${version}`,
    files: program,
    run: { kind: "upgrade", files: { "package.json": from(version) }, commands: [install(managers.npm11)] },
  });
}

const GONE = { outcome: "fails", says: /Cannot find module 'pulumi-launchdarkly-rotation\/providers?'/ } as const;

function removed(what: string, program: string, expected: Cell["expected"]): Cell {
  return cell({
    group,
    name: `${what} and the package removed in one change`,
    files: { "index.js": program },
    run: {
      kind: "removal",
      files: { "package.json": manifest({ dependencies: { "@pulumi/pulumi": NEWEST_SDK } }), "index.js": "" },
      commands: [install(managers.npm11)],
      back: { "package.json": manifest() },
    },
    expected,
    ...(expected.outcome === "fails" && { note: "install the package again, then `pulumi up`" }),
  });
}

export const upgrades: readonly Cell[] = [
  cell({
    group,
    name: "a stack of 0.1.0",
    files: { "package.json": from("0.1.0"), "index.js": onlyAccessToken },
    run: upgraded,
  }),
  cell({ group, name: "a stack of 0.2.0", files: { "package.json": from("0.2.0") }, run: upgraded }),
  back("0.1.0", { "index.js": onlyAccessToken }),
  back("0.2.0", {}),
  ...Object.entries({ "a git URL": "git+file://<clone>", "a folder": "file:<clone>" }).map(([name, spec]) =>
    cell({
      group,
      name: `installed from ${name}`,
      files: { "package.json": manifest({ dependencies: { ...dependencies(), [NAME]: spec } }) },
    }),
  ),
  removed("`SdkKeyRotation`", onlySdkKey, WORKS),
  removed("`AccessTokenRotation`", onlyAccessToken, GONE),
  removed("`RotatingAccessToken`", onlyOwned, GONE),
];
