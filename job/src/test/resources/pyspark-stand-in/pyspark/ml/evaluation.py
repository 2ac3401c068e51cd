from pyspark.ml.wrapper import JavaParams


class JavaEvaluator(JavaParams):
    def evaluate(self, dataset):
        self._transfer_params_to_java()
        return self._java_obj.evaluate(dataset)

    def isLargerBetter(self):
        self._transfer_params_to_java()
        return self._java_obj.isLargerBetter()
