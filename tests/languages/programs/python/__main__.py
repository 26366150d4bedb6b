import pulumi
import pulumi_launchdarkly_rotation as launchdarkly

config = pulumi.Config()
triggers = {"quarter": config.require("quarter")}
environment = {"project_key": config.require("projectKey"), "environment_key": config.require("environmentKey")}

found = launchdarkly.find_access_token(name="ci")
ci = launchdarkly.AccessTokenRotation("ci",
    token_id=found.id,
    triggers=triggers,
    old_key_expiry="24h")
server = launchdarkly.SdkKeyRotation("server", **environment, triggers=triggers, old_key_expiry="24h")
app = launchdarkly.MobileKeyRotation("app", **environment, triggers=triggers)
relay = launchdarkly.RelayProxyKeyRotation("relay",
    configuration_id=config.require("configurationId"),
    triggers=triggers,
    old_key_expiry="24h")
nightly = launchdarkly.RotatingAccessToken("nightly", name="nightly", role="writer", triggers=triggers)
own_server = launchdarkly.RotatingSdkKey("ownServer", **environment, name="own server", triggers=triggers)
own_app = launchdarkly.RotatingMobileKey("ownApp", **environment, name="own app", triggers=triggers)

pulumi.export("ci", ci.token)
pulumi.export("server", server.sdk_key)
pulumi.export("app", app.mobile_key)
pulumi.export("relay", relay.full_key)
pulumi.export("nightly", nightly.token)
pulumi.export("ownServer", own_server.sdk_key)
pulumi.export("ownApp", own_app.mobile_key)
pulumi.export("reason", ci.last_rotation_reason)
