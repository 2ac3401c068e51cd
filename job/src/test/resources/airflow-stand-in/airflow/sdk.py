"""DAG, Param and operators that keep what they are given."""


class Param:
    def __init__(self, default=None, description=None, **schema):
        self.default = default
        self.schema = schema


class DAG:
    current = None

    def __init__(
        self,
        dag_id,
        *,
        description=None,
        schedule=None,
        start_date=None,
        catchup=False,
        max_active_runs=16,
        default_args=None,
        params=None,
        tags=None,
        doc_md=None,
    ):
        self.dag_id = dag_id
        self.schedule = schedule
        self.start_date = start_date
        self.catchup = catchup
        self.max_active_runs = max_active_runs
        self.default_args = default_args or {}
        self.params = params or {}
        self.doc_md = doc_md
        self.tasks = []

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *failure):
        DAG.current = None


class BaseOperator:
    def __init__(self, *, task_id, retries=None, retry_delay=None):
        self.task_id = task_id
        self.retries = DAG.current.default_args.get("retries") if retries is None else retries
        self.upstream = []
        DAG.current.tasks.append(self)

    def __rshift__(self, other):
        other.upstream.append(self.task_id)
        return other
