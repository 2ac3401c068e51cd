"""Prints what the Python face declares, and what it asks of Java, as JSON."""

import json

from pyspark import JavaObject
from pyspark.ml.wrapper import JavaParams

import sparkvae


def declared(instance):
    return {
        param.name: {"doc": param.doc, "default": instance._defaultParamMap.get(param.name)}
        for param in instance.params
    }


def java(instance):
    return {"class": instance._java_obj.name, "uid": instance._java_obj.uid(), "params": instance._java_obj.params}


def refused(action):
    try:
        action()
    except TypeError as error:
        return str(error)
    return None


vae = sparkvae.VaeEstimator(latentDim=3, hidden=[8, 4], seed=5, settings="model.prior = vampprior")
vae.setEpochs(2).setSamples(0).setParams(learningRate=0.01)
model = vae.fit("images")
transformed = model.setReconstructionCol("image").transform("others")
vae.save("estimator")
model.save("model")
evaluator = sparkvae.LogLikelihoodEvaluator(logLikelihoodCol="bound")
mean = evaluator.evaluate("scored")
evaluator.save("evaluator")
print(
    json.dumps(
        {
            "VaeEstimator": declared(sparkvae.VaeEstimator()),
            "VaeModel": declared(sparkvae.VaeModel()),
            "LogLikelihoodEvaluator": declared(sparkvae.LogLikelihoodEvaluator()),
            "constructor": sparkvae.VaeEstimator.__init__.__kwdefaults__
            or sparkvae.VaeEstimator.__init__.__wrapped__.__kwdefaults__,
            "setParams": sparkvae.VaeEstimator.setParams.__wrapped__.__kwdefaults__,
            "estimator": java(vae),
            "model": java(model),
            "model_uid": [vae.uid, model.uid],
            "calls": vae._java_obj.calls + model._java_obj.calls + evaluator._java_obj.calls,
            "transformed": transformed,
            "loaded": [
                [type(one).__name__, one.uid, one.getOrDefault(name)]
                for one, name in [
                    (sparkvae.VaeEstimator.load("estimator"), "latentDim"),
                    (sparkvae.VaeModel.load("model"), "reconstructionCol"),
                    (sparkvae.LogLikelihoodEvaluator.load("evaluator"), "logLikelihoodCol"),
                    (JavaParams._from_java(JavaObject.stored["model"]), "hidden"),
                    (sparkvae.VaeModel.fromRun("hdfs:///runs/mnist"), "latentDim"),
                ]
            ],
            "getters": [vae.getEpochs(), vae.getHidden(), model.getLatentDim(), evaluator.getLogLikelihoodCol()],
            "mean": mean,
            "larger": evaluator.isLargerBetter(),
            "model_sets": [hasattr(model, "setLatentCol"), hasattr(model, "setEpochs")],
            "refused": [
                refused(lambda: sparkvae.VaeEstimator("features")),
                refused(lambda: sparkvae.VaeEstimator(latentDims=3)),
                refused(lambda: sparkvae.VaeEstimator(latentDim="many")),
                refused(lambda: vae.setParams("features")),
                refused(lambda: vae.setParams(latentDims=3)),
            ],
        },
        sort_keys=True,
    )
)
