package org.sparkvae.job.apply;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/**
 * Ways between the codes of pairs of test images, the first with the second, the third with the
 * fourth and so on: a row for each {@code step} from {@code from_id} to {@code to_id}, at a {@code
 * position} from 0 to 1, with the {@code code} there and the {@code image}, the mean of p(x|z).
 *
 * @param directory where the results go
 * @param path from one code to the other
 * @param pairs how many; fewer where there are not so many images
 * @param steps images of a way, both ends among them
 * @param files of how many ways a PNG file is written
 */
public record Interpolate(
    @Setting(says = Application.DIRECTORY_SAYS, otherwise = Application.IN_THE_RUN)
        String directory,
    @Setting(
            says =
                "line: straight. great-circle: along the arc around the origin, lengths between"
                    + " those of both codes. circle: a whole circle through both, in a plane that"
                    + " is drawn.",
            otherwise = "line")
        Way path,
    @Setting(says = "Pairs of images, the first ones by id.", otherwise = "10", least = 1)
        int pairs,
    @Setting(says = "Images of each way, both ends among them.", otherwise = "11", least = 2)
        int steps,
    @Setting(
            says = "Of the first so many ways, PNG files are written.",
            otherwise = "10",
            least = 0)
        int files)
    implements OfImages {
  private static final int PAIR = 2;

  /** Ways in the picture. */
  private static final int DRAWN = 20;

  private static final String FROM = "from_id";
  private static final String STEP = "step";

  @Override
  public StructType columns(ImageModel model) {
    return new StructType()
        .add(FROM, LongType, false)
        .add("to_id", LongType, false)
        .add(STEP, IntegerType, false)
        .add("position", DoubleType, false)
        .add("code", createArrayType(FloatType, false), false)
        .add("image", ImageCell.TYPE, false);
  }

  /** Whole pairs; of a single image, the way to itself. */
  @Override
  public long images(long all) {
    return Math.max(1, PAIR * Math.min(pairs, all / PAIR));
  }

  @Override
  public long rows(long images) {
    return (images + 1) / PAIR * steps;
  }

  @Override
  public int together() {
    return PAIR;
  }

  @Override
  public double samplesWorth() {
    return 1 + steps;
  }

  @Override
  public Work on(ModelHere model) {
    BlockCodec encoder = new BlockCodec(model.spec(), model.parameters(), PAIR);
    BlockCodec decoder = new BlockCodec(model.spec(), model.parameters(), steps);
    Shape shape = model.spec().x();
    return images -> {
      float[][] ends =
          encoder.encode(images.stream().map(SeenImage::values).toArray(float[][]::new));
      SeenImage from = images.get(0);
      SeenImage to = images.get(images.size() - 1);
      long key = Noise.key(model.seed(), Noise.Purpose.CODES, 1, from.id());
      float[][] codes = path.codes(ends[0], ends[ends.length - 1], steps, key);
      float[][] means = decoder.decode(codes);
      List<Row> rows = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        rows.add(
            RowFactory.create(
                from.id(),
                to.id(),
                step,
                (double) step / (steps - 1),
                codes[step],
                ImageCell.of(shape, means[step])));
      }
      return rows;
    };
  }

  @Override
  public Map<String, Object> figures(Dataset<Row> table) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("pairs", table.select(FROM).distinct().count());
    figures.put("steps", steps);
    return figures;
  }

  @Override
  public List<String> lines(Map<String, Object> figures) {
    long found = ((Number) figures.get("pairs")).longValue();
    return List.of(
        "Interpolated between %s of images, in %s each"
            .formatted(Readable.count(found, "pair"), Readable.count(steps, "step")));
  }

  @Override
  public void draw(Dataset<Row> table, Map<String, Object> figures, Sheet sheet) {
    TreeMap<Long, List<float[]>> ways = new TreeMap<>();
    int told = Math.max(DRAWN, files);
    for (Row row : table.orderBy(col(FROM), col(STEP)).takeAsList(told * steps)) {
      ways.computeIfAbsent(row.getLong(0), pair -> new ArrayList<>())
          .add(ImageCell.values(row.getAs("image")));
    }
    sheet.strips(
        "Ways between the codes of pairs of images",
        List.of(),
        ways.values().stream().limit(DRAWN).toList());
    ways.entrySet().stream()
        .limit(files)
        .forEach(way -> sheet.file(Long.toString(way.getKey()), way.getValue()));
  }
}
