/**
 * HOCON to settings and back: every key checked, every error naming its key, file and line; the
 * configurations of stored runs compared; the documentation of all settings.
 *
 * <p>May use {@code settings}, {@code kinds}, the model's specs in {@code bound}, {@code dl4j} and
 * {@code likelihood}, Typesafe Config, and Hadoop's FileSystem for a settings file that is not
 * local; nothing of Spark.
 */
package org.sparkvae.job.settings.reading;
