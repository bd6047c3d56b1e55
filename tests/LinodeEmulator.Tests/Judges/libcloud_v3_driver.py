"""Drives the older face of an emulator with libcloud's Linode drivers for API v3: argument 1 is the port."""

import json
import sys
import urllib.request

from libcloud.common.linode import LinodeException
from libcloud.common.types import InvalidCredsError
from libcloud.compute.base import NodeAuthPassword, NodeAuthSSHKey
from libcloud.compute.providers import get_driver
from libcloud.compute.types import Provider
from libcloud.dns.providers import get_driver as get_dns_driver
from libcloud.dns.types import Provider as DnsProvider
from libcloud.dns.types import RecordType

port = int(sys.argv[1])


def wait(seconds):
    body = json.dumps({"advance_seconds": seconds}).encode()
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/_emulator/clock", body, method="POST")).read()


def lead_here(driver):
    """Drivers of v3 take no host and no port, and always speak TLS."""
    connection = driver.connection
    connection.secure, connection.host, connection.port = False, "127.0.0.1", port
    connection.connect()
    return driver


driver = lead_here(get_driver(Provider.LINODE)("a-key", api_version="3.0"))
location = next(one for one in driver.list_locations() if one.id == "6")
size = next(one for one in driver.list_sizes() if one.id == "1")
image = next(one for one in driver.list_images() if one.id == "146")
assert (location.name, location.country, size.ram, size.disk, image.name) == ("Newark, NJ, USA", "US", 1024, 25600, "Ubuntu 16.04 LTS")

node = driver.create_node("web-1", image, size, NodeAuthPassword("correct-Horse-7"), location, ex_private=True)
assert (node.name, node.state) == ("web-1", "pending"), node
assert len(node.public_ips) == 1 and len(node.private_ips) == 1, (node.public_ips, node.private_ips)
wait(400)
assert [(one.name, one.state) for one in driver.list_nodes()] == [("web-1", "running")], driver.list_nodes()

for step, state in ((driver.stop_node, "stopped"), (driver.start_node, "running"), (driver.reboot_node, "running")):
    assert step(node)
    wait(300)
    assert driver.list_nodes()[0].state == state, (step, driver.list_nodes()[0].state)

try:
    driver.ex_create_volume(1, "data", driver.list_nodes()[0], "ext4")
    raise AssertionError("a disk fits where the driver knows that there is no room")
except LinodeException as full:
    assert "too big" in full.message, full

assert driver.stop_node(node)
try:
    driver.ex_resize_node(node, 2)
    raise AssertionError("the one error that is none did not come")
except LinodeException as none:
    assert (none.code, none.message) == (0, "ok"), none  # the driver takes it for one
wait(900)
node = driver.list_nodes()[0]
assert (node.state, node.extra["TOTALRAM"], node.extra["TOTALHD"]) == ("stopped", 2048, 51200), node.extra
volume = driver.ex_create_volume(1000, "data", node, "ext4")
assert (volume.name, volume.size) == ("data", 1000) and len(driver.ex_list_volumes(node)) == 3
wait(60)
assert driver.destroy_volume(volume)
wait(60)
assert len(driver.ex_list_volumes(node)) == 2

assert driver.ex_rename_node(node, "web-2")
key = NodeAuthSSHKey("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIGx6lkSRQK3r0Y1i0k6F0cNfUzPpZbX0C3eXbQf0xyz")
bare = driver.create_node("web-3", image, size, key, location)
assert sorted(one.name for one in driver.list_nodes()) == ["web-2", "web-3"]
for one in driver.list_nodes():
    assert driver.destroy_node(one)
assert driver.list_nodes() == []

try:
    driver.reboot_node(bare)
    raise AssertionError("what is gone was rebooted")
except LinodeException as gone:
    assert gone.code == 5, gone

dns = lead_here(get_dns_driver(DnsProvider.LINODE)("a-key", api_version="3.0"))
zone = dns.create_zone("example.org", extra={"SOA_Email": "admin@example.org"})
record = dns.create_record("www", zone, RecordType.A, "192.0.2.7")
assert [(one.name, one.type, one.data) for one in dns.list_records(dns.list_zones()[0])] == [("www", RecordType.A, "192.0.2.7")]
assert dns.delete_record(record) and dns.delete_zone(zone) and dns.list_zones() == []

try:
    lead_here(get_driver(Provider.LINODE)("", api_version="3.0")).list_nodes()
    raise AssertionError("no key was taken for one")
except InvalidCredsError:
    print("content")
