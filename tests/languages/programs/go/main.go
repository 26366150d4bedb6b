package main

import (
	"github.com/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation/sdk/go/launchdarklyrotation"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		triggers := pulumi.Map{"quarter": pulumi.String(settings.Require("quarter"))}
		project := pulumi.String(settings.Require("projectKey"))
		environment := pulumi.String(settings.Require("environmentKey"))

		found, err := launchdarklyrotation.FindAccessToken(ctx, &launchdarklyrotation.FindAccessTokenArgs{Name: "ci"})
		if err != nil {
			return err
		}
		ci, err := launchdarklyrotation.NewAccessTokenRotation(ctx, "ci", &launchdarklyrotation.AccessTokenRotationArgs{
			TokenId:      pulumi.String(found.Id),
			Triggers:     triggers,
			OldKeyExpiry: pulumi.String("24h"),
		})
		if err != nil {
			return err
		}
		server, err := launchdarklyrotation.NewSdkKeyRotation(ctx, "server", &launchdarklyrotation.SdkKeyRotationArgs{
			ProjectKey:     project,
			EnvironmentKey: environment,
			Triggers:       triggers,
			OldKeyExpiry:   pulumi.String("24h"),
		})
		if err != nil {
			return err
		}
		app, err := launchdarklyrotation.NewMobileKeyRotation(ctx, "app", &launchdarklyrotation.MobileKeyRotationArgs{
			ProjectKey:     project,
			EnvironmentKey: environment,
			Triggers:       triggers,
		})
		if err != nil {
			return err
		}
		relay, err := launchdarklyrotation.NewRelayProxyKeyRotation(ctx, "relay", &launchdarklyrotation.RelayProxyKeyRotationArgs{
			ConfigurationId: pulumi.String(settings.Require("configurationId")),
			Triggers:        triggers,
			OldKeyExpiry:    pulumi.String("24h"),
		})
		if err != nil {
			return err
		}
		nightly, err := launchdarklyrotation.NewRotatingAccessToken(ctx, "nightly", &launchdarklyrotation.RotatingAccessTokenArgs{
			Name:     pulumi.String("nightly"),
			Role:     pulumi.String("writer"),
			Triggers: triggers,
		})
		if err != nil {
			return err
		}
		ownServer, err := launchdarklyrotation.NewRotatingSdkKey(ctx, "ownServer", &launchdarklyrotation.RotatingSdkKeyArgs{
			ProjectKey:     project,
			EnvironmentKey: environment,
			Name:           pulumi.String("own server"),
			Triggers:       triggers,
		})
		if err != nil {
			return err
		}
		ownApp, err := launchdarklyrotation.NewRotatingMobileKey(ctx, "ownApp", &launchdarklyrotation.RotatingMobileKeyArgs{
			ProjectKey:     project,
			EnvironmentKey: environment,
			Name:           pulumi.String("own app"),
			Triggers:       triggers,
		})
		if err != nil {
			return err
		}

		ctx.Export("ci", ci.Token)
		ctx.Export("server", server.SdkKey)
		ctx.Export("app", app.MobileKey)
		ctx.Export("relay", relay.FullKey)
		ctx.Export("nightly", nightly.Token)
		ctx.Export("ownServer", ownServer.SdkKey)
		ctx.Export("ownApp", ownApp.MobileKey)
		ctx.Export("reason", ci.LastRotationReason)
		return nil
	})
}
