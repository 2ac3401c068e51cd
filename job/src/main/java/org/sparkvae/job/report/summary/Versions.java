package org.sparkvae.job.report.summary;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.util.VersionInfo;

/** The versions of what is running, found at run time: on a cluster they are the cluster's. */
public final class Versions {
  private static final String UNKNOWN = "unknown";

  private Versions() {}

  /** spark_vae, spark, scala, hadoop, dl4j, nd4j, java; "unknown" where a jar does not say. */
  public static Map<String, String> found() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("spark_vae", ofArtifact("org.sparkvae", "spark-vae-job"));
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("scala", scala.util.Properties.versionNumberString());
    versions.put("hadoop", VersionInfo.getVersion());
    versions.put("dl4j", ofArtifact("org.deeplearning4j", "deeplearning4j-nn"));
    versions.put("nd4j", ofArtifact("org.nd4j", "nd4j-api"));
    versions.put("java", Runtime.version().toString());
    return Collections.unmodifiableMap(versions);
  }

  /** As Maven wrote it into the artifact's jar. */
  private static String ofArtifact(String group, String artifact) {
    String path = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    try (InputStream in = Versions.class.getResourceAsStream(path)) {
      if (in == null) {
        return UNKNOWN;
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
