"""Prints a DAG, and what its tasks submit where {{ ds }} and the parameters stand for their values, as JSON."""

import json
import re
import sys

import spark_vae

TEMPLATE = re.compile(r"{{ ([a-z_.]+) }}")


def rendered(value, values):
    if isinstance(value, str):
        return TEMPLATE.sub(lambda found: str(values[found.group(1)]), value)
    if isinstance(value, list):
        return [rendered(element, values) for element in value]
    if isinstance(value, dict):
        return {key: rendered(element, values) for key, element in value.items()}
    return value


dag = spark_vae.dag
values = {"params." + name: param.default for name, param in dag.params.items()}
values["ds"] = sys.argv[1]
tasks = []
for task in dag.tasks:
    fields = {
        name: rendered(value, values) if name in task.template_fields else value for name, value in task.given.items()
    }
    tasks.append({"id": task.task_id, "upstream": task.upstream, "retries": task.retries, "submits": fields})
print(
    json.dumps(
        {"id": dag.dag_id, "catchup": dag.catchup, "max_active_runs": dag.max_active_runs, "tasks": tasks}, sort_keys=True
    )
)
