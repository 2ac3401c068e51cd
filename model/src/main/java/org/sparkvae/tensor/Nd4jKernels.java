package org.sparkvae.tensor;

/** placeholder. */
abstract class Nd4jKernels implements Kernels {}
