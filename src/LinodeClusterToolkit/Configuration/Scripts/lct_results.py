"""Tells the toolkit what became of each host: one JSON object a line, in the file that LCT_RESULTS names.

Ansible hands callbacks results that are censored where a task says no_log; nothing here looks past that.
"""
import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: lct_results
type: notification
short_description: Results for the Linode Cluster Toolkit
description: [Writes what became of each host as lines of JSON.]
"""

# Enough to see what is wrong; the whole of it is in the output.
MOST = 2000


def text(value):
    if value is None:
        return ''
    return (value if isinstance(value, str) else json.dumps(value, default=str))[-MOST:]


def failed_item(result):
    """A loop fails by one of its items, and gathering facts by one of the modules that do it; only that one says why."""
    modules = result.get('failed_modules')
    for item in list(result.get('results') or []) + list(modules.values() if isinstance(modules, dict) else []):
        if isinstance(item, dict) and (item.get('failed') or item.get('unreachable')):
            return item
    return result


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'notification'
    CALLBACK_NAME = 'lct_results'
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.lines = open(os.environ['LCT_RESULTS'], 'a', encoding='utf-8', errors='replace')

    def tell(self, event, **more):
        self.lines.write(json.dumps(dict(event=event, **more), default=str) + '\n')
        self.lines.flush()

    def result(self, state, result):
        found = result._result if isinstance(result._result, dict) else {}
        told = dict(host=result._host.get_name(), state=state, task=result._task.get_name().strip())
        if state in ('failed', 'ignored', 'unreachable'):
            item = failed_item(found)
            errors = [item.get(name) for name in ('stderr', 'module_stderr', 'stdout', 'module_stdout')]
            told.update(
                message=text(item.get('msg') or item.get('censored') or found.get('censored')),
                detail=text(next((error for error in errors if error), '')), code=item.get('rc') if isinstance(item.get('rc'), int) else None)
        self.tell('result', **told)

    def v2_playbook_on_task_start(self, task, is_conditional):
        self.tell('task', task=task.get_name().strip())

    def v2_playbook_on_handler_task_start(self, task):
        self.tell('task', task=task.get_name().strip())

    def v2_runner_on_ok(self, result):
        self.result('changed' if result._result.get('changed') else 'ok', result)

    def v2_runner_on_skipped(self, result):
        self.result('skipped', result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.result('ignored' if ignore_errors else 'failed', result)

    def v2_runner_on_unreachable(self, result):
        self.result('ignored' if getattr(result._task, 'ignore_unreachable', False) else 'unreachable', result)

    def v2_playbook_on_no_hosts_remaining(self):
        self.tell('nobody-left')

    def v2_playbook_on_stats(self, stats):
        self.tell('recap', hosts=dict((host, stats.summarize(host)) for host in stats.processed))
