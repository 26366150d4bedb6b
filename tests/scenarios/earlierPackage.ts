/** A state that an earlier release of the package has left, under the real CLI. */
import { createPlace } from "../matrix/place";
import { manifest, pulumiYaml } from "../matrix/layouts";
import { linkModules, unpack } from "../matrix/linked";
import { tarballOf } from "../matrix/names";
import { commonJs } from "../matrix/programs";
import { asks, asksNothing, changesOf, createRotated, goesOn } from "../matrix/rotation";
import { withOtherStubs } from "../matrix/stubTexts";
import { pack } from "../package/packed";

it("the package goes on from a state of 0.2.0, also of one with other stubs, as an earlier bundle's", async () => {
  const packed = pack();
  const place = createPlace({}, []);
  linkModules(place.folder);
  place.put({
    "package.json": manifest({ dependencies: {} }),
    "Pulumi.yaml": pulumiYaml(),
    "index.js": commonJs(),
  });
  const rotated = await createRotated(place);
  try {
    unpack(tarballOf("0.2.0"), place.folder);
    const changes = changesOf([commonJs()]);
    await asks(rotated, "up", changes.created);
    await withOtherStubs(rotated, place);
    unpack(packed.tarball, place.folder);
    await asksNothing(rotated);
    await goesOn(rotated, changes);
  } finally {
    await rotated.stop();
    place.remove();
    packed.remove();
  }
}).timeout(240_000);
