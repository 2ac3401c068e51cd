package org.sparkvae.job.apply.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.checkpoint.StageElsewhere;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.table.MarkedTable;

@ExtendWith(LocalSpark.class)
class ForeignFilesTest {
  private static final StructType COLUMNS = new StructType().add("id", DataTypes.LongType);

  @TempDir private Path folder;
  private StageElsewhere elsewhere;

  @BeforeEach
  void open() {
    elsewhere = StageElsewhere.open("sample", folder.toString(), new Configuration(), "test");
  }

  @AfterEach
  void close() throws IOException {
    elsewhere.close();
  }

  private Optional<String> foreign() throws IOException {
    return ForeignFiles.in(elsewhere.directory(), new Configuration());
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void writeTable() throws IOException {
    MarkedTable table = new MarkedTable(LocalSpark.session(), COLUMNS, "mark");
    JavaSparkContext spark = new JavaSparkContext(LocalSpark.session().sparkContext());
    table.write(
        spark.parallelize(List.of(RowFactory.create(1L), RowFactory.create(2L)), 2),
        2,
        elsewhere.directory().table());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample.json",
        "sample.csv",
        "sample/000001.png",
        "pictures/sample.png",
        "sample.parquet",
        "sample.parquet/part-0.parquet",
        "sample.parquet/year=2020/part-0.parquet"
      })
  void areInTheWay(String name) throws IOException {
    put(name, "{}");

    assertThat(foreign()).hasValueSatisfying(found -> assertThat(name).startsWith(found));
  }

  @Test
  void areTablesThatAnotherProgramWrote() throws IOException {
    LocalSpark.session().range(3).write().parquet(elsewhere.directory().table().toString());

    assertThat(foreign()).contains("sample.parquet");
  }

  @Test
  void othersThanTheStagesDoNotMatter() throws IOException {
    put("encode.csv", "");
    put("pictures/mine.png", "");
    put("sample.txt", "");

    assertThat(foreign()).isEmpty();
  }

  @Test
  void areNoneOfWhatWasCutOffOnceTheTableWasWhole() throws IOException {
    writeTable();
    put("sample/000001.png", "");
    put("pictures/sample.png", "");

    assertThat(foreign()).isEmpty();
  }

  @Test
  void areNoneOfATableThatIsHalfWritten() throws IOException {
    writeTable();
    Files.delete(folder.resolve("sample.parquet/_SUCCESS"));
    put("sample.parquet/_temporary/0/part-1.parquet", "");

    assertThat(foreign()).isEmpty();
  }

  @Test
  void areNoneOfATableThatWasDeletedSince() throws IOException {
    put("sample.json", "{\"mark\": \"0123\"}");
    put("sample.csv", "");

    assertThat(foreign()).isEmpty();
  }
}
