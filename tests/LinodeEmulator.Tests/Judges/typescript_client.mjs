// Drives an emulator with Linode's own TypeScript client: argument 1 is the emulator's address, argument 2 the folder of the client.
import { createRequire } from "node:module";
import { join } from "node:path";
import assert from "node:assert/strict";

const [url, modules] = process.argv.slice(2);
const api = createRequire(join(modules, "here.cjs"))("@linode/api-v4");
api.setToken("a-token");
api.baseRequest.interceptors.request.use((config) => ({ ...config, url: config.url.replace("https://api.linode.com", url) }));

const wait = (seconds) =>
  fetch(`${url}/_emulator/clock`, { method: "POST", body: JSON.stringify({ advance_seconds: seconds }) });

const regions = await api.getRegions();
assert.equal(regions.data.find((one) => one.id === "us-east").label, "Newark, NJ");
assert.equal((await api.getLinodeTypes()).results, 37);
assert.ok((await api.getImages({ page_size: 500 })).data.some((one) => one.id === "linode/debian12"));
assert.equal((await api.getImage("linode/debian12")).vendor, "Debian");

const firewall = await api.createFirewall({
  label: "shut",
  rules: { inbound_policy: "DROP", outbound_policy: "ACCEPT", inbound: [{ action: "ACCEPT", protocol: "TCP", ports: "22", addresses: { ipv4: ["0.0.0.0/0"] }, label: "ssh" }] },
});
const linode = await api.createLinode({
  region: "us-east", type: "g6-nanode-1", label: "web-1", image: "linode/debian12", root_pass: "correct-Horse-7-battery", tags: ["red"], private_ip: true, firewall_id: firewall.id,
});
assert.equal(linode.status, "provisioning");
await assert.rejects(api.linodeShutdown(linode.id), (wrong) => wrong.response.data.errors[0].reason === "Linode busy.");
await wait(200);
assert.equal((await api.getLinode(linode.id)).status, "running");
assert.equal((await api.getLinodes({}, { tags: "red" })).results, 1);
const events = await api.getEvents({ page_size: 100 }, { "entity.id": linode.id, "entity.type": "linode", "+order_by": "id" });
assert.deepEqual(events.data.map((one) => `${one.action} ${one.status}`), [
  "linode_config_create notification", "linode_create finished", "linode_boot finished",
]);

const volume = await api.createVolume({ label: "data", size: 20, region: "us-east" });
await api.attachVolume(volume.id, { linode_id: linode.id, config_id: null });
await wait(60);
assert.equal((await api.getLinodeVolumes(linode.id)).results, 1);

const address = (await api.getLinodeIPs(linode.id)).ipv4.private[0].address;
const balancer = await api.createNodeBalancer({
  region: "us-east", label: "front", configs: [{ port: 80, protocol: "http", algorithm: "roundrobin", stickiness: "none", check: "connection", check_interval: 30, check_timeout: 10, check_attempts: 3, check_passive: true, cipher_suite: "recommended", nodes: [{ label: "web-1", address, port: 80, mode: "accept", weight: 100 }] }],
});
const config = (await api.getNodeBalancerConfigs(balancer.id)).data[0];
assert.equal((await api.getNodeBalancerConfigNodes(balancer.id, config.id)).data[0].address, `${address}:80`);
assert.equal((await api.getLinodeFirewalls(linode.id)).data[0].id, firewall.id);
assert.equal((await api.getTags()).results, 1);
assert.equal((await api.getProfile()).restricted, false);
assert.equal((await api.getAccountSettings()).network_helper, true);

await api.deleteNodeBalancer(balancer.id);
await api.deleteLinode(linode.id);
await wait(60);
await api.deleteVolume(volume.id);
await api.deleteFirewall(firewall.id);
assert.equal((await api.getLinodes()).results, 0);
console.log("content");
