package org.sparkvae.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What this job is made of. */
public final class Versions {
  private Versions() {}

  /** Versions by name, in a fixed order; "unpackaged" where a part does not come from a jar. */
  public static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("spark-vae", ofArtifact("org.sparkvae/spark-vae-job"));
    versions.put("Spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("Deeplearning4j", ofArtifact("org.deeplearning4j/deeplearning4j-nn"));
    versions.put("Java", System.getProperty("java.version"));
    return Collections.unmodifiableMap(versions);
  }

  /** From the record that Maven leaves in every jar, and that survives in a jar of many. */
  private static String ofArtifact(String artifact) {
    String record = "/META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream in = Versions.class.getResourceAsStream(record)) {
      if (in == null) {
        return "unpackaged";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
