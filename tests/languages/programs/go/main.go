package main

import (
	"github.com/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation/sdk/go/launchdarklyrotation"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		found, err := launchdarklyrotation.FindAccessToken(ctx, &launchdarklyrotation.FindAccessTokenArgs{Name: "ci"})
		if err != nil {
			return err
		}
		ci, err := launchdarklyrotation.NewAccessTokenRotation(ctx, "ci", &launchdarklyrotation.AccessTokenRotationArgs{
			TokenId:      pulumi.String(found.Id),
			Triggers:     pulumi.Map{"quarter": pulumi.String("2026-Q4")},
			OldKeyExpiry: pulumi.String("24h"),
		})
		if err != nil {
			return err
		}
		ctx.Export("token", ci.Token)
		ctx.Export("reason", ci.LastRotationReason)
		return nil
	})
}
