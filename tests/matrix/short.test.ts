/** The cells of the matrix that tell the most, without an install: `npm run test:matrix` runs all of them. */
import assert from "node:assert/strict";
import path from "node:path";

import esbuild from "esbuild";

import { goldenStub } from "../support/goldenStubs";
import { pack, type Packed } from "../package/packed";
import { manifest, NAME, NOT_FOUND, pulumiYaml } from "./layouts";
import { linkModules, unpack } from "./linked";
import { createPlace, type Place } from "./place";
import { commonJs, esModule } from "./programs";
import { asks, changesOf, createRotated, goesOn, refuses, type Rotated } from "./rotation";
import { providersOf } from "./stubTexts";

describe("a Pulumi project outside the repository", function () {
  this.timeout(240_000);
  let packed: Packed;
  let place: Place;
  let rotated: Rotated | undefined;

  before(() => {
    packed = pack();
  });
  after(() => {
    packed.remove();
  });
  beforeEach(() => {
    place = createPlace({}, []);
    linkModules(place.folder);
    place.put({ "package.json": manifest({ dependencies: {} }), "Pulumi.yaml": pulumiYaml() });
  });
  afterEach(async () => {
    await rotated?.stop();
    rotated = undefined;
    place.remove();
  });

  it("rotates as a minified ES module of esbuild with the package beside it, and keeps the stubs' texts", async () => {
    unpack(packed.tarball, place.folder);
    place.put({ "source.mjs": esModule(), "Pulumi.yaml": pulumiYaml({ typescript: false }, "index.mjs") });
    await esbuild.build({
      entryPoints: [path.join(place.folder, "source.mjs")],
      outfile: path.join(place.folder, "index.mjs"),
      ...{ bundle: true, minify: true, platform: "node", format: "esm", external: ["@pulumi/pulumi"] },
      banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
    });
    rotated = await createRotated(place);
    const changes = changesOf([esModule()]);
    await asks(rotated, "up", changes.created);
    const texts = await providersOf(rotated);
    assert.deepEqual(Object.keys(texts).sort(), ["AccessTokenRotation", "RotatingAccessToken", "SdkKeyRotation"]);
    for (const [className, text] of Object.entries(texts)) assert.equal(text, goldenStub(className), className);
    await goesOn(rotated, changes);
  });

  it("is told to add the package which only its library brings, and sends nothing", async () => {
    place.put({
      "node_modules/library/index.js": `module.exports = require("${NAME}");`,
      "index.js": commonJs("library"),
    });
    unpack(packed.tarball, path.join(place.folder, "node_modules", "library"));
    rotated = await createRotated(place);
    await refuses(rotated, NOT_FOUND.says);
    assert.doesNotMatch(rotated.printed(), /^\s+at /m, "no stack trace");
  });
});
