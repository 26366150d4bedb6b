"""Reads the key that a stack in TypeScript rotates. This stack gets a new key when its own `pulumi up` runs."""

import pulumi

config = pulumi.Config()

# Such as "organization/launchdarkly-rotation-consumers/dev".
rotating = pulumi.StackReference(config.require("rotatingStack"))

# Secret, because it is one in the other stack. Give it to whatever needs the key.
token = rotating.require_output("token")

pulumi.export("token", token)
