/**
 * The command: reads the settings, runs the pipeline, and turns every failure into one line.
 *
 * <p>May use {@code train}, {@code train.rounds} and {@code train.weights} for what training takes,
 * {@code analyse} and {@code analyse.stage}, {@code apply} and {@code apply.stage}, {@code
 * evaluate}, {@code evaluate.table}, {@code evaluate.summary} and {@code evaluate.scoring}, {@code
 * report.console}, {@code report.drawing}, {@code report.html}, {@code report.pictures} and {@code
 * report.summary}, {@code track.run}, {@code places}, {@code scheduling}, {@code checkpoint},
 * {@code compute}, {@code data}, {@code data.images}, {@code data.shards}, {@code data.source},
 * {@code data.faults}, {@code settings}, {@code settings.reading}, {@code table}, and of the model
 * {@code curvature}, {@code codec}, {@code dl4j}, {@code vae}, {@code annealing}, {@code bound},
 * {@code estimator}, {@code evaluation}, {@code importance}, {@code kinds}, {@code likelihood},
 * {@code network}, {@code proposal}, {@code step}, {@code task}, {@code noise} and {@code
 * tensor.kernels}.
 */
package org.sparkvae.job;
