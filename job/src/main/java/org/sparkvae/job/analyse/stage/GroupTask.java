package org.sparkvae.job.analyse.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.analyse.Subject;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.apply.stage.Seeing;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.vae.ImageModel;
import scala.Tuple2;

/** Works on a group of images on an executor, and tells the driver its rows. */
final class GroupTask implements VoidFunction<Iterable<Tuple2<Long, ImageBlock>>> {
  private static final long serialVersionUID = 1L;

  private final ImageModel spec;
  private final Broadcast<float[]> parameters;
  private final long seed;
  private final Broadcast<Seeing> seeing;
  private final Subject.Work work;
  private final CollectionAccumulator<Row> rows;

  GroupTask(
      AppliedModel model,
      Broadcast<float[]> parameters,
      Broadcast<Seeing> seeing,
      Subject.Work work,
      CollectionAccumulator<Row> rows) {
    this.spec = model.spec();
    this.parameters = parameters;
    this.seed = model.seed();
    this.seeing = seeing;
    this.work = work;
    this.rows = rows;
  }

  @Override
  public void call(Iterable<Tuple2<Long, ImageBlock>> group) {
    ComputeNode.bind();
    List<Tuple2<Long, ImageBlock>> sorted = new ArrayList<>();
    group.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Tuple2::_1));
    List<SeenImage> images = sorted.stream().map(image -> seeing.value().of(image._2())).toList();
    ModelHere model = new ModelHere(spec, Nd4j.createFromArray(parameters.value()), seed);
    work.rows(model, images).forEach(rows::add);
  }
}
