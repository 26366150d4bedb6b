import pulumi
import pulumi_launchdarkly_rotation as launchdarkly

found = launchdarkly.find_access_token(name="ci")
ci = launchdarkly.AccessTokenRotation("ci",
    token_id=found.id,
    triggers={"quarter": "2026-Q4"},
    old_key_expiry="24h")
pulumi.export("token", ci.token)
pulumi.export("reason", ci.last_rotation_reason)
