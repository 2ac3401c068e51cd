package org.sparkvae.distribution;

/** A distribution that can be drawn from and that can tell the density of any value. */
public interface Scorable extends Samplable, Distribution {}
