package org.sparkvae.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.codec.CodeMixture;
import org.sparkvae.codec.Codec;
import org.sparkvae.codec.ImageCode;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.data.ChosenImages;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.FirstImages;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.table.EvaluationRows;
import org.sparkvae.job.report.pictures.CodesAndMixture;
import org.sparkvae.job.report.pictures.DecodedPlane;
import org.sparkvae.job.report.pictures.Extremes;
import org.sparkvae.job.report.pictures.GradientVariance;
import org.sparkvae.job.report.pictures.ImageSheet;
import org.sparkvae.job.report.pictures.LatentMeans;
import org.sparkvae.job.report.pictures.Layers;
import org.sparkvae.job.report.pictures.MostProbable;
import org.sparkvae.job.report.pictures.Picture;
import org.sparkvae.job.report.pictures.Reconstructions;
import org.sparkvae.job.report.pictures.ScoredImage;
import org.sparkvae.job.report.pictures.TrainingCurve;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.train.TrainedVae;
import org.sparkvae.likelihood.Support;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/** Draws a run's pictures into the directory of its evaluation. */
final class Gallery {
  private static final int PAIRS = 20;
  private static final int SAMPLES = 100;
  private static final String SAMPLES_PICTURE = "samples.png";
  private static final int EXTREMES = 20;
  private static final int MANIFOLD_SIDE = 20;
  private static final int LAYER_ROWS = 4;
  private static final int MOST_POINTS = 10_000;

  /** Values of all images whose codes become points: the driver holds them. */
  private static final int MOST_VALUES = 1 << 28;

  /** Estimates that are not known to be reliable or not are not marked. */
  private static final Column UNRELIABLE = coalesce(not(col("reliable")), lit(false));

  private final JobSettings settings;
  private final EvaluationDirectory directory;
  private final TrainedVae trained;
  private final ImageModel spec;
  private final Codec codec;

  Gallery(JobSettings settings, EvaluationDirectory directory, TrainedVae trained) {
    this.settings = settings;
    this.directory = directory;
    this.trained = trained;
    this.spec = VaeNetwork.spec(trained.network());
    this.codec = new Codec(spec, VaeNetwork.parameters(trained.network()));
  }

  /**
   * The pictures that need no evaluation; images are test images, or else held out, or else seen.
   */
  void ofTraining(DataSets data) throws IOException {
    draw(new TrainingCurve(trained.history()));
    if (trained.history().stream().anyMatch(GradientVariance::isMeasured)) {
      draw(new GradientVariance(trained.history()));
    }
    Optional<ImageSet> images = data.test().or(data::validation).or(data::train);
    if (images.isEmpty()) {
      return;
    }
    ImageShape shape = images.get().shape();
    ImageBlock first = FirstImages.of(images.get(), PAIRS);
    Binariser seen = Binariser.of(settings.data(), settings.seed());
    float[][] means = codec.encode(values(first, seen));
    draw(
        new Reconstructions(
            shape, which(data), values(first, new Binariser.Intensity()), codec.decode(means)));
    float[][] samples =
        codec.sample(Noise.key(settings.seed(), Noise.Purpose.PRIOR, 0, 0), SAMPLES);
    String title = "Samples from " + spec.model().sourceOfCodes();
    draw(new ImageSheet(SAMPLES_PICTURE, title, shape, samples));
    if (spec.model().support() == Support.BITS) {
      draw(new MostProbable(shape, Arrays.copyOf(samples, PAIRS)));
    }
    if (codec.variables() > 1) {
      draw(new Layers(shape, layers()));
    }
    if (spec.model().codeLength() == 2) {
      long key = Noise.key(settings.seed(), Noise.Purpose.PRIOR, 0, 1);
      float[][] axes = codec.quantiles(key, MANIFOLD_SIDE);
      float[][] decoded = codec.decode(DecodedPlane.grid(axes));
      List<String> units = List.of("z1", "z2");
      draw(
          new DecodedPlane(
              "manifold.png", "The latent space, decoded", shape, units, axes, decoded));
      Optional<CodeMixture> mixture = CodeMixture.of(spec);
      if (mixture.isPresent()) {
        drawCodes(mixture.get(), data.train().or(() -> images).get());
      }
    }
  }

  private static String which(DataSets data) {
    if (data.test().isPresent()) {
      return "Test images";
    }
    return data.validation().isPresent() ? "Validation images" : "Training images";
  }

  /** Samples that share the uppermost variables: one, two, and so on. */
  private List<float[][]> layers() {
    long[] keys = {
      Noise.key(settings.seed(), Noise.Purpose.PRIOR, 0, 2),
      Noise.key(settings.seed(), Noise.Purpose.PRIOR, 0, 3)
    };
    return IntStream.range(1, codec.variables())
        .mapToObj(kept -> codec.sampleBelow(keys, LAYER_ROWS, Layers.IN_A_ROW, kept))
        .toList();
  }

  /** The codes that the mixture was fitted to, or those of other images, beside its draws. */
  private void drawCodes(CodeMixture mixture, ImageSet images) throws IOException {
    INDArray parameters = VaeNetwork.parameters(trained.network());
    ImageBlock first =
        FirstImages.of(images, Math.min(MOST_POINTS, MOST_VALUES / spec.x().values()));
    Binariser seen = Binariser.of(settings.data(), settings.seed());
    ImageCode code = new ImageCode(spec, parameters);
    float[] values = new float[spec.x().values()];
    float[][] codes = new float[first.size()][];
    for (int i = 0; i < codes.length; i++) {
      seen.write(first, i, 0, values, 0);
      codes[i] = code.of(values);
    }
    long key = Noise.key(settings.seed(), Noise.Purpose.PRIOR, 0, 0);
    float[][] draws = codec.codes(key, codes.length);
    draw(
        new CodesAndMixture(
            codes, first.labels(), images.labelNames(), draws, mixture.read(parameters)));
  }

  /** The pictures of the test images' log p(x). */
  void ofEvaluation(SparkSession spark, ImageSet test) throws IOException {
    Dataset<Row> rows = EvaluationRows.read(spark, List.of(directory.table()));
    Column likelihood = col("log_likelihood");
    draw(LikelihoodSpread.of(rows, test.images(), UNRELIABLE));
    draw(
        new Extremes(
            test.shape(),
            extremes(rows, test, likelihood.asc(), (test.images() + 1) / 2),
            extremes(rows, test, likelihood.desc(), test.images() / 2),
            test.images()));
    if (spec.model().latent() == 2) {
      draw(latentMeans(rows, test.labelNames()));
    }
  }

  /** Of few images none is on both sides, unless there is but one. */
  private List<ScoredImage> extremes(
      Dataset<Row> rows, ImageSet test, Column order, long ofThisSide) {
    List<Row> chosen =
        rows.orderBy(order, col("id"))
            .select(col("id"), col("log_likelihood"), UNRELIABLE)
            .limit((int) Math.max(1, Math.min(EXTREMES, ofThisSide)))
            .collectAsList();
    Map<Long, ImageBlock> images =
        ChosenImages.of(test, chosen.stream().map(row -> row.getLong(0)).toList());
    List<ScoredImage> scored = new ArrayList<>();
    for (Row row : chosen) {
      long id = row.getLong(0);
      ImageBlock image = images.get(id);
      float[][] values = values(image, new Binariser.Intensity());
      scored.add(
          new ScoredImage(
              name(id, image.name(0)), row.getDouble(1), !row.getBoolean(2), values[0]));
    }
    return scored;
  }

  private static String name(long id, ImageName name) {
    return Stream.of(name.idText(), name.path())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("#" + id);
  }

  private static LatentMeans latentMeans(Dataset<Row> rows, Map<Integer, String> labelNames) {
    List<Row> points = rows.select("posterior_mean", "label").limit(MOST_POINTS).collectAsList();
    float[][] means = new float[points.size()][2];
    int[] labels = new int[points.size()];
    for (int i = 0; i < labels.length; i++) {
      List<Float> mean = points.get(i).getList(0);
      means[i] = new float[] {mean.get(0), mean.get(1)};
      labels[i] = points.get(i).isNullAt(1) ? -1 : points.get(i).getInt(1);
    }
    return new LatentMeans(means, labels, labelNames);
  }

  /** An image's values as the model, or a person, sees them: as in evaluation, drawn once. */
  private float[][] values(ImageBlock block, Binariser binariser) {
    float[][] values = new float[block.size()][spec.x().values()];
    for (int i = 0; i < values.length; i++) {
      binariser.write(block, i, 0, values[i], 0);
    }
    return values;
  }

  private void draw(Picture picture) throws IOException {
    directory.writePicture(picture.fileName(), picture::writeTo);
  }
}
