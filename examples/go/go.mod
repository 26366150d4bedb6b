module launchdarkly-rotation-go

go 1.25

require (
	github.com/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation/sdk/go/launchdarklyrotation v0.0.0
	github.com/pulumi/pulumi/sdk/v3 v3.274.1
)

// What `npm run plugin:sdks` makes.
replace github.com/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation/sdk/go/launchdarklyrotation => ../../.plugin/sdks/go
