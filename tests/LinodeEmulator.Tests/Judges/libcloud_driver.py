"""Drives an emulator with libcloud's Linode driver: argument 1 is the port, argument 2 how to move its clock on."""

import json
import sys
import urllib.request

from libcloud.compute.providers import get_driver
from libcloud.compute.types import Provider

port = int(sys.argv[1])


def wait(seconds):
    body = json.dumps({"advance_seconds": seconds}).encode()
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/_emulator/clock", body, method="POST")).read()


driver = get_driver(Provider.LINODE)("a-token", api_version="4.0", secure=False, host="127.0.0.1", port=port)
location = next(one for one in driver.list_locations() if one.id == "us-east")
size = next(one for one in driver.list_sizes() if one.id == "g6-nanode-1")
image = next(one for one in driver.list_images() if one.id == "linode/debian12")

node = driver.create_node(location, size, image, name="web-1", root_pass="correct-Horse-7-battery", ex_tags=["red"], ex_private_ip=True)
assert node.state == "starting", node.state
wait(200)
node = driver.ex_get_node(node.id)
assert node.state == "running" and len(driver.list_nodes()) == 1
assert len(node.public_ips) == 1 and len(node.private_ips) == 1, (node.public_ips, node.private_ips)

for step, state in ((driver.stop_node, "stopped"), (driver.start_node, "running"), (driver.reboot_node, "running")):
    assert step(node)
    wait(200)
    assert driver.ex_get_node(node.id).state == state, (step, driver.ex_get_node(node.id).state)

volume = driver.create_volume("data", 20, location=location)
driver.attach_volume(node, volume)
wait(60)
assert driver.list_volumes()[0].extra["linode_id"] == int(node.id)
volume = driver.list_volumes()[0]
assert driver.detach_volume(volume)
wait(60)
assert driver.destroy_volume(driver.list_volumes()[0])

assert driver.ex_rename_node(node, "web-2").name == "web-2"
assert len(driver.ex_list_disks(node)) == 2
assert len(driver.ex_list_node_addresses(node)) == 2

empty = driver.create_node(location, size, name="bare-1")
wait(60)
disk = driver.ex_create_disk(1000, "data", driver.ex_get_node(empty.id), "ext4")
wait(60)
assert driver.ex_list_disks(empty)[0].name == "data"

for one in driver.list_nodes():
    assert driver.destroy_node(one)
wait(60)
assert driver.list_nodes() == [] and driver.list_volumes() == []
print("content")
