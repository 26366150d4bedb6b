"""Owns the SDK key of a service, and rotates it."""

import pulumi
import pulumi_launchdarkly_rotation as launchdarkly

config = pulumi.Config()

service = launchdarkly.RotatingSdkKey(
    "service",
    project_key=config.require("projectKey"),
    environment_key=config.require("environmentKey"),
    name="shop server",
    triggers={"quarter": config.require("quarter")},  # change any value and the next `pulumi up` rotates
    rotate_after="90d",  # so does the first `pulumi up` at which the key is older than this
    old_key_expiry="24h",  # longer than it takes to restart every server
)

pulumi.export("sdkKey", service.sdk_key)  # secret
pulumi.export("sdkKeyLastFour", service.sdk_key_last_four)
# The keys that were replaced, with their ends. Never the keys themselves.
pulumi.export("previousKeys", service.previous_keys)
pulumi.export("lastRotationReason", service.last_rotation_reason)
