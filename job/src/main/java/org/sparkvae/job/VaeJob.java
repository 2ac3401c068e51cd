package org.sparkvae.job;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Optional;
import org.sparkvae.job.compute.PlainDigits;
import org.sparkvae.job.report.summary.Versions;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.Secrets;
import org.sparkvae.job.settings.reading.SettingsReader;
import org.sparkvae.job.settings.reading.Warnings;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command: reads the settings, runs the pipeline, and turns every failure into one line. */
public final class VaeJob {
  private static final int DONE = 0;

  private final Pipeline pipeline;

  /** The command over a pipeline. */
  public VaeJob(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Runs the command, and ends the JVM where it failed. */
  public static void main(String[] args) {
    main(args, System.out);
  }

  /** The same, where what is printed goes elsewhere. */
  static void main(String[] args, PrintStream out) {
    Lifeline.hold(System.err);
    PlainDigits.ofThisProcess();
    Pipeline pipeline = new SparkPipeline(new JobStages(out, System.err));
    int status = new VaeJob(pipeline).run(args, out, System.err);
    if (status != DONE) {
      // Only a failure: a cluster manager takes an exit from the driver's main for an abnormal end.
      System.exit(status);
    }
  }

  /**
   * Runs the command.
   *
   * @param args CONF [key=value ...] and options
   * @param out where help and versions go
   * @param err where warnings and the one line of a failure go
   * @return the exit status: 0 done; 2 the settings are wrong; 3 the input data is wrong; 1
   *     anything else
   */
  public int run(String[] args, PrintStream out, PrintStream err) {
    CommandLineArguments arguments = new CommandLineArguments();
    CommandLine command = new CommandLine(arguments).setExpandAtFiles(false);
    try {
      command.parseArgs(args);
    } catch (ParameterException e) {
      String wrong =
          unknown(args, command).map("Unknown option: '%s'"::formatted).orElse(e.getMessage());
      err.println("spark-vae: error: command line: " + wrong + "; see --help");
      return Failure.SETTINGS;
    }
    if (command.isUsageHelpRequested()) {
      command.usage(out);
      return DONE;
    }
    if (command.isVersionHelpRequested()) {
      Versions.found().forEach((name, version) -> out.println(name + " " + version));
      return DONE;
    }
    return run(arguments, err);
  }

  /** Tells of more than what is missing, which is all that picocli says where both are so. */
  private static Optional<String> unknown(String[] args, CommandLine command) {
    return Arrays.stream(args)
        .filter(of -> of.startsWith("-") && !command.getCommandSpec().optionsMap().containsKey(of))
        .findFirst();
  }

  private int run(CommandLineArguments arguments, PrintStream err) {
    try {
      UnsuitableJavaException.check();
      JobSettings settings = SettingsReader.read(arguments.conf(), arguments.overrides());
      Warnings.of(settings)
          .forEach(line -> err.println("spark-vae: warning: " + Secrets.hideIn(line)));
      pipeline.run(settings);
      return DONE;
    } catch (Throwable thrown) { // Errors of the JVM and of native code too end in one line.
      Failure failure = Failure.of(thrown);
      if (arguments.verbose()) {
        err.print(Secrets.hideIn(stackTrace(thrown)));
      }
      String hint = "; run again with --verbose for the stack trace";
      boolean silent = failure.explained() || arguments.verbose();
      err.println("spark-vae: error: " + Secrets.hideIn(failure.line()) + (silent ? "" : hint));
      return failure.status();
    }
  }

  /** The stack trace, and those of its causes, as the JVM prints it. */
  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
