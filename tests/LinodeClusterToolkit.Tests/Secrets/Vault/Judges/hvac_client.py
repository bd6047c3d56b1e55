"""Drives a Vault with hvac: argument 1 is its address, argument 2 a token that may do everything."""

import sys
import warnings

import hvac
from hvac import exceptions

warnings.showwarning = lambda *about, **more: None  # it tells of its own names that are to go
url, token = sys.argv[1].rstrip("/"), sys.argv[2]
client = hvac.Client(url=url, token=token)
kv = client.secrets.kv.v2


def refused(kind, call, *words, **named):
    try:
        call(*words, **named)
    except kind as error:
        return error
    raise AssertionError(f"{call.__name__} was not refused")


# State of the node
assert client.is_authenticated() and client.sys.is_initialized()
assert client.sys.read_health_status().status_code == 200
assert client.sys.read_health_status(method="GET")["sealed"] is False
assert client.sys.read_seal_status()["initialized"] is True

# What the toolkit wrote
assert kv.read_secret_version(path="lct/web/key")["data"]["data"]["value"] == "of the toolkit"

# Versions and check-and-set
assert kv.create_or_update_secret(path="lct/from-hvac", secret={"value": "first"}, cas=0)["data"]["version"] == 1
wrong = refused(exceptions.InvalidRequest, kv.create_or_update_secret, path="lct/from-hvac", secret={"value": "x"}, cas=0)
assert "did not match the current version" in str(wrong), wrong
assert kv.create_or_update_secret(path="lct/from-hvac", secret={"value": "second"}, cas=1)["data"]["version"] == 2
assert kv.read_secret_version(path="lct/from-hvac", version=1)["data"]["data"] == {"value": "first"}
assert kv.read_secret_metadata(path="lct/from-hvac")["data"]["current_version"] == 2

# Deleted, undeleted, destroyed
kv.delete_latest_version_of_secret(path="lct/from-hvac")
refused(exceptions.InvalidPath, kv.read_secret_version, path="lct/from-hvac")
kv.undelete_secret_versions(path="lct/from-hvac", versions=[2])
assert kv.read_secret_version(path="lct/from-hvac")["data"]["data"]["value"] == "second"
kv.destroy_secret_versions(path="lct/from-hvac", versions=[1])
assert kv.read_secret_metadata(path="lct/from-hvac")["data"]["versions"]["1"]["destroyed"] is True
kv.patch(path="lct/from-hvac", secret={"value": "of hvac"})

# Listing, and nothing to list
assert kv.list_secrets(path="lct")["data"]["keys"] == ["from-hvac", "web/"]
assert not list(refused(exceptions.InvalidPath, kv.list_secrets, path="none").errors)
kv.create_or_update_secret(path="gone", secret={"value": "x"})
kv.delete_metadata_and_all_versions(path="gone")
refused(exceptions.InvalidPath, kv.read_secret_metadata, path="gone")

# An engine that demands check-and-set, and one that is not there
client.sys.enable_secrets_engine(backend_type="kv", path="strict", options={"version": "2"})
assert client.sys.list_mounted_secrets_engines()["data"]["strict/"]["options"]["version"] == "2"
kv.configure(max_versions=2, cas_required=True, mount_point="strict")
assert kv.read_configuration(mount_point="strict")["data"]["cas_required"] is True
wrong = refused(exceptions.InvalidRequest, kv.create_or_update_secret, path="a", secret={"value": "x"}, mount_point="strict")
assert "required for this call" in str(wrong), wrong
for number in range(4):
    kv.create_or_update_secret(path="a", secret={"value": "x"}, cas=number, mount_point="strict")
assert sorted(kv.read_secret_metadata(path="a", mount_point="strict")["data"]["versions"]) == ["3", "4"]
assert "no handler for route" in str(refused(exceptions.InvalidPath, kv.read_secret_version, path="a", mount_point="nowhere"))

# Policies and tokens
client.sys.create_or_update_policy("reader", 'path "secret/data/lct/*" { capabilities = ["read"] }')
assert "reader" in client.sys.list_policies()["data"]["policies"]
made = client.create_token(policies=["reader"], ttl="1h")["auth"]
small = hvac.Client(url=url, token=made["client_token"])
assert small.lookup_token()["data"]["policies"] == ["default", "reader"]
assert small.renew_self_token()["auth"]["renewable"] is True
assert small.secrets.kv.v2.read_secret_version(path="lct/web/key")
refused(exceptions.Forbidden, small.secrets.kv.v2.create_or_update_secret, path="lct/web/key", secret={"value": "x"})
small.revoke_self_token()
assert not small.is_authenticated()
refused(exceptions.Forbidden, small.secrets.kv.v2.read_secret_version, path="lct/web/key")

# AppRole, with its secret id wrapped
client.sys.enable_auth_method("approle")
client.auth.approle.create_or_update_approle("tool", token_policies=["reader"], token_ttl="20m", secret_id_num_uses=1)
role = client.auth.approle.read_role_id("tool")["data"]["role_id"]
wrapped = client.adapter.post("/v1/auth/approle/role/tool/secret-id", json={}, headers={"X-Vault-Wrap-TTL": "60s"})
wrapped = wrapped["wrap_info"]["token"]
secret = hvac.Client(url=url).sys.unwrap(wrapped)["data"]["secret_id"]
refused(exceptions.InvalidRequest, hvac.Client(url=url).sys.unwrap, wrapped)
worker = hvac.Client(url=url)
login = worker.auth.approle.login(role_id=role, secret_id=secret)["auth"]
assert (login["lease_duration"], login["renewable"], login["metadata"]["role_name"]) == (1200, True, "tool"), login
assert worker.secrets.kv.v2.read_secret_version(path="lct/web/key")
refused(exceptions.InvalidRequest, hvac.Client(url=url).auth.approle.login, role_id=role, secret_id=secret)

# Seal and unseal
client.sys.seal()
assert client.sys.is_sealed()
refused(exceptions.VaultDown, kv.read_secret_version, path="lct/web/key")
client.sys.submit_unseal_key("any")
assert not client.sys.is_sealed()
print("content")
