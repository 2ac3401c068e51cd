/**
 * MLflow: a run's settings, measures, results, pictures and model, told to a tracking server by its
 * REST API or written into a folder as MLflow's own file store lays it out.
 *
 * <p>Without MLflow's client: {@code mlflow-client} is 8.6 MB of shaded dependencies for half a
 * dozen calls of JSON over HTTP that the JDK makes, knows servers alone, and would bring its own
 * retries of minutes into a job that tracking must not slow. The calls are those of MLflow's REST
 * API 2.0, which its versions 1 to 3 serve.
 *
 * <p>May use {@code track}, {@code kinds}, and Jackson.
 */
package org.sparkvae.job.track.mlflow;
