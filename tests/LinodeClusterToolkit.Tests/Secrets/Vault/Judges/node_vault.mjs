// Drives a Vault with node-vault: argument 1 is its address, argument 2 a token that may do everything, argument 3 the folder of the client.
import { createRequire } from "node:module";
import { join } from "node:path";
import assert from "node:assert/strict";

const [url, token, modules] = process.argv.slice(2);
const make = createRequire(join(modules, "here.cjs"))("node-vault");
const endpoint = url.replace(/\/$/, "");
const vault = make({ endpoint, token });

const status = (code, said) => (wrong) => {
  assert.equal(wrong.response.statusCode, code);
  if (said) assert.match(wrong.message, said);
  return true;
};

const health = await vault.health();
assert.deepEqual([health.initialized, health.sealed, health.standby], [true, false, false]);
assert.equal((await vault.status()).sealed, false);
assert.equal((await vault.initialized()).initialized, true);

// What the toolkit wrote, and versions
assert.equal((await vault.read("secret/data/lct/web/key")).data.data.value, "of the toolkit");
assert.equal((await vault.write("secret/data/lct/from-node", { data: { value: "first" }, options: { cas: 0 } })).data.version, 1);
await assert.rejects(
  vault.write("secret/data/lct/from-node", { data: { value: "x" }, options: { cas: 0 } }), status(400, /did not match the current version/),
);
assert.equal((await vault.write("secret/data/lct/from-node", { data: { value: "of node-vault" }, options: { cas: 1 } })).data.version, 2);
await vault.delete("secret/data/lct/from-node");
await assert.rejects(vault.read("secret/data/lct/from-node"), (wrong) => {
  assert.equal(wrong.response.statusCode, 404);
  assert.notEqual(wrong.response.body.data.metadata.deletion_time, "");
  return true;
});
await vault.write("secret/undelete/lct/from-node", { versions: [2] });
assert.equal((await vault.read("secret/data/lct/from-node")).data.data.value, "of node-vault");
await vault.destroySecretVersions({ path: "lct/from-node", versions: [1] });
const versions = (await vault.read("secret/metadata/lct/from-node")).data.versions;
assert.deepEqual([versions["1"].destroyed, versions["2"].destroyed], [true, false]);

// Listing, by the verb and without it
assert.deepEqual((await vault.list("secret/metadata/lct")).data.keys, ["from-node", "web/"]);
assert.deepEqual((await make({ endpoint, token, noCustomHTTPVerbs: true }).list("secret/metadata/lct")).data.keys, ["from-node", "web/"]);
await assert.rejects(vault.list("secret/metadata/none"), status(404, /^Status 404$/));
await assert.rejects(vault.read("nowhere/data/a"), status(404, /no handler for route/));

// Mounts, policies, tokens
await vault.mount({ mount_point: "more", type: "kv", options: { version: "2" } });
assert.equal((await vault.mounts()).data["more/"].options.version, "2");
await vault.unmount({ mount_point: "more" });
await vault.addPolicy({ name: "reader", policy: 'path "secret/data/lct/*" { capabilities = ["read"] }' });
assert.ok((await vault.policies()).data.policies.includes("reader"));
const made = (await vault.tokenCreate({ policies: ["reader"], ttl: "1h", renewable: true })).auth;
vault.token = token; // it takes what it has made
const small = make({ endpoint, token: made.client_token });
assert.deepEqual((await small.tokenLookupSelf()).data.policies, ["default", "reader"]);
assert.equal((await small.tokenRenewSelf()).auth.lease_duration, 3600);
await assert.rejects(small.write("secret/data/lct/web/key", { data: { value: "x" } }), status(403, /permission denied/));
await small.tokenRevokeSelf();
await assert.rejects(small.read("secret/data/lct/web/key"), status(403));

// AppRole
await vault.enableAuth({ mount_point: "approle", type: "approle" });
await vault.addApproleRole({ role_name: "tool", policies: "reader", token_ttl: 1200 });
const role_id = (await vault.getApproleRoleId({ role_name: "tool" })).data.role_id;
const secret_id = (await vault.getApproleRoleSecret({ role_name: "tool" })).data.secret_id;
const worker = make({ endpoint });
const login = (await worker.approleLogin({ role_id, secret_id })).auth;
assert.deepEqual([login.metadata.role_name, login.lease_duration], ["tool", 1200]);
assert.equal((await worker.read("secret/data/lct/web/key")).data.metadata.version, 1);
await assert.rejects(make({ endpoint }).approleLogin({ role_id, secret_id: "wrong" }), status(400, /invalid role or secret ID/));

// Wrapping
const wrapped = await vault.write("sys/wrapping/wrap", { note: "x" }, { headers: { "X-Vault-Wrap-TTL": "60s" } });
assert.equal((await make({ endpoint }).unwrap({ token: wrapped.wrap_info.token })).data.note, "x");
await assert.rejects(make({ endpoint }).unwrap({ token: wrapped.wrap_info.token }), status(400, /wrapping token is not valid/));

// Seal and unseal
await vault.seal();
assert.equal((await vault.health()).sealed, true);
await assert.rejects(vault.read("secret/data/lct/web/key"), status(503, /sealed/));
assert.equal((await vault.unseal({ secret_shares: 1, key: "any" })).sealed, false);
console.log("content");
