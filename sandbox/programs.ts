/** Programs in Pulumi's other languages that rotate the sample token, and create one: for the plugin. */

interface Sample {
  /** Its id. */
  readonly id: string;
}

/** @param token the sample token */
export function programsFor(token: Sample): { readonly yaml: string; readonly python: string; readonly go: string } {
  return {
    yaml: `resources:
  ci:
    type: launchdarkly-rotation:AccessTokenRotation
    properties: { tokenId: "${token.id}", oldKeyExpiry: 24h }
  owned:
    type: launchdarkly-rotation:RotatingAccessToken
    properties: { name: owned by the stack, role: reader }
outputs:
  token: \${ci.token}
  ownedToken: \${owned.token}
`,
    python: `import pulumi
import pulumi_launchdarkly_rotation as launchdarkly
ci = launchdarkly.AccessTokenRotation("ci", token_id="${token.id}", old_key_expiry="24h")
owned = launchdarkly.RotatingAccessToken("owned", name="owned by the stack", role="reader")
pulumi.export("token", ci.token)
pulumi.export("ownedToken", owned.token)
`,
    go: `package main

import (
	"github.com/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation/sdk/go/launchdarklyrotation"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		ci, err := launchdarklyrotation.NewAccessTokenRotation(ctx, "ci", &launchdarklyrotation.AccessTokenRotationArgs{
			TokenId:      pulumi.String("${token.id}"),
			OldKeyExpiry: pulumi.String("24h"),
		})
		if err != nil {
			return err
		}
		owned, err := launchdarklyrotation.NewRotatingAccessToken(ctx, "owned", &launchdarklyrotation.RotatingAccessTokenArgs{
			Name: pulumi.String("owned by the stack"),
			Role: pulumi.String("reader"),
		})
		if err != nil {
			return err
		}
		ctx.Export("token", ci.Token)
		ctx.Export("ownedToken", owned.Token)
		return nil
	})
}
`,
  };
}
