package org.sparkvae.job;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stands on the command line. */
@Command(
    name = "spark-vae",
    description =
        "Trains a variational autoencoder on Spark and estimates log p(x) of every test image.",
    sortOptions = false,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:done, or already done",
      "1:failed",
      "2:the settings are wrong",
      "3:the input data is wrong"
    })
final class CommandLineArguments {
  @Parameters(
      index = "0",
      paramLabel = "CONF",
      description = "Settings in HOCON: a local path, or any Hadoop URI.")
  private String conf;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "key=value",
      description = "Settings that go before those of CONF, such as training.epochs=5.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--verbose", description = "Show the stack trace of a failure.")
  private boolean verbose;

  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the versions.")
  private boolean version;

  String conf() {
    return conf;
  }

  List<String> overrides() {
    return overrides;
  }

  boolean verbose() {
    return verbose;
  }
}
