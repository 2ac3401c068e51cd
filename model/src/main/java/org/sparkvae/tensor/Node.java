package org.sparkvae.tensor;

/** What operations read and write. */
public sealed interface Node extends Argument permits Matrix, Rows {}
