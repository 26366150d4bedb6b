// Rotates an access token that exists, which it finds by its name.
package main

import (
	"github.com/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation/sdk/go/launchdarklyrotation"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")

		found, err := launchdarklyrotation.FindAccessToken(ctx, &launchdarklyrotation.FindAccessTokenArgs{
			Name: settings.Require("tokenName"),
		})
		if err != nil {
			return err
		}
		ci, err := launchdarklyrotation.NewAccessTokenRotation(ctx, "ci", &launchdarklyrotation.AccessTokenRotationArgs{
			TokenId: pulumi.String(found.Id),
			// Change any value and the next `pulumi up` rotates.
			Triggers: pulumi.Map{"quarter": pulumi.String(settings.Require("quarter"))},
			// So does the first `pulumi up` at which the key is older than this.
			RotateAfter: pulumi.String("90d"),
			// How long the old key keeps working.
			OldKeyExpiry: pulumi.String("24h"),
		})
		if err != nil {
			return err
		}

		ctx.Export("token", ci.Token) // secret
		ctx.Export("tokenLastFour", ci.TokenLastFour)
		ctx.Export("oldKeyExpiresAt", ci.OldKeyExpiresAt)
		ctx.Export("lastRotationReason", ci.LastRotationReason)
		return nil
	})
}
