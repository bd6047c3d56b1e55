#!/usr/bin/python
# -*- coding: utf-8 -*-
# MIT licence, see LICENSE of Linode Cluster Toolkit.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: linode_cluster
short_description: Clusters of servers on the Linode cloud, made from a plan by linodetool
description:
  - Creates, starts, stops and deletes clusters by the program C(linodetool) of the machine it runs on, which keeps records and keys there.
  - What stands already as its plan says is left alone. A run that was cut short is gone on with.
  - Plans are those of one cluster; for a plan of plans there is C(linodetool cluster create).
  - The token is best kept in linodetool's own secret store, or given by the task keyword C(environment).
requirements:
  - linodetool
author:
  - The Linode Cluster Toolkit authors (@linode-cluster-toolkit)
options:
  name:
    description: Name of the cluster.
    type: str
    required: true
  state:
    description:
      - C(present), it is there as its plan says, on or off.
      - C(started), the same, and its nodes run.
      - C(stopped), it is there and its nodes are shut down; a cluster that is not there is not made for that.
      - C(absent), nothing of it is left.
    type: str
    choices: [present, started, stopped, absent]
    default: started
  plan:
    description:
      - Plan file; needed where the cluster is not there yet.
      - A cluster that differs from it is brought to it by C(linodetool cluster apply).
    type: path
  set:
    description: Values for the plan's variables.
    type: dict
    default: {}
  scale:
    description:
      - Numbers of nodes of groups, by the names of the groups, handed to C(linodetool cluster scale) where they differ.
    type: dict
    default: {}
  prune:
    description: Delete what the plan does not have, such as nodes, volumes and balancers; else it stays.
    type: bool
    default: false
  rebuild:
    description: Make nodes anew where a change of the plan needs it, and lose what is on their disks; else they stay as they are.
    type: bool
    default: false
  keep_volumes:
    description: Keep block storage volumes when the cluster is deleted.
    type: bool
    default: false
  profile:
    description: Profile of linodetool's configuration.
    type: str
  executable:
    description: The program, and options that every call has, such as C(--emulator).
    type: list
    elements: str
    default: [linodetool]
  environment:
    description: Variables for the program besides its own; no place for secrets, since Ansible shows what modules are called with.
    type: dict
    default: {}
attributes:
  check_mode:
    support: full
    description: Says what would change and changes nothing.
  diff_mode:
    support: full
    description: Shows the cluster before and after.
"""

EXAMPLES = r"""
- name: A shop that runs
  lct.linode.linode_cluster:
    name: shop
    plan: plans/shop.yaml
    set: { web_count: 4 }
  register: shop

- name: The same on the local emulator
  lct.linode.linode_cluster:
    name: shop
    plan: plans/shop.yaml
    executable: [linodetool, --emulator]

- name: Off for the night
  lct.linode.linode_cluster: { name: shop, state: stopped }

- name: Nothing of it left
  lct.linode.linode_cluster: { name: shop, state: absent }
"""

RETURN = r"""
cluster:
  description: The cluster as C(linodetool cluster show) has it afterwards; null where there is none.
  returned: always
  type: dict
  sample: { name: shop, state: started, node_count: 5, nodes: [{ label: web-1, public_ipv4: 203.0.113.7 }] }
commands:
  description: What was called to change something, or would have been in check mode.
  returned: always
  type: list
  elements: list
  sample: [[linodetool, cluster, create, shop, plans/shop.yaml]]
error:
  description: What linodetool said of a failure, with its code, reasons and fixes.
  returned: failure
  type: dict
  sample: { code: LCT4510, what: cluster shop exists and was made from another plan, fix: [] }
"""

import json

from ansible.module_utils.basic import AnsibleModule


class Tool(object):
    """The program; every call gives a document, or ends the module with what was said of the failure."""

    def __init__(self, module):
        self.module = module
        self.words = list(module.params["executable"])
        if module.params["profile"]:
            self.words += ["--profile", module.params["profile"]]
        self.environment = dict((name, str(value)) for name, value in module.params["environment"].items())
        self.changes = []

    def ask(self, *words):
        command = self.words + ["-o", "json", "-q", "--no-input"] + list(words)
        code, out, err = self.module.run_command(command, environ_update=self.environment, handle_exceptions=False)
        if code == 0:
            return json.loads(out) if out.strip() else None
        error = self.error_in(err) or {"what": (err or out).strip() or "it said nothing"}
        self.module.fail_json(
            msg="linodetool %s ended with %d: %s%s" % (
                " ".join(words[:2]), code, "%s: " % error["code"] if error.get("code") else "", error["what"]),
            error=error, rc=code, commands=self.changes)

    def change(self, *words):
        """A call that changes something. In check mode it is asked to change nothing, where it could be that the verb is not there at all."""
        self.changes.append(["linodetool"] + list(words))
        if not self.module.check_mode:
            self.ask(*(words + ("--yes", "--progress", "none")))
        elif words[1] in ("apply", "scale"):
            self.ask(*(words + ("--dry-run",)))

    @staticmethod
    def error_in(text):
        for line in reversed(text.splitlines()):
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict) and "error" in found:
                return found["error"]
        return None

    def find(self, name):
        """The cluster of exactly that name: the tool itself would take part of one."""
        if not any(one["name"] == name for one in self.ask("cluster", "list")):
            return None
        return self.ask("cluster", "show", name)


def picture(cluster):
    """What a difference shows of a cluster."""
    if cluster is None:
        return {"state": "absent"}
    groups = {}
    for node in cluster.get("nodes") or []:
        key = "%s/%s" % (node["region"], node["group"])
        groups[key] = groups.get(key, 0) + 1
    return {"state": cluster["state"], "nodes": groups}


def planned(preview):
    return dict(("%s/%s" % (group["region"], group["group"]), group["count"]) for group in preview["plan"]["groups"])


def bring(tool, params, cluster):
    """Makes it as its plan says; gives back what a difference is to expect of it."""
    name, expected = params["name"], picture(cluster)
    if params["plan"]:
        variables = [word for key, value in sorted(params["set"].items()) for word in ("--set", "%s=%s" % (key, value))]
        allowed = ["--%s" % word for word in ("prune", "rebuild") if params[word]]
        preview = tool.ask("cluster", "plan", name, params["plan"], *(variables + allowed))
        if preview.get("apply"):
            # What nobody has allowed to lose stays, and is no change.
            if any(change["does"] != "held" for change in preview["apply"]["changes"]):
                expected = {"state": "started", "nodes": planned(preview["apply"])}
                tool.change("cluster", "apply", name, params["plan"], *(variables + allowed))
        elif preview["situation"] != "finished":
            expected = {"state": "started", "nodes": planned(preview)}
            tool.change("cluster", "create", name, params["plan"], *variables)
    elif cluster is None:
        tool.module.fail_json(msg="there is no cluster %s, and no plan to make it from" % name, commands=[])
    return expected


def scale(tool, params, cluster, expected):
    wanted = params["scale"]
    there = {}
    for node in (cluster or {}).get("nodes") or []:
        there[node["group"]] = there.get(node["group"], 0) + 1
    differing = sorted(group for group in wanted if int(wanted[group]) != there.get(group, 0))
    if differing:
        tool.change("cluster", "scale", params["name"], *["%s=%d" % (group, int(wanted[group])) for group in differing])
        expected = dict(expected, scale=dict((group, int(wanted[group])) for group in differing))
    return expected


def power(tool, name, state, expected):
    """Starts or stops it where it is not as wanted; right after it was made it runs."""
    if expected["state"] != state:
        tool.change("cluster", "start" if state == "started" else "stop", name)
        expected = dict(expected, state=state)
    return expected


def run(module):
    params = module.params
    name, state = params["name"], params["state"]
    tool = Tool(module)
    before = cluster = tool.find(name)
    expected = picture(cluster)
    if state == "absent":
        if cluster is not None:
            tool.change("cluster", "delete", name, *(["--keep-volumes"] if params["keep_volumes"] else []))
            expected = picture(None)
    else:
        if state == "stopped":
            if cluster is None:
                module.fail_json(msg="there is no cluster %s to be stopped" % name, commands=[])
        else:
            expected = bring(tool, params, cluster)
        if params["scale"]:
            expected = scale(tool, params, cluster if module.check_mode else tool.find(name), expected)
        if state != "present":
            expected = power(tool, name, state, expected)
    changed = bool(tool.changes)
    after = cluster if module.check_mode or not changed else tool.find(name)
    shown = expected if module.check_mode else picture(after)
    module.exit_json(
        changed=changed, cluster=after, commands=tool.changes,
        diff={"before": pretty(name, picture(before)), "after": pretty(name, shown)})


def pretty(name, shown):
    return json.dumps({name: shown}, indent=2, sort_keys=True) + "\n"


def main():
    module = AnsibleModule(
        argument_spec=dict(
            name=dict(type="str", required=True),
            state=dict(type="str", choices=["present", "started", "stopped", "absent"], default="started"),
            plan=dict(type="path"),
            set=dict(type="dict", default={}),
            scale=dict(type="dict", default={}),
            prune=dict(type="bool", default=False),
            rebuild=dict(type="bool", default=False),
            keep_volumes=dict(type="bool", default=False),
            profile=dict(type="str"),
            executable=dict(type="list", elements="str", default=["linodetool"]),
            environment=dict(type="dict", default={}),
        ),
        supports_check_mode=True,
    )
    try:
        run(module)
    except OSError as missing:
        module.fail_json(msg="%s cannot be run: %s" % (module.params["executable"][0], missing))


if __name__ == "__main__":
    main()
