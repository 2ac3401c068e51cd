"""spark-vae's estimator and model of images in PySpark.

The job's jar is the module's archive as well:

    spark-submit --jars spark-vae-job.jar --py-files spark-vae-job.jar program.py

    from sparkvae import VaeEstimator

    model = VaeEstimator(featuresCol="features", latentDim=20, epochs=5).fit(images)
    model.transform(images).select("latent", "logLikelihood", "reliable")

What Params mean, `VaeEstimator().explainParams()` tells. To read a Pipeline that holds these stages, import this module
first.
"""

import functools
import inspect
import sys

from pyspark import SparkContext, keyword_only
from pyspark.ml.evaluation import JavaEvaluator
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel

__all__ = ["VaeEstimator", "VaeModel", "LogLikelihoodEvaluator"]

_JAVA = "org.sparkvae.job.ml"

# PySpark looks for the class of a stage of a stored Pipeline in a module of its Java package's name.
sys.modules.setdefault(_JAVA, sys.modules[__name__])


def _param(name, doc, converter):
    return Param(Params._dummy(), name, doc, typeConverter=converter)


def _accessors(settable=()):
    """Gives a class getX for each of its own Params X, and classes with `settable` a setX for theirs."""

    def add(cls):
        def getter(name):
            return lambda self: self.getOrDefault(name)

        def setter(name):
            return lambda self, value: self._set(**{name: value})

        for name in [name for name, value in vars(cls).items() if isinstance(value, Param)]:
            setattr(cls, "get" + name[0].upper() + name[1:], getter(name))
        for name in settable:
            setattr(cls, "set" + name[0].upper() + name[1:], setter(name))
        return cls

    return add


def _with_keywords_of(constructor):
    """Makes a method of what is given by name into one that takes the names of a constructor."""

    def add(method):
        @functools.wraps(constructor.__wrapped__)
        def named(self, *args, **given):
            inspect.signature(constructor).bind(self, *args, **given)
            return method(self, given)

        named.__name__, named.__qualname__, named.__doc__ = method.__name__, method.__qualname__, method.__doc__
        return named

    return add


_TRANSFORM_DEFAULTS = {
    "featuresCol": "features",
    "inputScale": "0..255",
    "latentCol": "latent",
    "logLikelihoodCol": "logLikelihood",
    "standardErrorCol": "standardError",
    "reliableCol": "reliable",
    "reconstructionCol": "",
    "samples": 500,
}

_FIT_DEFAULTS = {
    "idCol": "",
    "imageWidth": 0,
    "imageHeight": 0,
    "imageChannels": 1,
    "binarisation": "dynamic",
    "latentDim": 50,
    "hidden": [200, 200],
    "epochs": 20,
    "batchSize": 100,
    "learningRate": 1e-3,
    "shards": 0,
    "seed": 1,
    "settings": "",
    "checkpointDirectory": "",
}


@_accessors(settable=_TRANSFORM_DEFAULTS)
class _TransformParams(Params):
    """What `transform` goes by."""

    featuresCol = _param(
        "featuresCol", "column of images: image structs, vectors or arrays", TypeConverters.toString
    )
    inputScale = _param(
        "inputScale", "range of the numbers in featuresCol: 0..255, 0..1 or -1..1", TypeConverters.toString
    )
    latentCol = _param("latentCol", 'column of posterior means, vectors; "" for none', TypeConverters.toString)
    logLikelihoodCol = _param(
        "logLikelihoodCol",
        'column of estimates of log p(x), nats, each a lower bound in expectation; "" for none',
        TypeConverters.toString,
    )
    standardErrorCol = _param(
        "standardErrorCol", 'column of the estimates\' standard errors, nats; "" for none', TypeConverters.toString
    )
    reliableCol = _param(
        "reliableCol",
        'column that says whether estimate and error can be trusted; "" for none',
        TypeConverters.toString,
    )
    reconstructionCol = _param(
        "reconstructionCol",
        'column of mean images of the latent means, vectors on inputScale; "" for none',
        TypeConverters.toString,
    )
    samples = _param(
        "samples", "importance samples of log p(x) of an image; 0 for no log p(x)", TypeConverters.toInt
    )

    def __init__(self, *args):
        super().__init__(*args)
        self._setDefault(**_TRANSFORM_DEFAULTS)


@_accessors()
class _FitParams(Params):
    """What `fit` goes by."""

    idCol = _param(
        "idCol", 'column of unique ids by which images are ordered; "" for as they come', TypeConverters.toString
    )
    imageWidth = _param("imageWidth", "pixels in a row of flat arrays; 0 for one row of all", TypeConverters.toInt)
    imageHeight = _param("imageHeight", "rows of pixels of flat arrays; 0 for one row", TypeConverters.toInt)
    imageChannels = _param(
        "imageChannels", "values of a pixel of arrays, innermost: 1 or 3", TypeConverters.toInt
    )
    binarisation = _param(
        "binarisation",
        "how intensities become what the model sees: dynamic, static, threshold or none",
        TypeConverters.toString,
    )
    latentDim = _param("latentDim", "dimensions of the latent code", TypeConverters.toInt)
    hidden = _param(
        "hidden",
        "widths of the encoder's hidden layers, from the image on; the decoder's in reverse",
        TypeConverters.toListInt,
    )
    epochs = _param("epochs", "passes over the training images", TypeConverters.toInt)
    batchSize = _param("batchSize", "images in a minibatch of each shard", TypeConverters.toInt)
    learningRate = _param(
        "learningRate", "step size, for the mean objective of an image", TypeConverters.toFloat
    )
    shards = _param(
        "shards", "shards that train in parallel; 0 for one for each task slot", TypeConverters.toInt
    )
    seed = _param("seed", "seed of all randomness", TypeConverters.toInt)
    settings = _param(
        "settings", "more settings of the job, HOCON, such as model.prior = vampprior", TypeConverters.toString
    )
    checkpointDirectory = _param(
        "checkpointDirectory",
        'run directory that fit resumes and leaves, any Hadoop URI; "" for none',
        TypeConverters.toString,
    )

    def __init__(self, *args):
        super().__init__(*args)
        self._setDefault(**_FIT_DEFAULTS)


class _Reader(JavaMLReader):
    """Finds the Java class of a Python class of this module."""

    @classmethod
    def _java_loader_class(cls, clazz):
        return _JAVA + "." + clazz.__name__


class _Stored(JavaMLReadable, JavaMLWritable):
    """What is saved and loaded by its Java class, of which PySpark knows only its own by itself."""

    @classmethod
    def read(cls):
        return _Reader(cls)

    @classmethod
    def _from_java(cls, java_object):
        instance = cls()
        instance._java_obj = java_object
        instance._resetUid(java_object.uid())
        instance._transfer_params_from_java()
        return instance


@_accessors(settable=_FIT_DEFAULTS)
class VaeEstimator(_Stored, JavaEstimator, _TransformParams, _FitParams):
    """Trains a model of images on a column of a Dataset, in shards whose parameters are averaged."""

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol="features",
        inputScale="0..255",
        latentCol="latent",
        logLikelihoodCol="logLikelihood",
        standardErrorCol="standardError",
        reliableCol="reliable",
        reconstructionCol="",
        samples=500,
        idCol="",
        imageWidth=0,
        imageHeight=0,
        imageChannels=1,
        binarisation="dynamic",
        latentDim=50,
        hidden=(200, 200),
        epochs=20,
        batchSize=100,
        learningRate=1e-3,
        shards=0,
        seed=1,
        settings="",
        checkpointDirectory="",
    ):
        super().__init__()
        self._java_obj = self._new_java_obj(_JAVA + ".VaeEstimator", self.uid)
        self._set(**self._input_kwargs)

    @_with_keywords_of(__init__)
    def setParams(self, given):
        """Sets the Params that are given."""
        return self._set(**given)

    def _create_model(self, java_model):
        return VaeModel._from_java(java_model)


class VaeModel(_Stored, JavaModel, _TransformParams, _FitParams):
    """A trained model of images, which adds latent means, log p(x) and reconstructions to a Dataset."""

    @classmethod
    def fromRun(cls, uri):
        """The model of a run directory of the job, any Hadoop URI."""
        java_package = SparkContext._active_spark_context._jvm
        for name in _JAVA.split("."):
            java_package = getattr(java_package, name)
        return cls._from_java(java_package.VaeModel.fromRun(uri))


@_accessors(settable=["logLikelihoodCol"])
class LogLikelihoodEvaluator(_Stored, JavaEvaluator):
    """The mean of the estimates of log p(x), nats: larger is better."""

    logLikelihoodCol = _param("logLikelihoodCol", "column of estimates of log p(x), nats", TypeConverters.toString)

    @keyword_only
    def __init__(self, *, logLikelihoodCol="logLikelihood"):
        super().__init__()
        self._java_obj = self._new_java_obj(_JAVA + ".LogLikelihoodEvaluator", self.uid)
        self._setDefault(logLikelihoodCol="logLikelihood")
        self._set(**self._input_kwargs)
