# -*- coding: utf-8 -*-
# MIT licence, see LICENSE of Linode Cluster Toolkit.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
name: linode_cluster
short_description: Nodes of clusters that linodetool made
description:
  - Asks C(linodetool cluster export --format ansible-json) for the nodes of a cluster, and takes its groups and variables as they come.
  - Groups are the cluster, its regions, its node groups and the plan's tags, with what is no letter, digit or underscore written as an underscore.
  - The source is a YAML file whose name ends in C(linode_cluster.yml) or C(linode_cluster.yaml).
options:
  plugin:
    description: Has to be the name of this plugin.
    required: true
    choices: [linode_cluster, lct.linode.linode_cluster]
  clusters:
    description: Clusters, or sets of clusters, by name.
    type: list
    elements: str
    required: true
  executable:
    description: The program, and options that every call has, such as C(--emulator).
    type: list
    elements: str
    default: [linodetool]
    env:
      - name: LCT_LINODETOOL
  keys:
    description: Folder for private keys and known hosts; one below the data of linodetool where it is not said.
    type: path
  where:
    description: Only nodes with these values in these variables, e.g. C(lct_region) or C(lct_group).
    type: dict
    default: {}
extends_documentation_fragment:
  - constructed
"""

EXAMPLES = r"""
# shop.linode_cluster.yml
plugin: lct.linode.linode_cluster
clusters: [shop]
where:
  lct_region: us-east
keyed_groups:
  - key: lct_type
    prefix: type
compose:
  ansible_host: lct_private_ipv4
"""

import json
import shlex
import subprocess

from ansible.errors import AnsibleParserError
from ansible.module_utils.common.text.converters import to_native
from ansible.parsing.ajson import AnsibleJSONDecoder
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable


class InventoryModule(BaseInventoryPlugin, Constructable):
    NAME = "lct.linode.linode_cluster"

    def verify_file(self, path):
        return super(InventoryModule, self).verify_file(path) and path.endswith(("linode_cluster.yml", "linode_cluster.yaml"))

    def parse(self, inventory, loader, path, cache=True):
        super(InventoryModule, self).parse(inventory, loader, path, cache)
        self._read_config_data(path)
        for cluster in self.get_option("clusters"):
            self._add(self._export(cluster))

    def _export(self, cluster):
        program = self.get_option("executable")
        if len(program) == 1:
            program = shlex.split(program[0])  # a variable of the environment can hold no list with options
        keys = ["--keys", self.get_option("keys")] if self.get_option("keys") else []
        command = program + ["-q", "cluster", "export", cluster, "--format", "ansible-json"] + keys
        try:
            ran = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        except OSError as missing:
            raise AnsibleParserError("%s cannot be run: %s" % (command[0], to_native(missing)))
        if ran.returncode != 0:
            raise AnsibleParserError("%s ended with %d: %s" % (" ".join(command), ran.returncode, to_native(ran.stderr).strip()))
        return json.loads(to_native(ran.stdout), cls=AnsibleJSONDecoder)

    def _add(self, exported):
        hosts = exported["_meta"]["hostvars"]
        where = self.get_option("where")
        wanted = [name for name in hosts if all(str(hosts[name].get(key, "")) == str(value) for key, value in where.items())]
        for name in wanted:
            self.inventory.add_host(name)
            for key, value in hosts[name].items():
                self.inventory.set_variable(name, key, value)
        for group in exported["all"]["children"]:
            self.inventory.add_group(group)
            for name in exported[group]["hosts"]:
                if name in wanted:
                    self.inventory.add_child(group, name)
        strict = self.get_option("strict")
        for name in wanted:
            self._set_composite_vars(self.get_option("compose"), self.inventory.get_host(name).get_vars(), name, strict=strict)
            known = self.inventory.get_host(name).get_vars()
            self._add_host_to_composed_groups(self.get_option("groups"), known, name, strict=strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), known, name, strict=strict)
