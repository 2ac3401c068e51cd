from pyspark import JavaObject


class JavaMLReader:
    def __init__(self, clazz):
        self._clazz = clazz
        self._java_class = self._java_loader_class(clazz)

    @classmethod
    def _java_loader_class(cls, clazz):
        return clazz.__module__.replace("pyspark", "org.apache.spark") + "." + clazz.__name__

    def load(self, path):
        java_object = JavaObject.stored[path]
        if java_object.name != self._java_class:
            raise AssertionError("%s, not %s" % (java_object.name, self._java_class))
        return self._clazz._from_java(java_object)


class JavaMLReadable:
    @classmethod
    def read(cls):
        return JavaMLReader(cls)

    @classmethod
    def load(cls, path):
        return cls.read().load(path)


class JavaMLWritable:
    def save(self, path):
        self._transfer_params_to_java()
        self._java_obj.save(path)
