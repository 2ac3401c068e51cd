package org.sparkvae.tensor;

/** What a formula may be applied to. */
public sealed interface Argument permits Node, Parameter, ColumnRange {}
