import copy


class Param:
    def __init__(self, parent, name, doc, typeConverter=None):
        self.parent = parent
        self.name = name
        self.doc = doc
        self.typeConverter = typeConverter


class TypeConverters:
    @staticmethod
    def toString(value):
        if isinstance(value, str):
            return value
        raise TypeError("Could not convert %s to string type" % type(value))

    @staticmethod
    def toInt(value):
        if isinstance(value, int) or isinstance(value, float) and value.is_integer():
            return int(value)
        raise TypeError("Could not convert %s to int" % value)

    @staticmethod
    def toFloat(value):
        return float(value)

    @staticmethod
    def toListInt(value):
        return [TypeConverters.toInt(one) for one in value]


class Params:
    _uids = 0

    def __init__(self):
        super().__init__()
        Params._uids += 1
        self.uid = "%s_%d" % (type(self).__name__, Params._uids)
        self._paramMap = {}
        self._defaultParamMap = {}
        self._params = None
        self._copy_params()

    @staticmethod
    def _dummy():
        return "undefined"

    def _copy_params(self):
        for name in dir(type(self)):
            param = getattr(type(self), name)
            if isinstance(param, Param):
                own = copy.copy(param)
                own.parent = self.uid
                setattr(self, name, own)

    @property
    def params(self):
        return [getattr(self, name) for name in dir(type(self)) if isinstance(getattr(type(self), name), Param)]

    def hasParam(self, name):
        return isinstance(getattr(self, name, None), Param)

    def isSet(self, name):
        return name in self._paramMap

    def getOrDefault(self, name):
        return self._paramMap[name] if name in self._paramMap else self._defaultParamMap[name]

    def _set(self, **kwargs):
        for name, value in kwargs.items():
            param = getattr(self, name)
            if value is not None:
                self._paramMap[name] = param.typeConverter(value)
        return self

    def _setDefault(self, **kwargs):
        for name, value in kwargs.items():
            self._defaultParamMap[name] = getattr(self, name).typeConverter(value)
        return self

    def _resetUid(self, uid):
        self.uid = uid
        for param in self.params:
            param.parent = uid
        return self
