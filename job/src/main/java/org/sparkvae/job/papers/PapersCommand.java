package org.sparkvae.job.papers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code submit/reproduce} runs in Java: sets the finished runs of recipes beside the papers'
 * figures, and tells of the others how far they are.
 */
@Command(name = "papers", description = "Sets runs of papers' recipes beside the papers' figures.")
public final class PapersCommand implements Callable<Integer> {
  @Option(names = "--published", required = true, description = "The papers' figures, JSON.")
  private Path published;

  @Option(names = "--runs", required = true, description = "Holds a run directory a recipe.")
  private Path runs;

  @Parameters(description = "Recipes; none for all.")
  private List<String> recipes = new ArrayList<>();

  private PapersCommand() {}

  /** Runs the command, and ends the JVM: 0 done, 1 failed, 2 wrong arguments. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new PapersCommand()).execute(args);
  }

  @Override
  public Integer call() throws IOException {
    Map<String, Published> figures = Published.read(published);
    List<Reproduction> finished = new ArrayList<>();
    Map<String, String> others = new LinkedHashMap<>();
    for (String name : recipes.isEmpty() ? figures.keySet() : recipes) {
      if (!figures.containsKey(name)) {
        throw new IOException("%s tells nothing of %s: add it".formatted(published, name));
      }
      RecipeRun run = new RecipeRun(name, runs.resolve(name));
      Optional<Reproduction> result = run.result();
      if (result.isPresent()) {
        finished.add(result.get());
      } else {
        others.put(name, run.state());
      }
    }
    if (!finished.isEmpty()) {
      PapersText.lines(finished, figures).forEach(System.out::println);
    }
    others.forEach(
        (name, state) ->
            System.out.println("%s: %s; submit/reproduce %s".formatted(name, state, name)));
    return 0;
  }
}
