/**
 * The first file that the plugin runs. It is written so that every Node.js can read it, and says so where Node.js is too
 * old to read the rest. By its ending, it is no module, whatever a package.json of the folders above says.
 */
"use strict";

var OLDEST = 22;
var version = process.versions.node;

if (parseInt(version, 10) < OLDEST) {
  process.stderr.write(
    "\nThis is no bug: the plugin launchdarkly-rotation can't start without Node.js " +
      String(OLDEST) +
      " or newer, and node on PATH is " +
      version +
      ". Install a newer one: https://nodejs.org\n",
  );
  process.exit(1);
}
require(__dirname + "/main.cjs");
