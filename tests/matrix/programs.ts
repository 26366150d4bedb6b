/** The texts of programs: the same three resources, one of each stub, in each kind of module. */

const RESOURCES = `
const config = new pulumi.Config();
const triggers = { quarter: config.require("quarter") };
const reset = new AccessTokenRotation("reset", { tokenId: config.require("tokenId"), triggers, oldKeyExpiry: "24h" });
const sdk = new SdkKeyRotation("sdk", {
  projectKey: "default",
  environmentKey: config.require("environmentKey"),
  triggers,
  oldKeyExpiry: "24h",
});
const owned = new RotatingAccessToken("owned", { name: "owned", role: "reader", triggers });
`;

const CLASSES = "AccessTokenRotation, RotatingAccessToken, SdkKeyRotation";
const LIBRARY = "pulumi-launchdarkly-rotation";

/** @param from what brings the classes */
export const commonJs = (from = LIBRARY) => `
const pulumi = require("@pulumi/pulumi");
const { ${CLASSES} } = require("${from}");
${RESOURCES}
exports.token = reset.token;
exports.keys = [sdk.sdkKey, owned.token];
`;

export const esModule = (from = LIBRARY) => `
import * as pulumi from "@pulumi/pulumi";
import { ${CLASSES} } from "${from}";
${RESOURCES}
export const token = reset.token;
export const keys = [sdk.sdkKey, owned.token];
`;

/** With an imported type, which is gone when it runs. */
export const typeScript = (imported = "type AccessTokenRotationArgs") => `
import * as pulumi from "@pulumi/pulumi";
import { ${CLASSES}, ${imported} } from "${LIBRARY}";
${RESOURCES}
const args: AccessTokenRotationArgs = { tokenId: "" };
export const token: pulumi.Output<string> = reset.token;
export const keys = [sdk.sdkKey, owned.token, args.tokenId];
`;

const only = (className: string, inputs: string) => `
const pulumi = require("@pulumi/pulumi");
const { ${className} } = require("${LIBRARY}");
const config = new pulumi.Config();
const triggers = { quarter: config.require("quarter") };
new ${className}("only", { ${inputs}, triggers, oldKeyExpiry: "24h" });
`;

/** Programs with one resource. */
export const onlyAccessToken = only("AccessTokenRotation", `tokenId: config.require("tokenId")`);
export const onlySdkKey = only(
  "SdkKeyRotation",
  `projectKey: "default", environmentKey: config.require("environmentKey")`,
);
export const onlyOwned = only("RotatingAccessToken", `name: "owned", role: "reader"`);

/** A program with a dynamic resource of its own: what fails here is Pulumi's. */
export const WITHOUT_US = {
  commonJs: `
const pulumi = require("@pulumi/pulumi");
const provider = { create: async () => ({ id: "one", outs: {} }) };
class One extends pulumi.dynamic.Resource {
  constructor(name) { super(provider, name, {}); }
}
new One("one");
`,
  typeScript: `
import * as pulumi from "@pulumi/pulumi";
import { dynamic, ResourceOptions } from "@pulumi/pulumi";
const provider: dynamic.ResourceProvider = { create: async () => ({ id: "one", outs: {} }) };
class One extends dynamic.Resource {
  constructor(name: string, options?: ResourceOptions) { super(provider, name, {}, options); }
}
export const one = new One("one").id;
`,
} as const;

/** A program of the Automation API, whose words are a verb and the trigger; the stack and its settings are there. */
export const automation = (stack: string) => `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
${stack.includes("program") ? `const program = async () => {${commonJs().replace(/^exports\..*$/gm, "")}};` : ""}
async function main([verb, quarter]) {
  const stack = await LocalWorkspace.selectStack(${stack});
  await stack.setConfig("quarter", { value: quarter });
  const onOutput = (text) => process.stdout.write(text);
  if (verb === "expect-no-changes") await stack.up({ onOutput, expectNoChanges: true });
  else await stack[verb]({ onOutput });
}
main(process.argv.slice(2)).catch((error) => { console.error(error); process.exitCode = 1; });
`;
