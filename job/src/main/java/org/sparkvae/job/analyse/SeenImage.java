package org.sparkvae.job.analyse;

/**
 * A test image as the model sees it.
 *
 * @param id unique in the set
 * @param label -1 for none
 * @param labelName what the label stands for; null where it is a number
 * @param idText the id as the source gives it; null where that is a number
 * @param path where it lies; null where the source gives none
 * @param values [values], in [0, 1], not a copy
 */
public record SeenImage(
    long id, int label, String labelName, String idText, String path, float[] values) {}
