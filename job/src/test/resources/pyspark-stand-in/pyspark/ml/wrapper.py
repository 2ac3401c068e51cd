from pyspark import JavaObject
from pyspark.ml.param import Params


class JavaWrapper:
    def __init__(self, java_obj=None):
        super().__init__()
        self._java_obj = java_obj

    @staticmethod
    def _new_java_obj(name, *args):
        return JavaObject(name, *args)


class JavaParams(JavaWrapper, Params):
    def _transfer_params_to_java(self):
        self._java_obj.params = dict(self._paramMap)

    def _transfer_params_from_java(self):
        for name, value in self._java_obj.params.items():
            if self.hasParam(name):
                self._set(**{name: value})

    def _create_params_from_java(self):
        for name in self._java_obj.params:
            if not self.hasParam(name):
                raise AssertionError("the Python class has no Param " + name)

    @staticmethod
    def _from_java(java_stage):
        name = java_stage.name.replace("org.apache.spark", "pyspark")
        module, simple = name.rsplit(".", 1)
        py_type = getattr(__import__(module, fromlist=[simple]), simple)
        stage = py_type()
        stage._java_obj = java_stage
        if issubclass(py_type, JavaModel):
            stage._create_params_from_java()
        stage._resetUid(java_stage.uid())
        stage._transfer_params_from_java()
        return stage


class JavaEstimator(JavaParams):
    def fit(self, dataset):
        self._transfer_params_to_java()
        model = self._create_model(self._java_obj.fit(dataset))
        for name, value in self._paramMap.items():
            if model.hasParam(name):
                model._set(**{name: value})
        return model


class JavaModel(JavaParams):
    def __init__(self, java_model=None):
        super().__init__(java_model)
        if java_model is not None:
            self._create_params_from_java()
            self._resetUid(java_model.uid())

    def transform(self, dataset):
        self._transfer_params_to_java()
        return self._java_obj.transform(dataset)
