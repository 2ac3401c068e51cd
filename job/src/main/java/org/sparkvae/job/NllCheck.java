package org.sparkvae.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.settings.reading.Secrets;

/**
 * A program that says whether a finished run is good enough, for what comes after it in a schedule.
 *
 * <p>It needs no Spark session: submit it in deploy mode client.
 */
public final class NllCheck {
  private static final String USAGE =
      "usage: NllCheck RUN-DIRECTORY WORST-NLL, in nats per image, such as 100.5";

  private final Configuration hadoop;

  /** A check of runs on the file systems of a configuration. */
  NllCheck(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** Runs the program, and ends the JVM where the check fails. */
  public static void main(String[] args) {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    int status = new NllCheck(hadoop).run(args, System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Checks a run.
   *
   * @param args the run directory, and the worst test NLL that passes, nats per image
   * @return 0 where it is as good; 1 where it is worse, or there is none; 2 where the arguments are
   *     wrong
   */
  int run(String[] args, PrintStream out, PrintStream err) {
    double worst;
    try {
      worst = args.length == 2 ? Double.parseDouble(args[1]) : Double.NaN;
    } catch (NumberFormatException e) {
      worst = Double.NaN;
    }
    if (Double.isNaN(worst)) {
      return fail(err, Failure.SETTINGS, USAGE);
    }
    Path summary = new Path(args[0], RunDirectory.SUMMARY);
    try {
      double nll = testNll(summary);
      if (Double.isNaN(nll)) {
        return fail(err, Failure.OTHER, summary + " holds no test_nll: evaluate the run first");
      }
      if (nll > worst) {
        return fail(err, Failure.OTHER, verdict(summary, nll, "above the bound of", worst));
      }
      out.println("spark-vae: " + Secrets.hideIn(verdict(summary, nll, "within", worst)));
      return 0;
    } catch (FileNotFoundException e) {
      return fail(err, Failure.OTHER, summary + " is missing: the run is not done");
    } catch (JsonProcessingException e) {
      return fail(err, Failure.OTHER, summary + " is no JSON: run the job again");
    } catch (IOException e) {
      return fail(err, Failure.OTHER, summary + " cannot be read: " + e.getMessage());
    }
  }

  private double testNll(Path summary) throws IOException {
    try (InputStream in = summary.getFileSystem(hadoop).open(summary)) {
      JsonNode nll = new ObjectMapper().readTree(in).path("test_nll");
      return nll.isNumber() ? nll.doubleValue() : Double.NaN;
    }
  }

  private static String verdict(Path summary, double nll, String how, double worst) {
    return String.format(
        Locale.ROOT, "%s: the test NLL is %.4f, %s %.4f nats/image", summary, nll, how, worst);
  }

  private static int fail(PrintStream err, int status, String line) {
    err.println("spark-vae: error: " + Secrets.hideIn(line));
    return status;
  }
}
