"""What sparkvae.py takes of PySpark, as PySpark 3.5 has it, over Java objects that are played."""

import functools


def keyword_only(method):
    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        if args:
            raise TypeError("Method %s only takes keyword arguments." % method.__name__)
        self._input_kwargs = kwargs
        return method(self, **kwargs)

    return wrapper


class JavaObject:
    """An object of a class on the JVM: its Params that are set, and what was asked of it."""

    def __init__(self, name, uid="java", params=None):
        self.name = name
        self._uid = uid
        self.params = dict(params or {})
        self.calls = []

    def uid(self):
        return self._uid

    def fit(self, dataset):
        self.calls.append(["fit", dataset])
        return JavaObject(self.name.replace("Estimator", "Model"), self._uid, self.params)

    def transform(self, dataset):
        self.calls.append(["transform", dataset])
        return "%s of %s" % (self.name, dataset)

    def evaluate(self, dataset):
        self.calls.append(["evaluate", dataset])
        return -1.5

    def isLargerBetter(self):
        return True

    def save(self, path):
        JavaObject.stored[path] = self


JavaObject.stored = {}


class _JavaPackage:
    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        return _JavaPackage(self._name + "." + name if self._name else name)

    def fromRun(self, uri):
        return JavaObject(self._name, "of " + uri, {"latentDim": 7})


class SparkContext:
    class _Active:
        _jvm = _JavaPackage("")

    _active_spark_context = _Active()
