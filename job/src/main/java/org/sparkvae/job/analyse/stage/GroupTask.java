package org.sparkvae.job.analyse.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.analyse.ModelHere;
import org.sparkvae.job.analyse.SeenImage;
import org.sparkvae.job.analyse.Subject;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.vae.ImageModel;
import scala.Tuple2;

/** Works on a group of images on an executor, and tells the driver its rows. */
final class GroupTask implements VoidFunction<Iterable<Tuple2<Long, ImageBlock>>> {
  private static final long serialVersionUID = 1L;

  /** Test images are binarised once, with the key of no epoch of training. */
  private static final long EPOCH = 0;

  private final ImageModel spec;
  private final Broadcast<float[]> parameters;
  private final long seed;
  private final Binariser binariser;
  private final Map<Integer, String> labelNames;
  private final Subject.Work work;
  private final CollectionAccumulator<Row> rows;

  GroupTask(
      AnalysedModel model,
      Broadcast<float[]> parameters,
      Map<Integer, String> labelNames,
      Subject.Work work,
      CollectionAccumulator<Row> rows) {
    this.spec = model.spec();
    this.parameters = parameters;
    this.seed = model.seed();
    this.binariser = model.binariser();
    this.labelNames = labelNames;
    this.work = work;
    this.rows = rows;
  }

  @Override
  public void call(Iterable<Tuple2<Long, ImageBlock>> group) {
    ComputeNode.bind();
    List<Tuple2<Long, ImageBlock>> sorted = new ArrayList<>();
    group.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Tuple2::_1));
    List<SeenImage> images = sorted.stream().map(image -> seen(image._2())).toList();
    ModelHere model = new ModelHere(spec, Nd4j.createFromArray(parameters.value()), seed);
    work.rows(model, images).forEach(rows::add);
  }

  private SeenImage seen(ImageBlock image) {
    float[] values = new float[spec.x().values()];
    binariser.write(image, 0, EPOCH, values, 0);
    int label = image.labels()[0];
    return new SeenImage(
        image.ids()[0],
        label,
        labelNames.get(label),
        image.name(0).idText(),
        image.name(0).path(),
        values);
  }
}
